"""Whatever is shown of a person leaves a reading; without one nothing is shown."""

import asyncio
import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

import httpx
import psycopg
import pytest

from application.reading_desk import ReadingDesk
from domain.values import Role
from interfaces.http.route_actions import ROUTES
from tests import house, staff
from tests.interfaces.http import forms, life
from tests.interfaces.http.conftest import projecting_for, until_projected
from tests.open_counter import OpenCounter, open_counter
from tests.staff import BIRO, BPPD, Place

DPO: Final = Place("pdp", BIRO, (Role.DPO,))
BPPD_DPO: Final = Place("bppd-pdp", BPPD, (Role.DPO,))
PLACES: Final = (*staff.PLACES, DPO, BPPD_DPO)
WALKERS: Final = (
    *(one for one in PLACES if one.agency == BIRO),
    *(
        one
        for one in PLACES
        if one.id in {"bppd-kepala", "bppd-ppid", "bppd-agendaris"}
    ),
)
"""Everybody of the agency whose matters they are, and some of the other one."""
NIK: Final = "5371995203900042"
PERSONS: Final[Mapping[str, tuple[str, ...]]] = {
    "visitor": ("Yohana Takalapeta", "081234509871", "Struktur organisasi satu"),
    "writer": ("Maksi Ndolu", "081234509872", "maksi@contoh.example", "Anjab dua", NIK),
    "reporter": ("Ruth Banunaek", "Jalan Bajawa 3", "Syarat kartu tiga"),
    "complainant": ("Dorkas Amtiran", "081234509874", "Dibentak di loket empat"),
    "guest": ("Petrus Sonbai", "Ingin contoh SOP lima"),
}
"""What each of them told, of which nothing is like what another told."""
OBJECTED: Final = "Data itu pernah ditempel enam"
PAPER: Final = b"Surat permohonan tujuh"


class Prepared(NamedTuple):
    """An office with a matter of each kind."""

    counter: OpenCounter
    ids: Mapping[str, list[str]]
    """What may stand in a path, by the name of the parameter."""
    whose: Mapping[str, str]
    """Person ids by the names above; a document has its own."""


@pytest.fixture(scope="module")
def office(
    server_url: str, template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Prepared]:
    with (
        house.fresh(server_url, of=template) as url,
        open_counter(url, tmp_path_factory.mktemp("data"), PLACES) as counter,
        projecting_for(counter),
    ):
        made = prepared(counter)
        until_projected(counter)
        yield made


def prepared(counter: OpenCounter) -> Prepared:
    told = PERSONS
    visit = life.directed(
        counter,
        requester={
            "name": told["visitor"][0],
            "phone": told["visitor"][1],
            "identity": {"kind": "ktp", "deposited": True},
        },
        subject=told["visitor"][2],
        visit_purpose=told["visitor"][2],
        items=[told["visitor"][2]],
    )
    visit.step("analis", "delivery", {"how": "oral"})
    writer = {"name": told["writer"][0], "phone": told["writer"][1], "nik": NIK}
    letter = life.letter(
        counter,
        requester=writer | {"email": told["writer"][2]},
        subject=told["writer"][3],
        items=[told["writer"][3]],
    )
    head = {"to": letter.official("analis")}
    letter.step("kepala", "disposition", forms.disposition(head["to"]))
    report = life.report(
        counter,
        requester={"name": told["reporter"][0], "address": told["reporter"][1]},
        subject=told["reporter"][2],
        items=[told["reporter"][2]],
    )
    complaint = counter["bo-pengaduan"].post(
        "/v1/complaints",
        forms.complaint(
            complainant={
                "name": told["complainant"][0],
                "phone": told["complainant"][1],
            },
            text=told["complainant"][2],
        ),
    )
    guest = counter["bo-penerima-tamu"].post(
        "/v1/visits",
        forms.guest(visitor={"name": told["guest"][0]}, visit_purpose=told["guest"][1]),
    )
    objection = counter["bo-ppid"].post(
        "/v1/objections",
        forms.objection(visit.answer["case"], "d", facts=OBJECTED),
    )
    assert objection.is_success, objection.text
    document = counter["bo-agendaris"].send(
        "POST",
        "/v1/documents",
        PAPER,
        {
            "Content-Type": "text/plain",
            "Content-Disposition": 'attachment; filename="x"',
        },
    )
    matters = {
        "visitor": visit.answer["case"],
        "writer": letter.answer["case"],
        "reporter": report.answer["case"],
        "complainant": complaint.json()["complaint"],
        "guest": guest.json()["visit"],
    }
    ids = {
        "case": [matters[one] for one in ("visitor", "writer", "reporter")],
        "complaint": [matters["complainant"]],
        "objection": [objection.json()["objection"]],
        "visit": [matters["guest"]],
        "sha256": [document.json()["sha256"]],
        "code": [BIRO],
        "figure": ["received"],
        "registration_number": [visit.answer["registration_number"]],
    }
    persons = {
        record: str(person)
        for person, record in rows(counter, "select person, record::text from sealed")
    }
    whose = {name: persons[matter] for name, matter in matters.items()}
    return Prepared(counter, ids, whose | {"paper": ids["sha256"][0]})


