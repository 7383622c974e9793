"""What touches a person's data, and whose it is: nothing more goes, nothing less."""

import asyncio
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from application import all_matters, data_subjects
from tests import house
from tests.interfaces.http import contest, forms, life
from tests.interfaces.http.forms import Form
from tests.interfaces.http.life import Life
from tests.interfaces.http.subjects import (
    DPO,
    LONG_AGO,
    NIKS,
    PLACES,
    WISH,
    Asked,
    answered,
    erased,
    person_of,
)
from tests.open_counter import OpenCounter, open_counter
from tests.staff import BPPD

NAMED = f"sesuai pembicaraan dengan {forms.VISITOR}"


@pytest.fixture(scope="module")
def counter(
    server_url: str, template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OpenCounter]:
    with (
        house.fresh(server_url, of=template) as url,
        open_counter(url, tmp_path_factory.mktemp("data"), PLACES) as opened,
    ):
        yield opened


def rows(counter: OpenCounter, query: Any, *of: object) -> list[Any]:  # noqa: ANN401 - rows
    with psycopg.connect(counter.database_url) as connection:
        return connection.execute(query, of).fetchall()


def told_in(counter: OpenCounter, stream: str) -> list[str]:
    """The tags of a history."""
    found = rows(
        counter,
        "select topic from register where originator_id = %s"
        " order by originator_version",
        stream,
    )
    return [tag for (tag,) in found]


def kept(counter: OpenCounter, content: bytes, by: str = "bo-ppid") -> str:
    headers = {"Content-Type": "application/pdf"}
    made = counter[by].send("POST", "/v1/documents", content, headers)
    assert made.status_code == 201, made.text
    return str(made.json()["sha256"])


def is_erased(counter: OpenCounter, sha256: str) -> bool:
    [(gone,)] = rows(
        counter,
        "select bool_and(wrapped_key is null) from documents"
        " where sha256 = decode(%s, 'hex')",
        sha256,
    )
    return bool(gone)


def complained(counter: OpenCounter, case: Life, answer: str) -> str:
    """Somebody else complained of how the case was handled, and was answered."""
    made = counter["bo-pengaduan"].post(
        "/v1/complaints", forms.complaint(case=case.answer["case"])
    )
    assert made.status_code == 201, made.text
    told: Form = made.json()
    path = f"/v1/complaints/{told['complaint']}"
    for word, body in (
        ("classification", {"class": "not_supervisory"}),
        ("follow-up", {"action": "Petugas ditegur tertulis"}),
        ("answer", {"text": "sudah ditegur", "document": answer}),
        ("closing", {"reason": "selesai"}),
    ):
        done = counter["bo-pengaduan"].post(f"{path}/{word}", body, told["version"])
        assert done.status_code == 200, (word, done.text)
        told = done.json()
    return str(told["complaint"])


def test_what_another_complains_of_stays_his_when_the_requester_is_erased(
    counter: OpenCounter,
):
    case = answered(counter, LONG_AGO)
    answer = kept(counter, b"jawaban atas pengaduan", "bo-pengaduan")
    complaint = complained(counter, case, answer)
    person = person_of(case)
    export = counter[DPO].get(f"/v1/persons/{person}").json()
    assert complaint not in str(export)
    asked = erased(case)
    assert told_in(counter, complaint)[-1] == "complaint-closed"
    assert complaint not in asked.read()["matters"]
    assert not is_erased(counter, answer)
    file = counter["bo-pengaduan"].get(f"/v1/complaints/{complaint}").json()
    assert file["complainant"]["name"] == forms.COMPLAINANT


class ByProxy(Asked):
    """A wish that somebody else brought, without words of his own."""

    def __init__(self, counter: OpenCounter, person: str, power: str) -> None:
        self.counter = counter
        self.person = person
        form = {"kind": "access", "how": "surat", "by": "proxy"}
        form["power_of_attorney"] = power
        made = counter["bo-ppid"].post(f"/v1/persons/{person}/requests", form)
        assert made.status_code == 201, made.text
        self.answer = made.json()


