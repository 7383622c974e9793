"""Load data is what the desk would have recorded: every history, number and seal."""

import asyncio
import re
import signal
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import psycopg
import pytest
from rich.console import Console
from typing_extensions import override

from application import keys, register
from application.entries import Entry, NewEntry
from application.people import People
from domain import events, histories
from domain.breach import Breach
from domain.case import Case
from domain.complaint import Complaint
from domain.data_request import DataRequest
from domain.facts import By
from domain.objection import Objection
from domain.office import Directory
from interfaces.demo.api import Json
from interfaces.demo.bulk import books, filling, lives, moving, stencil
from interfaces.demo.bulk.filling import Counts, fill
from interfaces.demo.bulk.life import Life
from interfaces.demo.bulk.lines import Text
from interfaces.demo.bulk.paper import Office, PaperClerk
from interfaces.demo.cast import HOUSES, employ
from interfaces.demo.local_time import WITA
from interfaces.demo.year import absence, label, progress
from interfaces.demo.year.label import Label
from tests import house, unsealed
from tests.domain import laws, laws_of_complaints, laws_of_hindsight, laws_of_objections
from tests.domain.paper import Line
from tests.interfaces.test_demo import UNUSUAL, shown
from tests.open_counter import OpenCounter, open_counter
from tests.projections.projecting import projected
from tests.served import run

UNTIL = datetime(2026, 11, 21, 4, tzinfo=UTC)
CASES = 300
SEED = 14
STILL_OPEN = {
    "received",
    "incomplete",
    "disposed",
    "drafted",
    "in_review",
    "approved",
    "awaiting_pickup",
}
SUBJECT = "Permohonan data dan informasi publik"


class Filled(msgspec.Struct):
    """A register with load data, and who may look at it."""

    url: str
    data: Path
    counts: Counts
    tokens: dict[str, str]
    office: Office
    entries: list[Entry]

    @property
    def histories(self) -> dict[UUID, list[Line]]:
        """What stands in each stream."""
        found: defaultdict[UUID, list[Line]] = defaultdict(list)
        for entry in self.entries:
            found[entry.stream].append(
                Line(
                    version=entry.version,
                    event=entry.event,
                    by=entry.metadata.official or "",
                    at=entry.occurred_at,
                    told_at=entry.recorded_at,
                )
            )
        return dict(found)


def _matter(history: Sequence[Line]) -> histories.Matter | None:
    return histories.folded((line.event, line.teller) for line in history)


async def _fill(url: str, data: Path, cases: int = CASES, seed: int = SEED) -> Filled:
    people = People(keys.load(data / "keys" / "kek"))
    async with await psycopg.AsyncConnection.connect(url) as connection:
        tokens = await employ(connection)
        await absence.enter(connection, UNTIL)
        counts = await fill(connection, people, cases=cases, until=UNTIL, seed=seed)
        office = await filling._office(connection)
        found = await register.page_after(connection, 0, 100_000)
    entries = [line.entry() for line in found]
    return Filled(url, data, counts, tokens, office, entries)


@pytest.fixture(scope="module")
def filled(
    server_url: str, template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Filled]:
    with house.fresh(server_url, of=template) as url:
        yield asyncio.run(_fill(url, tmp_path_factory.mktemp("data")))


@pytest.fixture(scope="module")
def counter(filled: Filled) -> Iterator[OpenCounter]:
    with open_counter(filled.url, filled.data, places=()) as opened:
        yield opened


@pytest.fixture
def cast(filled: Filled, monkeypatch: pytest.MonkeyPatch) -> Directory:
    """Lets the laws know the demo's officials."""
    directory = filled.office.directory
    monkeypatch.setattr(laws, "DIRECTORY", directory)
    return directory


def test_there_are_as_many_cases_as_were_asked_for(filled: Filled):
    opened = Counter(type(entry.event) for entry in filled.entries)
    assert opened[events.Received] == filled.counts.cases == CASES
    assert len(filled.entries) == filled.counts.events
    assert opened[events.Visited]
    assert opened[events.ComplaintOpened]
    assert opened[events.ObjectionFiled]


def test_every_history_obeys_the_laws_of_its_kind(filled: Filled, cast: Directory):
    told = filled.histories
    seen: Counter[str] = Counter()
    for history in told.values():
        matter = _matter(history)
        seen[type(matter).__name__] += 1
        match matter:
            case Case():
                laws.holds(history, matter)
            case Complaint():
                laws_of_complaints.holds(history, matter)
            case Objection():
                laws_of_objections.holds(history, matter)
                _filed_and_ruled_rightly(history, told[matter.case])
            case DataRequest() | Breach():
                pytest.fail("load data hold none of these")
            case None:
                assert [type(line.event) for line in history] == [events.Visited]
    assert seen.keys() == {"Case", "Complaint", "Objection", "NoneType"}


