"""Who was here before is found again, and joined with himself where it is sure."""

from collections.abc import Iterator
from itertools import count
from typing import Any

import psycopg
import pytest

from application.likeness import MOST_FOUND
from domain.values import Role
from tests import house, staff
from tests.interfaces.http import forms, life
from tests.interfaces.http.forms import Form
from tests.open_counter import Caller, OpenCounter, open_counter
from tests.staff import BIRO, BPPD, Place

_serials = count(1)


@pytest.fixture(scope="module")
def office(
    server_url: str, template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OpenCounter]:
    places = (*staff.PLACES, Place("pdp", BIRO, (Role.DPO,)))
    with (
        house.fresh(server_url, of=template) as url,
        open_counter(url, tmp_path_factory.mktemp("data"), places) as counter,
    ):
        yield counter


def nik() -> str:
    """Of somebody new, from a district that there is not."""
    return f"537199520390{next(_serials):04}"


def asked(office: OpenCounter, agency: str = BIRO, **who: str) -> life.Life:
    requester = {"name": forms.WRITER, "phone": forms.VISITOR_PHONE} | who
    return life.letter(office, agency, requester=requester)


def person(office: OpenCounter, case: life.Life) -> str:
    [(found,)] = rows(
        office,
        "select distinct person::text from sealed where record = %s",
        case.answer["case"],
    )
    return str(found)


def rows(office: OpenCounter, query: Any, *of: object) -> list[Any]:  # noqa: ANN401 - rows
    with psycopg.connect(office.database_url) as connection:
        return connection.execute(query, of).fetchall()


def search(caller: Caller, **told: str) -> list[Form]:
    answer = caller.post("/v1/persons/search", told)
    assert answer.status_code == 200, answer.text
    items: list[Form] = answer.json()["items"]
    return items


def test_the_same_nik_and_name_are_the_same_person(office: OpenCounter):
    number = nik()
    first = asked(office, nik=number, name="Maria G. Bere")
    parted = f"{number[:6]} {number[6:12]}-{number[12:]}"
    again = asked(office, nik=parted, name="maria g bere ", phone="081299990000")

    assert person(office, first) == person(office, again)
    kepala = office["bo-kepala"]
    assert kepala.get(first.path).json()["requester"]["name"] == "Maria G. Bere"
    shown = kepala.get(again.path).json()["requester"]
    assert shown["phone"] == "081299990000"


@pytest.mark.parametrize(
    "other",
    [
        {"name": "Orang Lain"},  # a number mistyped
        {"agency": BPPD},
        {"channel": "sp4n_lapor"},
    ],
)
def test_who_may_be_another_stays_another(office: OpenCounter, other: Form):
    number = nik()
    first = asked(office, nik=number)
    if "channel" in other:
        requester = {"name": forms.WRITER, "nik": number, "address": forms.ADDRESS}
        hidden = forms.lapor(confidential=True)
        again = life.report(office, requester=requester, lapor=hidden)
    else:
        again = asked(office, **({"nik": number} | other))

    assert person(office, first) != person(office, again)


def test_a_telephone_alone_joins_nobody(office: OpenCounter):
    assert person(office, asked(office)) != person(office, asked(office))


def test_who_is_erased_meanwhile_is_somebody_new(office: OpenCounter):
    number = nik()
    first = person(office, asked(office, nik=number))
    with psycopg.connect(office.database_url, autocommit=True) as connection:
        connection.execute("select erase(array[%s::uuid], '{}', '{}', now())", (first,))
    assert person(office, asked(office, nik=number)) != first


@pytest.mark.parametrize("kind", ["nik", "phone", "email"])
def test_somebody_is_found_with_his_cases_and_it_is_recorded(
    office: OpenCounter, kind: str
):
    number = nik()
    told = {
        "nik": (number, f"{number[:6]}.{number[6:12]}.{number[12:]}"),
        "phone": (f"0819{number[-8:]}", f"+62 819-{number[-8:]}"),
        "email": (f"a{number}@contoh.example", f" A{number}@Contoh.example"),
    }
    who = {name: said for name, (said, _) in told.items()}
    case = asked(office, name="Maria Bere", **who)

    answer = office["bo-agendaris"].post("/v1/persons/search", {kind: told[kind][1]})

    whose = person(office, case)
    assert answer.json()["items"] == [
        {
            "person": whose,
            "agency": BIRO,
            "by": kind,
            "cases": [
                {
                    "case": case.answer["case"],
                    "registration_number": case.answer["registration_number"],
                }
            ],
            "others": 0,
        }
    ]
    assert rows(
        office,
        "select person::text, official, why, rule, kind, fields from readings"
        " where request_id = %s",
        answer.headers["x-request-id"],
    ) == [(whose, "bo-agendaris", "search", "finding-a-person-again", "person", [kind])]
    assert search(office["bppd-agendaris"], **{kind: told[kind][1]}) == []
    assert len(search(office["pdp"], **{kind: told[kind][0]})) == 1