def test_a_power_of_attorney_goes_with_him_and_his_wish_says_so(counter: OpenCounter):
    case = answered(counter, LONG_AGO)
    power = kept(counter, b"surat kuasa Maria")
    by_proxy = ByProxy(counter, person_of(case), power)
    by_proxy.step("refusal", {"legal_basis": "pdp14", "reason": "kuasa tidak sah"})
    named = rows(
        counter, "select subject from papers where sha256 = decode(%s, 'hex')", power
    )
    assert [str(subject) for (subject,) in named] == [by_proxy.answer["data_request"]]
    asked = erased(case)
    assert is_erased(counter, power)
    wishes = (by_proxy, asked)
    streams = [str(one.answer["data_request"]) for one in wishes]
    assert [told_in(counter, one)[-1] for one in streams] == [
        "personal-data-erased",
        "personal-data-erased",
    ]
    history = counter[DPO].get(f"{by_proxy.path}/history").json()["items"]
    assert history[-1]["data"]["documents"] == [power]


def test_a_paper_that_nobody_filed_is_not_his(counter: OpenCounter):
    # Its line in `papers` is lost: whose else it is cannot be told, and it stays.
    case = answered(counter, LONG_AGO)
    power = kept(counter, b"surat kuasa tanpa catatan")
    ByProxy(counter, person_of(case), power)
    rows(
        counter,
        "with gone as (delete from papers where sha256 = decode(%s, 'hex') returning 1)"
        " select * from gone",
        power,
    )
    erased(case)
    assert not is_erased(counter, power)


def in_between(
    monkeypatch: pytest.MonkeyPatch, counter: OpenCounter, who: Form
) -> list[Life]:
    """Behind the back of who looks first, the person comes once more."""
    looked = data_subjects.matters
    came: list[Life] = []

    async def looks(connection, person):
        found = await looked(connection, person)
        if not came:
            came.append(await asyncio.to_thread(life.visit, counter, requester=who))
        return found

    monkeypatch.setattr(data_subjects, "matters", looks)
    return came


def known(nik: str) -> Form:
    return {
        "name": forms.VISITOR,
        "phone": forms.VISITOR_PHONE,
        "nik": nik,
        "identity": {"kind": "ktp", "deposited": True},
    }


def test_a_case_that_comes_in_between_is_weighed_as_well(
    counter: OpenCounter, monkeypatch: pytest.MonkeyPatch
):
    nik = next(NIKS)
    case = answered(counter, LONG_AGO, nik=nik)
    asked = Asked(counter, person_of(case), "erasure", "bo-ppid").step("decision")
    came = in_between(monkeypatch, counter, known(nik))
    assert asked.refused("execution", {"how": "surat"}) == (409, "data-still-needed")
    (new,) = came
    file = counter["bo-ppid"].get(new.path).json()
    assert file["requester"]["name"] == forms.VISITOR


def test_the_control_without_a_second_look_erases_what_nobody_weighed(
    counter: OpenCounter, monkeypatch: pytest.MonkeyPatch
):
    nik = next(NIKS)
    case = answered(counter, LONG_AGO, nik=nik)
    asked = Asked(counter, person_of(case), "erasure", "bo-ppid").step("decision")
    came = in_between(monkeypatch, counter, known(nik))

    async def looks_not(*_: object) -> None:
        pass

    monkeypatch.setattr(all_matters, "must_be_all", looks_not)
    asked.step("execution", {"how": "surat"})
    (new,) = came
    file = counter["bo-ppid"].get(new.path).json()
    assert file["requester"] is None
    assert told_in(counter, new.answer["case"])[-1] != "personal-data-erased"


def test_a_restriction_that_met_a_new_case_is_told_in_it_too(
    counter: OpenCounter, monkeypatch: pytest.MonkeyPatch
):
    nik = next(NIKS)
    case = answered(counter, nik=nik)
    asked = Asked(counter, person_of(case), "restriction", "bo-ppid").step("decision")
    came = in_between(monkeypatch, counter, known(nik))
    asked.step("restriction", {"how": "surat"})
    (new,) = came
    assert told_in(counter, new.answer["case"])[-1] == "processing-restricted"


def test_who_may_not_weigh_it_makes_nobody_look_into_his_matters(
    counter: OpenCounter, monkeypatch: pytest.MonkeyPatch
):
    asked = Asked(counter, person_of(answered(counter)), "correction", "bo-ppid")
    asked.step("decision")
    looked = data_subjects.matters
    looks: list[object] = []

    async def counted(connection, person):
        looks.append(person)
        return await looked(connection, person)

    monkeypatch.setattr(data_subjects, "matters", counted)
    body = {"how": "surat", "requester": {"name": "Siapa Saja"}}
    for by in ("bppd-pdp", "bo-analis", "bo-admin", "pengawas"):
        assert asked.refused("correction", body, by) == (403, "forbidden")
    assert not looks
    asked.step("correction", body)
    assert looks