def _filed_and_ruled_rightly(objection: Sequence[Line], case: Sequence[Line]) -> None:
    filed, *later = objection
    before = [line for line in case if line.at <= filed.at]
    laws_of_objections.filing_holds(filed, before)
    for line in later:
        if isinstance(line.event, events.ObjectionDecided):
            assert isinstance(filed.event, events.ObjectionFiled)
            (subject,) = {
                one.event.objection
                for one in case
                if isinstance(one.event, events.Reopened) and one.at == line.at
            } or {None}
            if subject is not None:
                laws_of_objections.ruling_holds(subject, line, case)


def test_every_case_obeys_the_laws_of_hindsight(filled: Filled):
    for history in filled.histories.values():
        case = _matter(history)
        if isinstance(case, Case):
            steps = [_matter(history[:n]) for n in range(1, len(history) + 1)]
            saved = [step for step in steps if isinstance(step, Case)]
            office = filled.office.decider.offices.under(case.standard)
            laws_of_hindsight.holds(history, saved, office)


def test_the_register_is_in_the_order_in_which_people_recorded(filled: Filled):
    for before, entry in pairwise(filled.entries):
        assert before.position < entry.position
        assert before.recorded_at <= entry.recorded_at < UNTIL
    for entry in filled.entries:
        assert entry.occurred_at <= entry.recorded_at
        days = [
            at.astimezone(WITA).date() for at in (entry.occurred_at, entry.recorded_at)
        ]
        assert (entry.metadata.late_reason is not None) is (days[0] < days[1])
    assert any(entry.metadata.late_reason for entry in filled.entries)
    assert len({entry.event_id for entry in filled.entries}) == len(filled.entries)


def test_registration_numbers_are_gapless_in_the_order_of_receipt(filled: Filled):
    taken = [
        (entry.event.registration_number, entry.stream)
        for entry in filled.entries
        if isinstance(entry.event, events.Received)
    ]
    by_series: defaultdict[str, list[int]] = defaultdict(list)
    for number, _ in taken:
        series, _, n = number.rpartition("-")
        by_series[series].append(int(n))
    for numbers in by_series.values():
        assert numbers == list(range(1, len(numbers) + 1))
    with psycopg.connect(filled.url) as connection:
        kept = connection.execute("select * from registrations").fetchall()
        lasts = connection.execute("select agency, year, last from counters").fetchall()
        reports = connection.execute("select * from lapor_reports").fetchall()
    assert dict(kept) == dict(taken)
    prefixes = {"biro-organisasi": "BO", "bppd": "BPPD"}
    assert {f"{prefixes[agency]}-{year}": last for agency, year, last in lasts} == {
        series: len(numbers) for series, numbers in by_series.items()
    }
    assert dict(reports) == {
        entry.event.lapor.tracking_id: entry.stream
        for entry in filled.entries
        if isinstance(entry.event, events.Received) and entry.event.lapor
    }


def test_what_was_asked_opens_for_every_case(filled: Filled, counter: OpenCounter):
    complaints = {
        entry.stream
        for entry in filled.entries
        if isinstance(entry.event, events.LaporReviewed) and entry.event.complaint
    }
    ppids = {one.code: counter.bearing(filled.tokens[one.ppid]) for one in HOUSES}
    for entry in filled.entries:
        received = entry.event
        if not isinstance(received, events.Received):
            continue
        answer = ppids[received.agency].get(f"/v1/cases/{entry.stream}")
        assert answer.status_code == 200
        shown = answer.json()
        assert shown["registration_number"] == received.registration_number
        assert shown["subject"] == SUBJECT
        assert len(shown["items"]) == received.items
        assert all(len(item["text"]) > 5 for item in shown["items"])
        if entry.stream not in complaints:
            assert " " in shown["requester"]["name"]


def test_everything_that_was_sealed_is_told_by_an_event_and_opens(filled: Filled):
    told: defaultdict[UUID, bytes] = defaultdict(bytes)
    for entry in filled.entries:
        told[entry.stream] += msgspec.json.encode(entry.event)
    people = People(keys.load(filled.data / "keys" / "kek"))

    async def look() -> None:
        async with await psycopg.AsyncConnection.connect(filled.url) as connection:
            for stream, states in told.items():
                opened = await unsealed.told(people, connection, stream)
                assert opened or b"complaint" in states
                digests = set(re.findall(rb'"([0-9a-f]{64})"', states))
                sealed = {digest.encode() for digest in opened}
                assert digests <= sealed
                if b'"visited"' in states:  # the event tells the words alone
                    assert len(sealed - digests) == 1
                elif b'"anonymous":true' not in states:
                    assert sealed == digests

    asyncio.run(look())


