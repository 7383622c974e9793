"""What a requester told stands sealed in the database, and in no log and no event."""

import asyncio
import json
import re
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from tests import house, staff
from tests.interfaces.http import forms, life
from tests.open_counter import OpenCounter, appoint
from tests.worker import worker

LISTED = "select tablename from pg_tables where schemaname = 'public' order by 1"


@pytest.fixture(scope="module")
def lived(
    server_url: str, template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[OpenCounter, Path]]:
    """A worker process and its log, after a day with every kind of act."""
    folder = tmp_path_factory.mktemp("data")
    with house.fresh(server_url, of=template) as url:
        issued = asyncio.run(appoint(url, staff.PLACES, staff.AGENCIES))
        log = folder / "log"
        with worker(url, folder, log) as address:
            counter = OpenCounter(address, url, folder, issued)
            a_day(counter)
            counter.close()
        yield counter, log


def a_day(counter: OpenCounter) -> None:
    """Every act that is given a name, a number or somebody's words."""
    case = life.directed(counter)
    case.step("analis", "delivery", {"how": "oral"})
    case.step("penerima-tamu", "identity-return", {"to": forms.VISITOR})
    post = life.disposed(counter)
    post.step("analis", "draft", forms.draft(text=f"Yth. {forms.WRITER}"), "draft")
    life.approve(post)
    call = {"at": post.answer["recorded_at"], "medium": "telepon", "result": "ya"}
    post.step("agendaris", "pickup", {"contacts": [call], "collect_by": "2027-01-05"})
    post.step("agendaris", "collection", {"by": forms.WRITER})
    bare = life.letter(counter, requester={"name": forms.WRITER}, letter={})
    told = {"phone": forms.VISITOR_PHONE, "address": forms.ADDRESS}
    bare.step("agendaris", "completion", {"received": [], "requester": told})
    why = {"how": "surat", "reason": forms.WORDS}
    life.letter(counter).step("agendaris", "withdrawal", why)
    passed = {"to_agency": "bppd", "notice": "Surat pelimpahan 8"}
    bare.step("kepala", "transfer", passed, "new_case")
    life.directed(counter).step("analis", "conversion", {"reason": "-"}, "new_case")
    review = {"summary": forms.ITEM, "class": "complaint"}
    life.report(counter).step("penghubung", "review", review, "complaint")
    counter["bo-penerima-tamu"].post("/v1/visits", forms.guest())
    about = forms.complaint(case=post.answer["case"], about=forms.COMPLAINANT)
    made = counter["bo-pengaduan"].post("/v1/complaints", about)
    told, place = {"text": f"Yth. {forms.COMPLAINANT}"}, made.headers["location"]
    sorted_ = {"class": "not_supervisory"}
    counter["bo-pengaduan"].post(f"{place}/classification", sorted_, 1)
    assert counter["bo-pengaduan"].get(f"{place}/history").is_success
    assert counter["bo-pengaduan"].post(f"{place}/answer", told, 2).is_success
    attack = forms.objection(post.answer["case"], "d")
    filed = counter["bo-ppid"].post("/v1/objections", attack)
    assert counter["bo-ppid"].get(filed.headers["location"]).is_success
    counter["bo-agendaris"].send(
        "POST",
        "/v1/documents",
        forms.WORDS.encode(),
        {
            "Content-Type": "text/plain",
            "Content-Disposition": f'attachment; filename="{forms.WRITER}.txt"',
        },
    )
    # Refused ones, too: a wrong field, a path and a query that hold a name.
    kepala = counter["bo-kepala"]
    kepala.post(post.path + "/disposition", {"to": forms.WRITER}, 1)
    kepala.post("/v1/cases", forms.letter() | {forms.WRITER: forms.WRITER})
    kepala.post(f"/v1/cases/{forms.WRITER}/closing", {}, 1)
    kepala.post(f"/v1/complaints/{forms.WRITER}/closing", {}, 1)
    kepala.get("/v1/cases", q=forms.WRITER)
    kepala.get(f"/status/{forms.WRITER}")


def found_in(text: str) -> list[str]:
    """Which of the personal words stand in a text, also as hexadecimal or escaped."""
    return [
        word
        for word in forms.PERSONAL
        if word in text
        or word.encode().hex() in text
        or word.replace(" ", "%20") in text
    ]


def test_no_table_holds_a_word_of_theirs(lived: tuple[OpenCounter, Path]):
    counter, _ = lived
    with psycopg.connect(counter.database_url) as connection:
        tables = [name for (name,) in connection.execute(LISTED).fetchall()]
        assert "register" in tables
        for table in tables:
            query = sql.SQL("select t::text from {} t").format(sql.Identifier(table))
            rows = "\n".join(row for (row,) in connection.execute(query).fetchall())
            # A row's text shows bytea as hexadecimal and doubles its quotes.
            assert not found_in(rows), table
        (states,) = connection.execute(
            "select string_agg(convert_from(state, 'utf8'), ' ') from register"
        ).fetchall()[0]
        assert "bo-analis" in states, "officials' ids are found in the same way"
        assert not found_in(states)


def test_no_line_of_the_log_holds_one_either(lived: tuple[OpenCounter, Path]):
    _, log = lived
    text = log.read_text()
    assert not found_in(text)
    assert '"token"' not in text
    assert "dsp_" not in text


def test_every_request_has_its_line_with_its_ids(lived: tuple[OpenCounter, Path]):
    _, log = lived
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    answered = [line for line in lines if line["event"] == "request_answered"]
    assert len(answered) > 20
    assert len({line["request_id"] for line in answered}) == len(answered)
    about = [line for line in answered if "/cases" in line["route"]]
    carried_out = [line for line in about if line["status"] in {200, 201}]
    listed = [line for line in carried_out if line["method"] == "GET"]
    uuid = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
    for line in carried_out:
        if line not in listed:
            assert uuid.fullmatch(line["case"]), line
    beside = [
        line
        for line in answered
        if line["route"].startswith(("/v1/complaints/", "/v1/objections/"))
    ]
    for line in beside:
        if line["status"] == 200:
            assert uuid.fullmatch(line["case"]), line
    told = {line["route"] for line in beside if line["method"] == "GET"}
    assert told == {"/v1/complaints/{complaint}/history", "/v1/objections/{objection}"}
    assert all(line["level"] in {"info", "warning"} for line in lines)