def test_a_correction_leaves_what_was_told_meanwhile(counter: OpenCounter):
    # Only what was put right is sealed: a telephone told later stands.
    case = life.letter(
        counter,
        requester=known(next(NIKS)) | {"address": None},
        letter={"number": "1", "addressee": "regional_secretary", "evidence": []},
    )
    person = person_of(case)
    asked = Asked(counter, person, "correction", "bo-ppid").step("decision")
    asked.step("correction", {"how": "surat", "requester": {"name": "Maria B. Bere"}})
    [(fields,)] = rows(
        counter,
        "select convert_from(state, 'UTF8')::json ->> 'fields' from register"
        " where originator_id = %s and topic = 'personal-data-corrected'",
        case.answer["case"],
    )
    assert fields == '["name"]'
    file = counter["bo-ppid"].get(case.path).json()
    assert file["requester"]["name"] == "Maria B. Bere"
    assert file["requester"]["phone"] == forms.VISITOR_PHONE


def test_he_is_found_by_what_was_put_right_and_no_more_by_what_was_wrong(
    counter: OpenCounter,
):
    wrong, right = "081244440001", "081244440002"
    case = answered(counter, phone=wrong)
    person = person_of(case)

    def found(phone: str) -> set[str]:
        answer = counter["bo-ppid"].post("/v1/persons/search", {"phone": phone})
        assert answer.status_code == 200, answer.text
        return {one["person"] for one in answer.json()["items"]}

    assert found(wrong) == {person}
    asked = Asked(counter, person, "correction", "bo-ppid").step("decision")
    asked.step("correction", {"how": "surat", "requester": {"phone": right}})
    assert (found(wrong), found(right)) == (set(), {person})


def test_two_restrictions_are_lifted_one_by_one(counter: OpenCounter):
    case = answered(counter)
    person = person_of(case)
    asked = Asked(counter, person, "restriction", "bo-ppid").step("decision")
    asked.step("restriction", {"how": "surat"})
    rows(
        counter,
        "insert into restricted_persons values (%s, gen_random_uuid()) returning 1",
        person,
    )
    asked.step("lifting", {"reason": "sudah diperbaiki"})
    assert counter[DPO].get(f"/v1/persons/{person}").json()["restricted"] is True
    assert forms.VISITOR not in counter["bo-ppid"].get(case.path).text


def test_his_name_is_in_no_text_of_a_wish(counter: OpenCounter):
    case = answered(counter)
    person = person_of(case)
    form = {"kind": "erasure", "how": NAMED, "words": WISH}
    answer = counter["bo-ppid"].post(f"/v1/persons/{person}/requests", form)
    assert (answer.status_code, answer.json()["code"]) == (422, "personal-data-in-text")
    asked = Asked(counter, person, "erasure", "bo-ppid")
    code = (422, "personal-data-in-text")
    assert asked.refused("deferral", {"reason": NAMED}) == code
    basis = {"legal_basis": "pdp15.c", "reason": NAMED}
    assert asked.refused("refusal", basis) == code
    # What a rule forbids anyhow is told first.
    assert asked.refused("decision", {"reason": NAMED})[0] == 409
    other = Asked(counter, person, "access", "bo-ppid")
    assert other.refused("decision", {"reason": NAMED}) == code
    other.step("decision")
    assert other.refused("execution", {"how": NAMED}) == code
    assert other.refused("execution", {"how": NAMED}, "bo-analis")[0] == 403


def test_nor_in_one_of_a_breach(counter: OpenCounter):
    case = answered(counter)
    about: Form = {
        "agency": "biro-organisasi",
        "what": NAMED,
        "discovered_at": LONG_AGO["occurred_at"],
        "data": ["name"],
        "cases": [case.answer["case"]],
    }
    answer = counter[DPO].post("/v1/breaches", about)
    assert (answer.status_code, answer.json()["code"]) == (422, "personal-data-in-text")
    made = counter[DPO].post("/v1/breaches", about | {"what": "berkas tertinggal"})
    assert made.status_code == 201, made.text
    path = f"/v1/breaches/{made.json()['breach']}"
    notice: Form = {
        "told": ["subjects", "authority"],
        "how": "surat",
        "handling": "berkas diamankan",
    }
    for word, body, version in (
        ("notification", notice | {"handling": NAMED}, 1),
        ("notification", notice, 1),
        ("closing", {"reason": NAMED}, 2),
    ):
        answer = counter[DPO].post(f"{path}/{word}", body, version)
        if body is notice:
            assert answer.status_code == 200, answer.text
        else:
            assert answer.status_code == 422, answer.text
            assert answer.json()["code"] == "personal-data-in-text"