def rows(counter: OpenCounter, query: Any, *of: object) -> list[Any]:  # noqa: ANN401 - rows
    with psycopg.connect(counter.database_url) as connection:
        return connection.execute(query, of).fetchall()


def addresses(office: Prepared) -> Iterator[str]:
    """Every address that is read, with each id that fits in it."""
    schema = office.counter["bo-kepala"].get("/schema/openapi.json").json()
    for path, methods in schema["paths"].items():
        told = methods.get("get")
        if told is None or told["operationId"] not in ROUTES:
            continue
        places = [path]
        for name, found in office.ids.items():
            places = [
                place.replace(f"{{{name}}}", one)
                for place in places
                for one in (found if f"{{{name}}}" in place else found[:1])
            ]
        for place in places:
            if "{" not in place and place.startswith("/v1/"):
                yield place
                if "text/csv" in told["responses"]["200"].get("content", {}):
                    yield f"{place}?format=csv"


def told_in(answer: httpx.Response) -> set[str]:
    """Whose values stand in an answer."""
    text = answer.text
    told = {
        name
        for name, values in PERSONS.items()
        if any(value in text for value in values)
    }
    told |= {"visitor"} if OBJECTED in text else set()
    return told | ({"paper"} if PAPER.decode() in text else set())


def read_of(
    counter: OpenCounter, answers: Iterable[httpx.Response]
) -> dict[str, set[tuple[str, str]]]:
    """Whose reading by whom each request left: persons, or a document."""
    found: dict[str, set[tuple[str, str]]] = {
        answer.headers["x-request-id"]: set() for answer in answers
    }
    for request, whose, official in rows(
        counter,
        "select request_id, coalesce(person::text, encode(document, 'hex')), official"
        "  from readings where request_id = any(%s)",
        list(found),
    ):
        found[request].add((whose, official))
    return found


def unrecorded(
    office: Prepared, walkers: tuple[Place, ...] = WALKERS
) -> tuple[list[str], set[str]]:
    """Answers whose readings are not of exactly whom they tell; and whom all told."""
    paths = list(addresses(office))
    asked = [
        (place.id, path, office.counter[place.id].get(path))
        for place in walkers
        for path in paths
    ]
    left = read_of(office.counter, (answer for _, _, answer in asked))
    faults, seen = [], set()
    for official, path, answer in asked:
        told = told_in(answer)
        seen |= told
        read = left[answer.headers["x-request-id"]]
        if read != {(office.whose[one], official) for one in told}:
            faults.append(f"{official} {path} told {told}, read {read}")
    return faults, seen


def test_every_answer_that_tells_of_somebody_left_his_reading(office: Prepared):
    faults, seen = unrecorded(office)

    assert not faults
    assert seen == {*PERSONS, "paper"}, "the walk came past everybody"


def test_without_the_writer_the_walk_finds_what_was_told(
    office: Prepared, monkeypatch: pytest.MonkeyPatch
):
    async def forget(*_: object) -> None:
        await asyncio.sleep(0)

    monkeypatch.setattr(ReadingDesk, "keep", forget)

    some = tuple(one for one in WALKERS if one.id in {"bo-ppid", "bo-pengaduan"})
    faults, seen = unrecorded(office, some)

    assert len(faults) > len(PERSONS)
    assert seen == {*PERSONS, "paper"}


def test_what_cannot_be_recorded_is_not_shown(office: Prepared):
    counter, letter = office.counter, office.ids["case"][1]
    reads = (
        f"/v1/cases/{letter}",
        f"/v1/cases/{letter}/disposition-sheet",
        "/v1/registers/requests",
        "/v1/registers/requests?format=csv",
        "/v1/registers/guests",
        f"/v1/documents/{office.ids['sha256'][0]}",
    )
    execute(counter, "revoke insert on readings from disposisi_desk")
    try:
        for path in reads:
            answer = counter["bo-agendaris"].get(path)
            assert answer.status_code == 503, path
            assert answer.json()["code"] == "overloaded"
            assert not told_in(answer)
        # Who is shown nothing of a person waits for no reading.
        assert counter["bo-pelapor"].get(f"/v1/cases/{letter}").is_success
    finally:
        execute(counter, "grant insert on readings to disposisi_desk")
    assert counter["bo-agendaris"].get(reads[0]).is_success


def execute(counter: OpenCounter, statement: Any) -> None:  # noqa: ANN401 - SQL
    with psycopg.connect(counter.database_url, autocommit=True) as connection:
        connection.execute(statement)