@pytest.mark.parametrize("hidden", [False, True])
def test_who_tells_his_telephone_later_is_found_by_it(
    office: OpenCounter, *, hidden: bool
):
    number = f"0857{nik()[-8:]}"
    bare = life.report(
        office,
        requester={"name": "Maria Bere"},
        lapor=forms.lapor(confidential=hidden),
    )
    told = {"phone": number, "address": forms.ADDRESS}
    bare.step("penghubung", "completion", {"received": [], "requester": told})

    found = search(office["bo-penghubung"], phone=number)

    assert [one["person"] for one in found] == (
        [] if hidden else [person(office, bare)]
    )


def test_nobody_is_found_by_what_nobody_told(office: OpenCounter):
    for told in ({"nik": nik()}, {"phone": "-"}, {"email": "tidak ada"}):
        assert search(office["bo-agendaris"], **told) == []


@pytest.mark.parametrize("seat", ["bo-analis", "bo-kepala", "pengawas", "bo-admin"])
def test_not_everybody_may_look(office: OpenCounter, seat: str):
    answer = office[seat].post("/v1/persons/search", {"nik": nik()})
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


@pytest.mark.parametrize("body", [{}, {"nik": "1", "phone": "2"}, {"name": "Maria"}])
def test_one_thing_is_looked_for(office: OpenCounter, body: Form):
    answer = office["bo-agendaris"].post("/v1/persons/search", body)
    assert answer.status_code == 422


def test_a_likeness_tells_nothing_and_is_the_agencys_own(office: OpenCounter):
    number = nik()
    for agency in (BIRO, BPPD):
        asked(office, agency, nik=number)
    found = rows(office, "select agency, hash from likenesses where kind = 'nik'")
    hashes = [bytes(mark) for _, mark in found]
    assert len(set(hashes)) == len({(a, bytes(h)) for a, h in found}) == len(set(found))
    assert {len(mark) for mark in hashes} == {32}
    assert not any(number.encode() in mark for mark in hashes)


def test_a_nik_that_looks_wrong_is_taken_with_warnings(office: OpenCounter):
    body = forms.letter(requester={"name": "Maria Bere", "phone": "0812", "nik": "53"})
    answer = office["bo-agendaris"].post("/v1/cases", body)

    assert answer.status_code == 201
    assert answer.json()["warnings"] == [
        {"code": "nik-not-sixteen-digits", "pointer": "/requester/nik"}
    ]
    shown = office["bo-kepala"].get(answer.headers["location"]).json()["requester"]
    assert shown["nik_warnings"] == ["nik-not-sixteen-digits"]
    assert shown["nik"] == "*" * 16
    sound = asked(office, nik=nik())
    assert "warnings" not in sound.answer
    mine = office["bo-kepala"].get(sound.path).json()["requester"]
    assert "nik_warnings" not in mine


def test_a_complainants_nik_is_looked_at_as_well(office: OpenCounter):
    body = forms.complaint(complainant={"name": "Maria Bere", "nik": "0" * 16})
    answer = office["bo-pengaduan"].post("/v1/complaints", body)
    assert {one["pointer"] for one in answer.json()["warnings"]} == {"/complainant/nik"}
    assert {one["code"] for one in answer.json()["warnings"]} >= {"nik-no-serial"}


def complained(office: OpenCounter, **other: object) -> str:
    """The complaint's id."""
    answer = office["bo-pengaduan"].post("/v1/complaints", forms.complaint() | other)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["complaint"])


def test_who_complains_is_joined_with_himself_found_and_in_his_export(
    office: OpenCounter,
):
    number = nik()
    case = asked(office, nik=number, name="Maria Bere")
    who = {"name": "Maria Bere", "nik": number}
    about = {"case": case.answer["case"], "text": "Loket tutup pagi itu"}
    complaint = complained(office, complainant=who, **about)

    [found] = search(office["bo-agendaris"], nik=number)

    assert (found["person"], found["others"]) == (person(office, case), 1)
    assert [one["case"] for one in found["cases"]] == [case.answer["case"]]
    export = office["pdp"].get(f"/v1/persons/{found['person']}")
    assert complaint in export.text
    assert "Loket tutup pagi itu" in export.text


def test_who_only_complained_is_found(office: OpenCounter):
    number = f"0813{nik()[-8:]}"
    complained(office, complainant={"name": "Maria Bere", "phone": number})

    [found] = search(office["bo-agendaris"], phone=number)

    assert (found["cases"], found["others"]) == ([], 1)