async def test_the_list_shows_every_case_as_it_stands(
    filled: Filled, counter: OpenCounter
):
    async with await psycopg.AsyncConnection.connect(
        filled.url, autocommit=True
    ) as owner:
        await projected(filled.url, owner)
    shown: dict[str, str] = {}
    for one in HOUSES:
        query: dict[str, Any] = {"agency": one.code, "limit": 200}
        reader = counter.bearing(filled.tokens[one.ppid])
        while True:
            page = reader.get("/v1/cases", **query).json()
            shown |= {row["case"]: row["stage"] for row in page["items"]}
            if page["next"] is None:
                break
            query["after"] = page["next"]
    cases = {
        str(stream): matter.stage
        for stream, history in filled.histories.items()
        if isinstance(matter := _matter(history), Case)
    }
    assert shown == cases


def test_work_goes_on_where_the_load_data_ends(database_url: str, tmp_path: Path):
    made = asyncio.run(_fill(database_url, tmp_path))
    with open_counter(database_url, tmp_path, places=()) as counter:
        _withdraw_an_open_case(made, counter)
        _take_the_next_number(made, counter)


def _withdraw_an_open_case(made: Filled, counter: OpenCounter) -> None:
    stream, case, version = next(
        (stream, matter, len(history))
        for stream, history in made.histories.items()
        if isinstance(matter := _matter(history), Case)
        and matter.stage in {"received", "disposed", "drafted", "in_review"}
        and matter.channel == "letter"
    )
    clerk = next(one.letters for one in HOUSES if one.code == case.agency)
    body = {"how": "surat", "reason": "Sudah kami peroleh"}
    done = counter.bearing(made.tokens[clerk]).post(
        f"/v1/cases/{stream}/withdrawal", body, version
    )
    assert done.status_code == 200, done.text
    assert done.json()["version"] == version + 1
    assert done.json()["position"] > made.entries[-1].position


def _take_the_next_number(made: Filled, counter: OpenCounter) -> None:
    body = {
        "channel": "face_to_face",
        "agency": "biro-organisasi",
        "requester": {"name": "Maria Seran", "identity": {"kind": "ktp"}},
        "subject": "Data",
        "items": ["Data jumlah perangkat daerah"],
    }
    answer = counter.bearing(made.tokens["tamu-biro"]).post("/v1/cases", body)
    assert answer.status_code == 201, answer.text
    series, _, n = answer.json()["registration_number"].rpartition("-")
    taken = [
        entry.event.registration_number
        for entry in made.entries
        if isinstance(entry.event, events.Received)
    ]
    assert int(n) == 1 + sum(number.startswith(series) for number in taken)


def test_load_data_does_not_go_into_a_register_that_is_in_use(filled: Filled):
    async def again() -> None:
        people = People(keys.load(filled.data / "keys" / "kek"))
        async with await psycopg.AsyncConnection.connect(filled.url) as connection:
            with pytest.raises(books.NotEmptyError):
                await fill(connection, people, cases=5, until=UNTIL, seed=1)
            assert await register.head(connection) == filled.entries[-1].position

    asyncio.run(again())


def _faces(entries: Sequence[Entry]) -> list[tuple[object, ...]]:
    """All of them but what is sealed at random."""
    return [
        (one.stream, one.version, type(one.event), one.event_id, one.recorded_at)
        for one in entries
    ]


def test_the_same_seed_gives_the_same_histories(
    filled: Filled, database_url: str, tmp_path: Path
):
    again = asyncio.run(_fill(database_url, tmp_path))
    assert _faces(again.entries) == _faces(filled.entries)


@pytest.mark.parametrize("cases", [1, 2, 7, 777])
def test_copies_make_the_number_of_cases_full(
    database_url, tmp_path, cases, monkeypatch
):
    monkeypatch.setattr(filling, "FEWEST_LIVES", 40)
    monkeypatch.setattr(filling, "COPIES", 20)
    made = asyncio.run(_fill(database_url, tmp_path, cases, seed=3))
    received = [one for one in made.entries if isinstance(one.event, events.Received)]
    assert len(received) == made.counts.cases == cases
    for _, history in groupby(
        sorted(made.entries, key=lambda one: (one.stream, one.version)),
        key=lambda one: one.stream,
    ):
        found = [entry.version for entry in history]
        assert found == list(range(1, len(found) + 1))


def test_lives_take_every_way_there_is(filled: Filled):
    drawn = list(lives.draw(filled.office, SEED, 3000, UNTIL))
    others = lives.draw(filled.office, SEED + 1, 3000, UNTIL)
    assert next(others).acts[0].recorded_at != drawn[0].acts[0].recorded_at
    tags = Counter(
        entry.event.__struct_config__.tag
        for life in drawn
        for act in life.acts
        for entry in act.entries
    )
    assert tags.keys() >= UNUSUAL
    stages: Counter[str] = Counter()
    for life in drawn:
        told = [(e.stream, e) for act in life.acts for e in act.entries]
        for stream in {stream for stream, _ in told}:
            mine = [e for one, e in told if one == stream]
            matter = histories.folded((e.event, _by(e)) for e in mine)
            if isinstance(matter, Case):
                stages[matter.stage] += 1
    assert stages.keys() >= STILL_OPEN
    is_open = sum(stages[stage] for stage in STILL_OPEN)
    assert is_open / stages.total() < 0.05