def reading(counter: OpenCounter, answer: httpx.Response) -> list[Any]:
    return rows(
        counter,
        "select role, rule, why, acting_for, purpose, action, operation, kind,"
        "       subject::text, fields"
        "  from readings where request_id = %s order by reading",
        answer.headers["x-request-id"],
    )


def test_a_reading_says_by_which_row_and_on_which_ground(office: Prepared):
    letter = office.ids["case"][1]
    answer = office.counter["bo-analis"].send(
        "GET", f"/v1/cases/{letter}", headers={"Reading-Purpose": "contact"}
    )

    shown, words = reading(office.counter, answer)

    assert shown == (
        "handler",
        "reading-the-requester-one-answers",
        "assignee",
        None,
        "contact",
        "read-requester",
        "ReadCase",
        "case",
        letter,
        ["name", "phone", "email", "nik_last_4"],
    )
    assert words[1:4] == ("reading-words", "assignee", None)
    assert words[-1] == ["subject", "items"]


@pytest.mark.parametrize("shows", ["somebody", "nothing sealed"])
def test_a_purpose_is_a_word_of_the_list(office: Prepared, shows: str):
    letter = office.ids["case"][1]
    path = f"/v1/cases/{letter}" + ("" if shows == "somebody" else "/history")
    answer = office.counter["bo-analis"].send(
        "GET", path, headers={"Reading-Purpose": "Maksi Ndolu"}
    )

    assert (answer.status_code, answer.json()["code"]) == (422, "unknown-purpose")
    assert not reading(office.counter, answer)


@pytest.mark.parametrize("seat", ["bo-kepala", "bo-agendaris", "bo-analis"])
def test_a_nik_is_told_by_its_last_four_digits(office: Prepared, seat: str):
    shown = office.counter[seat].get(f"/v1/cases/{office.ids['case'][1]}")
    assert shown.json()["requester"]["nik"] == "************0042"
    assert NIK not in shown.text


def test_all_of_a_nik_is_for_who_needs_it_and_named_in_the_reading(office: Prepared):
    shown = office.counter["bo-ppid"].get(f"/v1/cases/{office.ids['case'][1]}")
    assert shown.json()["requester"]["nik"] == NIK
    [row] = [row for row in reading(office.counter, shown) if "nik" in row[-1]]
    assert row[1] == "reading-the-nik"


def readings(counter: OpenCounter, seat: str, **query: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    after: dict[str, str] = {}
    while True:
        answer = counter[seat].get("/v1/readings", **query, **after, limit="7")
        assert answer.status_code == 200, answer.text
        page = answer.json()
        found += page["items"]
        if page["next"] is None:
            return found
        after = {"after": page["next"]}


@pytest.mark.parametrize("seat", ["pdp", "pengawas", "bo-kepala"])
def test_who_read_the_file_is_told_page_by_page(office: Prepared, seat: str):
    counter, letter = office.counter, office.ids["case"][1]
    counter["bo-analis"].get(f"/v1/cases/{letter}")

    of_case = readings(counter, seat, case=letter)

    assert of_case
    assert {one["subject"] for one in of_case} == {letter}
    assert of_case == sorted(of_case, key=lambda one: one["at"], reverse=True)
    everything = readings(counter, seat, agency=BIRO)
    assert [one for one in everything if one["subject"] == letter] == of_case
    by_analyst = readings(counter, seat, case=letter, official="bo-analis")
    assert by_analyst == [one for one in of_case if one["official"] == "bo-analis"]
    assert by_analyst[0]["name"] == "Pejabat bo-analis"
    of_person = readings(counter, seat, person=office.whose["writer"])
    assert of_person == of_case
    assert readings(counter, seat, **{"from": "2030-01-01"}) == []


def test_readings_come_as_csv(office: Prepared):
    case = office.ids["case"][1]
    counter = office.counter
    counter["bo-analis"].get(f"/v1/cases/{case}")
    answer = counter["pdp"].get("/v1/readings", case=case, format="csv")
    told = list(csv.DictReader(io.StringIO(answer.text, newline=""), strict=True))
    assert len(told) == len(readings(counter, "pdp", case=case))
    assert not told_in(answer)


def test_readings_behind_a_position_are_there_at_once(office: Prepared):
    answer = office.counter["pdp"].get("/v1/readings", after_position=1)
    assert answer.status_code == 200, answer.text
    wrong = office.counter["pdp"].get("/v1/readings", after_position=-1)
    assert (wrong.status_code, wrong.json()["code"]) == (422, "invalid-query")


def test_another_agencys_readings_are_nobodys_here(office: Prepared):
    case = office.ids["case"][1]
    assert readings(office.counter, "bppd-pdp", case=case) == []
    assert readings(office.counter, "bppd-kepala", person=office.whose["writer"]) == []


@pytest.mark.parametrize("seat", ["bo-analis", "bo-pelapor", "bo-admin", "bo-ppid"])
def test_readings_are_not_for_everybody(office: Prepared, seat: str):
    answer = office.counter[seat].get("/v1/readings")
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
