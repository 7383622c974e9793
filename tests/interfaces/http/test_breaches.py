"""A breach is written down with whom it concerns, and told within 72 hours."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import psycopg
import pytest

from interfaces.clock import now
from interfaces.http.breaches import MOST_CONCERNED
from tests import house
from tests.interfaces.http import life
from tests.interfaces.http.conftest import projecting_for
from tests.interfaces.http.forms import Form
from tests.interfaces.http.subjects import DPO, OTHER_DPO, PLACES, answered, person_of
from tests.open_counter import OpenCounter, open_counter
from tests.staff import BIRO, BPPD


@pytest.fixture(scope="module")
def counter(
    server_url: str, template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OpenCounter]:
    with (
        house.fresh(server_url, of=template) as url,
        open_counter(url, tmp_path_factory.mktemp("data"), PLACES) as opened,
        projecting_for(opened),
    ):
        yield opened


def breach(**other: object) -> Form:
    return {
        "agency": BIRO,
        "what": "berkas permohonan tertinggal di ruang tunggu",
        "discovered_at": now().isoformat(),
        "data": ["name", "phone"],
    } | other


def recorded(counter: OpenCounter, **other: object) -> Form:
    made = counter[DPO].post("/v1/breaches", breach(**other))
    assert made.status_code == 201, made.text
    answer: Form = made.json()
    assert made.headers["location"] == f"/v1/breaches/{answer['breach']}"
    return answer


def test_its_cases_tell_whom_it_concerns(counter: OpenCounter):
    case = answered(counter)
    answer = recorded(counter, cases=[case.answer["case"]])
    assert (answer["stage"], answer["persons"]) == ("recorded", 1)
    (clock,) = answer["clocks"]
    began, due = (
        datetime.fromisoformat(clock[name]) for name in ("starts_at", "due_at")
    )
    assert due - began == timedelta(hours=72)
    file = counter[DPO].get(f"/v1/breaches/{answer['breach']}")
    assert file.headers["etag"] == '"1"'
    (affected,) = file.json()["affected"]
    assert affected["person"] == person_of(case)
    assert affected["cases"] == [
        {
            "case": case.answer["case"],
            "registration_number": case.answer["registration_number"],
        }
    ]
    assert file.json()["untold"] == ["authority", "subjects"]


def test_the_readings_of_an_official_tell_it_too(counter: OpenCounter):
    seen, unseen = answered(counter), answered(counter)
    since = now()
    assert counter["bo-agendaris"].get(seen.path).json()["requester"]["name"]
    until = now() + timedelta(seconds=1)
    span = {
        "official": "bo-agendaris",
        "from": since.isoformat(),
        "until": until.isoformat(),
    }
    answer = recorded(counter, readings=span)
    file = counter[DPO].get(f"/v1/breaches/{answer['breach']}").json()
    concerned = {one["person"] for one in file["affected"]}
    assert concerned == {person_of(seen)}
    assert person_of(unseen) not in concerned
    assert file["read_by"] == "bo-agendaris"


def test_it_is_closed_once_all_were_told(counter: OpenCounter):
    answer = recorded(counter)
    path, dpo = f"/v1/breaches/{answer['breach']}", counter[DPO]
    notice = {"told": ["subjects"], "how": "surat", "handling": "berkas diamankan"}
    early = dpo.post(f"{path}/closing", {"reason": "selesai"}, 1)
    assert (early.status_code, early.json()["code"]) == (409, "breach-not-told")
    first = dpo.post(f"{path}/notification", notice, 1).json()
    assert first["clocks"][0]["state"] == "running"
    both = notice | {"told": ["authority", "public"]}
    second = dpo.post(f"{path}/notification", both, 2).json()
    assert (second["stage"], second["clocks"][0]["state"]) == ("notified", "met")
    done = dpo.post(f"{path}/closing", {"reason": "selesai"}, 3)
    assert done.json()["stage"] == "closed"
    items = dpo.get(f"{path}/history").json()["items"]
    assert [one["type"] for one in items] == [
        "breach-recorded",
        "breach-notified",
        "breach-notified",
        "breach-closed",
    ]


def test_what_it_names_has_to_exist(counter: OpenCounter):
    nobody = "00000000-0000-4000-8000-00000000dead"
    dpo = counter[DPO]
    for other, code in (
        ({"cases": [nobody]}, "unknown-case"),
        ({"persons": [nobody]}, "unknown-person"),
        ({"data": []}, "invalid-body"),
        ({"agency": "tiada"}, "unknown-agency"),
    ):
        answer = dpo.post("/v1/breaches", breach(**other))
        assert answer.json()["code"] == code, answer.text
        assert answer.status_code in {404, 422}


def test_what_is_wrong_with_it_is_told_where_it_stands(counter: OpenCounter):
    nobody, said = "00000000-0000-4000-8000-00000000dead", now()
    backwards = {
        "official": "bo-agendaris",
        "from": said.isoformat(),
        "until": (said - timedelta(hours=1)).isoformat(),
    }
    for other, code, pointer in (
        ({"cases": [nobody]}, "unknown-case", "/cases"),
        ({"persons": [nobody]}, "unknown-person", "/persons"),
        ({"readings": backwards}, "invalid-body", "/readings/until"),
        ({"discovered_at": "1666-01-01T00:00:00Z"}, "invalid-body", "/discovered_at"),
    ):
        answer = counter[DPO].post("/v1/breaches", breach(**other))
        assert (answer.status_code, answer.json()["code"]) == (422, code)
        (fault,) = answer.json()["errors"]
        assert fault["pointer"] == pointer
    # What is wrong with it is told before who may.
    early = counter["bo-ppid"].post("/v1/breaches", breach(readings=backwards))
    assert early.status_code == 422


def test_what_is_said_twice_is_recorded_once(counter: OpenCounter):
    answer = recorded(counter, data=["name", "phone", "name"])
    path = f"/v1/breaches/{answer['breach']}"
    assert counter[DPO].get(path).json()["data"] == ["name", "phone"]
    notice = {"how": "surat", "handling": "berkas diamankan"}
    twice = notice | {"told": ["subjects", "subjects"]}
    assert counter[DPO].post(f"{path}/notification", twice, 1).is_success
    told = counter[DPO].get(f"{path}/history").json()["items"][-1]["data"]
    assert told["told"] == ["subjects"]


def test_it_is_the_agency_s_own(counter: OpenCounter):
    answer = recorded(counter)
    path = f"/v1/breaches/{answer['breach']}"
    for seat, status in (
        ("bo-kepala", 200),
        ("pengawas", 200),
        (OTHER_DPO, 403),
        ("bo-ppid", 403),
        ("bo-admin", 403),
    ):
        assert counter[seat].get(path).status_code == status, seat
    assert counter["bo-kepala"].post("/v1/breaches", breach()).status_code == 403
    theirs = counter[OTHER_DPO].post("/v1/breaches", breach(agency=BPPD)).json()
    for seat, own in ((DPO, answer), (OTHER_DPO, theirs)):
        page = counter[seat].get(
            "/v1/breaches", limit=1, after_position=theirs["position"]
        )
        assert [one["breach"] for one in page.json()["items"]] == [own["breach"]]
    missing = counter[DPO].get("/v1/breaches/00000000-0000-4000-8000-00000000dead")
    assert missing.status_code == 404


def test_another_agency_s_persons_and_cases_are_as_unknown(counter: OpenCounter):
    case = answered(counter)
    for other, code in (
        ({"cases": [case.answer["case"]]}, "unknown-case"),
        ({"persons": [person_of(case)]}, "unknown-person"),
    ):
        form = breach(agency=BPPD, **other)
        theirs = counter[OTHER_DPO].post("/v1/breaches", form)
        assert (theirs.json()["code"], theirs.is_success) == (code, False)
        ours = counter[DPO].post("/v1/breaches", form)
        assert ours.status_code == 403, "asked before anything is looked up"


def test_of_a_person_whose_case_went_on_each_agency_is_shown_its_own(
    counter: OpenCounter,
):
    case = life.letter(counter, BPPD)
    case.step(
        "kepala", "transfer", {"to_agency": BIRO, "notice": "Surat 8"}, "new_case"
    )
    file = counter["bo-agendaris"].get(f"/v1/cases/{case.answer['new_case']}").json()
    person = file["requester"]["person"]
    for agency, seat, own in (
        (BPPD, OTHER_DPO, case.answer["case"]),
        (BIRO, DPO, case.answer["new_case"]),
    ):
        form = breach(agency=agency, persons=[person])
        made = counter[seat].post("/v1/breaches", form)
        assert made.status_code == 201, made.text
        shown = counter[seat].get(f"/v1/breaches/{made.json()['breach']}").json()
        (affected,) = shown["affected"]
        assert [one["case"] for one in affected["cases"]] == [own]


def test_more_persons_than_an_entry_holds_are_refused(counter: OpenCounter):
    with psycopg.connect(counter.database_url, autocommit=True) as connection:
        connection.execute(
            """
            insert into readings (at, official, role, rule, why, action, operation,
                                  agency, kind, subject, person, fields, request_id)
            select now(), 'pembaca-ramai', 'handler', 'row', 'agency', 'read-words',
                   'ReadCase', %s, 'case', gen_random_uuid(), gen_random_uuid(),
                   '{words}', ''
              from generate_series(0, %s)
            """,
            (BIRO, MOST_CONCERNED),
        )
    span = {
        "official": "bo-agendaris",
        "from": (now() - timedelta(hours=1)).isoformat(),
        "until": (now() + timedelta(seconds=50)).isoformat(),
    }
    few = counter[DPO].post("/v1/breaches", breach(readings=span))
    assert few.status_code == 201, few.text
    with psycopg.connect(counter.database_url, autocommit=True) as connection:
        connection.execute(
            """
            insert into readings (at, official, role, rule, why, action, operation,
                                  agency, kind, subject, person, fields, request_id)
            select now(), 'bo-agendaris', role, rule, why, action, operation, agency,
                   kind, subject, person, fields, request_id
              from readings
             where official = 'pembaca-ramai'
            """
        )
    many = counter[DPO].post("/v1/breaches", breach(readings=span))
    assert (many.status_code, many.json()["code"]) == (422, "invalid-body")
    assert many.json()["errors"][0]["pointer"] == "/readings"


def test_the_list_goes_on_page_by_page_by_the_order_of_recording(counter: OpenCounter):
    made = [recorded(counter) for _ in range(3)]
    dpo = counter[DPO]
    notice = {"told": ["subjects"], "how": "surat", "handling": "berkas diamankan"}
    path = f"/v1/breaches/{made[0]['breach']}"
    told = dpo.post(f"{path}/notification", notice, 1).json()
    mark = {"after_position": told["position"]}
    seen, after = [], None
    while True:
        said = mark | ({} if after is None else {"after": after})
        page = dpo.get("/v1/breaches", limit=2, **said).json()
        seen += [one["breach"] for one in page["items"]]
        after = page["next"]
        if after is None:
            break
    # What is done about one later moves none to another page.
    assert seen[:3] == [one["breach"] for one in reversed(made)]
    assert len(seen) == len(set(seen))
    notified = dpo.get("/v1/breaches", stage="notified", limit=200, **mark).json()
    assert made[0]["breach"] in {one["breach"] for one in notified["items"]}
    assert {one["stage"] for one in notified["items"]} == {"notified"}