@pytest.mark.slow
def test_the_demo_copies_what_is_too_much_to_enter(tmp_path: Path):
    data = tmp_path / "data"
    with shown(data, "--cases", "1200") as (process, lines):
        assert "1200/1200 kasus / cases" in lines
        assert lines[-1].startswith("ready http://")
        folder = data.with_name("data-demo")
        assert label.read(folder) == Label(seed=14, cases=1200, whole=True)
        life = run("replay", "BO-2025-00001", "--json", data=folder)
        assert life.returncode == 0, life.stderr
        process.send_signal(signal.SIGINT)
        assert process.wait(40) == 0


def test_each_tenth_is_told_once_however_the_count_leaps(capsys):
    with progress.shown(Console(), 1000) as tell:
        for count in (20, 99, 100, 150, 420, 1000):
            tell(count)
    said = capsys.readouterr().out.splitlines()
    assert [line.partition(" ")[0] for line in said[:-1]] == [
        "100/1000",
        "420/1000",
        "1000/1000",
    ]
    assert said[-1].startswith("1000 kasus / cases, ")


def _by(entry: NewEntry) -> By:
    return Line(
        version=entry.version,
        event=entry.event,
        by=entry.metadata.official or "",
        at=entry.occurred_at,
        told_at=entry.recorded_at,
    ).teller


class _Moved(PaperClerk):
    """Tells the same story some seconds later."""

    seconds = 0

    @override
    def post(self, official, path, body, version=None):
        return super().post(official, path, _later(body, self.seconds), version)


def _later(said: Json, seconds: int) -> Json:
    match said:
        case dict():
            return {key: _later(value, seconds) for key, value in said.items()}
        case list() | tuple():
            return [_later(value, seconds) for value in said]
        case datetime():
            return said + timedelta(seconds=seconds)
        case str() if re.fullmatch(moving.INSTANT, said):
            return _later(datetime.fromisoformat(said), seconds).isoformat()
        case _:
            return said


@pytest.mark.parametrize("edge", ["earliest", "latest"])
def test_a_copy_that_was_moved_is_what_would_have_been_decided(
    filled: Filled, monkeypatch, edge
):
    """The story is told anew at the other hours, and compared with what was copied."""
    monkeypatch.setattr(lives, "LEFT_LYING", ())
    compared = 0
    for planned in lives._planned(SEED, 300, UNTIL):
        life = lives._lived(filled.office, planned, SEED, UNTIL)
        if not life.acts:
            continue
        cut = stencil.cut(life, UNTIL)
        seconds = getattr(cut, edge)
        monkeypatch.setattr(_Moved, "seconds", seconds)
        with monkeypatch.context() as patched:
            patched.setattr(lives, "PaperClerk", _Moved)
            told = lives._lived(filled.office, planned, SEED, UNTIL)
        copied = _copied(life, cut, seconds)
        decided = [
            (e.version, e.occurred_at, e.recorded_at, msgspec.json.encode(e.event))
            for act in told.acts
            for e in act.entries
        ]
        assert copied == decided
        compared += seconds != 0
    assert compared > 100


def _copied(life: Life, cut: stencil.Stencil, seconds: int) -> list[tuple[Any, ...]]:
    """The life's own lines out of its stencil, but so much later."""
    later = timedelta(seconds=seconds)
    copied = []
    for act, stage in zip(life.acts, cut.stages, strict=True):
        for entry, line in zip(act.entries, stage.lines, strict=True):
            clear = msgspec.json.encode(entry.event)
            values = _own_values(line.state, clear, cut)
            for gap, face, offset in cut.instants:
                values[gap] = moving.moved(face, offset, seconds)
            copied.append(
                (
                    entry.version,
                    entry.occurred_at + later,
                    entry.recorded_at + later,
                    line.state.filled(values),
                )
            )
    return copied


def _own_values(text: Text, clear: bytes, cut: stencil.Stencil) -> list[bytes]:
    """What stood in a text's gaps before it was cut."""
    values = [b""] * cut.gaps
    pattern = b"(.*?)".join(re.escape(piece) for piece in text.pieces[::2])
    found = re.fullmatch(pattern, clear, re.DOTALL)
    assert found is not None
    for gap, value in zip(text.gaps, found.groups(), strict=True):
        values[gap] = value
    return values