@pytest.mark.parametrize("how", ["anonymous", "confidential"])
def test_who_complains_unknown_is_never_found(office: OpenCounter, how: str):
    number = nik()
    first = asked(office, nik=number, name="Maria Bere")
    complained(office, complainant={"name": "Maria Bere", "nik": number}, **{how: True})

    [found] = search(office["bo-agendaris"], nik=number)

    assert (found["person"], found["others"]) == (person(office, first), 0)


def test_of_a_visitors_nik_the_last_four_digits_are_kept(office: OpenCounter):
    number = nik()
    who = forms.visit()["requester"] | {"name": "Maria Bere", "nik": number}
    visit = life.visit(office, BIRO, requester=who)
    letter = asked(office, nik=number, name="Maria Bere")

    whose = person(office, visit)
    assert whose == person(office, letter)
    export = office["pdp"].get(f"/v1/persons/{whose}").json()
    told = {
        one["id"]: one["identity"]["nik"]
        for one in export["records"]
        if one.get("identity")
    }
    assert told == {
        visit.answer["case"]: f"************{number[-4:]}",
        letter.answer["case"]: number,
    }
    fields = rows(
        office,
        "select fields from readings where person = %s and subject = %s",
        whose,
        visit.answer["case"],
    )
    assert "nik" not in {field for (row,) in fields for field in row}
    [found] = search(office["bo-agendaris"], nik=number)
    assert len(found["cases"]) == 2


def test_a_visitors_nik_is_looked_at_before_it_is_cut(office: OpenCounter):
    who = forms.visit()["requester"] | {"nik": "53"}
    answer = office["bo-penerima-tamu"].post("/v1/cases", forms.visit(requester=who))
    assert [one["code"] for one in answer.json()["warnings"]] == [
        "nik-not-sixteen-digits"
    ]


def found_cases(caller: Caller, **told: str) -> set[str]:
    return {one["case"] for who in search(caller, **told) for one in who["cases"]}


def test_of_a_secret_case_only_who_may_know_the_requester_is_told(office: OpenCounter):
    told = nik()
    case = asked(office, nik=told)
    receptionist = office["bo-penerima-tamu"]
    assert found_cases(receptionist, nik=told) == {case.answer["case"]}
    form = forms.disposition(case.official("analis"), secrecy="secret")
    case.step("kepala", "disposition", form)
    assert search(receptionist, nik=told) == []
    for seat in ("bo-ppid", "pdp"):
        assert found_cases(office[seat], nik=told) == {case.answer["case"]}, seat


def test_each_agency_is_told_its_own_cases_of_a_person_alone(office: OpenCounter):
    told = nik()
    case = asked(office, BPPD, nik=told)
    case.step(
        "kepala", "transfer", {"to_agency": BIRO, "notice": "Surat 8"}, "new_case"
    )
    theirs = found_cases(office["bppd-ppid"], nik=told)
    assert theirs == {case.answer["case"]}


def test_whose_data_nobody_uses_is_not_found(office: OpenCounter):
    told = nik()
    case = asked(office, nik=told)
    dpo, who = office["pdp"], person(office, case)
    wish = {"kind": "restriction", "how": "surat"}
    made = office["bo-ppid"].post(f"/v1/persons/{who}/requests", wish).json()
    path = f"/v1/data-requests/{made['data_request']}"
    assert dpo.post(f"{path}/decision", {}, 1).status_code == 200
    assert search(dpo, nik=told) != []
    assert dpo.post(f"{path}/restriction", {"how": "surat"}, 2).status_code == 200
    assert search(dpo, nik=told) == []


def test_a_search_that_fits_too_many_says_so(office: OpenCounter):
    told = nik()
    case = asked(office, nik=told)
    few = office["bo-ppid"].post("/v1/persons/search", {"nik": told}).json()
    assert few["more"] is False
    who = person(office, case)
    with psycopg.connect(office.database_url) as connection:
        connection.execute(
            """
            with streams as (
                insert into sealed (person, record, field, ciphertext)
                select %s, gen_random_uuid(), 'words', ''
                  from generate_series(1, %s)
             returning record
            )
            insert into register (originator_id, originator_version, topic, state)
            select streams.record, 1, topic, state
              from streams, register
             where originator_id = %s and originator_version = 1
            """,
            (who, MOST_FOUND, case.answer["case"]),
        )
    many = office["bo-ppid"].post("/v1/persons/search", {"nik": told}).json()
    assert many["more"] is True
    assert sum(len(one["cases"]) for one in many["items"]) == MOST_FOUND