def test_an_objection_says_that_its_data_are_closed(counter: OpenCounter):
    case = contest.refused_visit(counter)
    case.step("penerima-tamu", "identity-return", {"to": "visitor"})
    filed = contest.Contest(case)
    asked = Asked(counter, person_of(case), "restriction", "bo-ppid").step("decision")
    asked.step("restriction", {"how": "surat"})
    assert told_in(counter, filed.answer["objection"])[-1] == "processing-restricted"


def test_what_was_passed_on_is_told_in_the_book_of_its_own_agency(
    counter: OpenCounter,
):
    case = life.letter(counter, BPPD)
    away = {"to_agency": "biro-organisasi", "notice": "Surat pelimpahan 8"}
    case.step("kepala", "transfer", away, "new_case")
    person = counter["bppd-ppid"].get(case.path).json()["requester"]["person"]
    asked = Asked(counter, person, "restriction", "bppd-ppid")
    asked.step("decision", by="bppd-pdp")
    asked.step("restriction", {"how": "surat"}, "bppd-pdp")
    books = rows(
        counter,
        "select originator_id::text, metadata ->> 'agency' from register"
        " where topic = 'processing-restricted' and originator_id = any(%s::uuid[])",
        [case.answer["case"], case.answer["new_case"]],
    )
    assert dict(books) == {
        case.answer["case"]: BPPD,
        case.answer["new_case"]: "biro-organisasi",
    }
    # What is closed opens for himself alone.
    Asked(counter, person, "access", "bppd-ppid")
    export = counter["bppd-pdp"].get(f"/v1/persons/{person}")
    assert export.status_code == 200
    read = rows(
        counter,
        "select distinct subject::text, agency from readings"
        " where person = %s and official = 'bppd-pdp' and kind = 'case'",
        person,
    )
    assert dict(read) == dict(books)
    assert counter[DPO].get(f"/v1/persons/{person}").status_code == 403


def test_while_restricted_nobody_opens_his_papers(counter: OpenCounter):
    case = life.letter(counter, requester=known(next(NIKS)))
    draft = kept(counter, b"konsep surat jawaban untuk Yohana", "bo-agendaris")
    case.step("kepala", "disposition", forms.disposition(case.official("analis")))
    case.step("analis", "draft", forms.draft(document=draft), "draft")
    path = f"/v1/documents/{draft}"
    assert counter["bo-kepala"].get(path).status_code == 200
    asked = Asked(counter, person_of(case), "restriction", "bo-ppid").step("decision")
    asked.step("restriction", {"how": "surat"})
    for by in ("bo-kepala", "bo-analis", "bo-ppid", DPO):
        assert counter[by].get(path).status_code == 403, by
    asked.step("lifting", {"reason": "sudah diperbaiki"})
    assert counter["bo-kepala"].get(path).status_code == 200


def test_a_case_that_tells_of_no_restriction_says_why_it_is_closed(
    counter: OpenCounter,
):
    case = answered(counter)
    closed = (person_of(case), case.answer["case"])
    with psycopg.connect(counter.database_url) as connection:
        connection.execute("insert into restricted_persons values (%s, %s)", closed)
    file = counter["bo-ppid"].get(case.path).json()
    assert file["restricted"] is True
    assert file["requester"]["name"] is None


def test_who_is_erased_while_he_asks_is_told_so(
    counter: OpenCounter, monkeypatch: pytest.MonkeyPatch
):
    case = answered(counter, LONG_AGO)
    person = person_of(case)
    asked = Asked(counter, person, "erasure", "bo-ppid").step("decision")
    looked = data_subjects.key_of
    gone: list[object] = []

    async def looks(connection, whose):
        key = await looked(connection, whose)
        if not gone:
            gone.append(whose)
            await asyncio.to_thread(asked.step, "execution", {"how": "surat"})
        return key

    monkeypatch.setattr(data_subjects, "key_of", looks)
    form = {"kind": "access", "how": "surat", "words": WISH}
    answer = counter["bo-ppid"].post(f"/v1/persons/{person}/requests", form)
    assert (answer.status_code, answer.json()["code"]) == (409, "person-erased")
