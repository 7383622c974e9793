"""What changed of a case between two moments is told place by place."""

import json
from datetime import UTC, datetime
from itertools import combinations_with_replacement
from typing import Any
from uuid import UUID

import msgspec
import pytest

from application.entries import Entry
from application.readings import Ground
from application.sight import Leave, Sight
from domain import events
from domain.values import CorrectableFact, Role
from projections.case_file import CaseFile, case_file
from projections.diff import LEFT_OUT, BackwardsError, Span, changes
from projections.reader import Reader
from projections.standing import Moment, NoSuchVersionError, Standing, replay
from tests.domain import past
from tests.domain.offices import BPPD, HEAD, OFFICES
from tests.domain.receipts import lettered
from tests.domain.scenarios import Happened, wita
from tests.projections import lives

CASE = UUID(int=7)
OFFICE = OFFICES[BPPD]
NEVER = datetime(2030, 1, 1, tzinfo=UTC)
MAY = Leave(
    rule="head",
    role=Role.AGENCY_HEAD,
    why=Ground.LEADING,
    action="read-case",
    agency=BPPD,
)
WHOEVER = Reader(
    official=OFFICE.directory.officials[HEAD, BPPD],
    case=True,
    sight=Sight(words=MAY, requester=MAY),
    actions=("closing",),
)


def file(standing: Standing) -> CaseFile:
    return case_file(CASE, standing, WHOEVER, {}, OFFICE, is_present=True)


def shown(entries: list[Entry], moment: Moment) -> Any:  # noqa: ANN401 - JSON
    told = json.loads(msgspec.json.encode(file(replay(entries, NEVER, moment, OFFICE))))
    return {name: value for name, value in told.items() if name not in LEFT_OUT}


def entered(*happened: Happened) -> list[Entry]:
    made = lives.entries(happened, "BPPD-2026-00001")
    return [
        Entry(position=n, **msgspec.structs.asdict(entry))
        for n, entry in enumerate(made, start=101)
    ]


def diff(entries: list[Entry], since: Moment, to: Moment):
    return changes(entries, NEVER, Span(since, to), OFFICE, file)


def patched(told: Any, pointer: str, after: Any) -> None:  # noqa: ANN401 - JSON
    *path, last = pointer.removeprefix("/").split("/")
    for key in path:
        told = told[int(key)] if isinstance(told, list) else told[key]
    if isinstance(told, list):
        told[int(last) : int(last) + 1] = [after]
    else:
        told[last] = after


def without_empty(told: Any) -> Any:  # noqa: ANN401 - JSON
    """A missing value is null, and a list that became shorter ends in nulls."""
    if isinstance(told, dict):
        return {key: without_empty(each) for key, each in told.items() if each}
    if isinstance(told, list):
        return [without_empty(each) for each in told if each is not None]
    return told


def moments(entries: list[Entry], kind: str) -> list[Moment]:
    match kind:
        case "version":
            return [Moment(version=entry.version) for entry in entries]
        case "recorded_at":
            return [Moment(recorded_at=entry.recorded_at) for entry in entries]
        case _:
            return [Moment(occurred_at=entry.occurred_at) for entry in entries]


@pytest.mark.parametrize("kind", ["version", "recorded_at", "occurred_at"])
@pytest.mark.parametrize("life", lives.LIVES)
def test_the_changes_make_the_one_file_into_the_other(life, kind):
    entries = entered(*life)
    for since, to in combinations_with_replacement(moments(entries, kind), 2):
        told, expected = shown(entries, since), shown(entries, to)
        first = replay(entries, NEVER, since, OFFICE).version
        last = replay(entries, NEVER, to, OFFICE).version
        found = diff(entries, since, to)
        for change in found:
            assert change.before != change.after
            assert change.version is not None, "a minute runs no clock out"
            assert first < change.version <= last
            patched(told, change.pointer, change.after)
        assert without_empty(told) == without_empty(expected)
        assert bool(found) == (shown(entries, since) != expected)


def test_each_change_names_the_last_version_that_made_it():
    entries = entered(lettered(), past.disposed(), *past.approved(), past.delivered())
    found = diff(entries, Moment(version=1), Moment(version=7))
    by_place = {change.pointer: change.version for change in found}
    assert by_place["/assignee"] == 2
    assert by_place["/outcome"] == 6
    assert by_place["/stage"] == 7


def test_a_place_that_is_again_what_it_was_has_not_changed():
    entries = entered(
        lettered(),
        past.disposed(),
        *past.approved(),
        past.delivered(),
        past.closed(),
        past.reopened(),
    )
    found = diff(entries, Moment(version=2), Moment(version=9))
    assert "/stage" not in {change.pointer for change in found}


def test_nothing_personal_and_nothing_of_the_moment_is_compared():
    for life in lives.LIVES:
        entries = entered(*life)
        last = Moment(version=len(entries))
        for change in diff(entries, Moment(version=1), last):
            place = change.pointer.split("/")
            assert place[1] not in LEFT_OUT
            assert place[-1] != "text"


def test_a_corrected_receipt_is_in_the_diff_of_what_was_known_only():
    corrected = events.FactCorrected(
        version=1,
        fact=CorrectableFact.OCCURRED_AT,
        value=wita("2026-02-09 09:00").isoformat(),
        before=wita("2026-02-10 09:05").isoformat(),
        reason="salah tanggal",
        due=lettered(at=wita("2026-02-09 09:00")).event.due,  # type: ignore[union-attr]  # a receipt
    )
    entries = entered(lettered(), past.disposed(), Happened(corrected, by=HEAD))
    known = diff(entries, Moment(version=2), Moment(version=3))
    places = {change.pointer: change.version for change in known}
    assert places["/clocks/0/due_on"] == 3
    assert places["/clocks/0/starts_at"] == 3
    happened = diff(
        entries,
        Moment(occurred_at=entries[1].occurred_at),
        Moment(occurred_at=entries[2].occurred_at),
    )
    assert happened == ()


def test_a_moment_after_the_other_or_before_the_case_is_refused():
    entries = entered(lettered(), past.disposed())
    early = Moment(recorded_at=entries[0].recorded_at)
    with pytest.raises(BackwardsError):
        diff(entries, Moment(version=2), early)
    with pytest.raises(NoSuchVersionError):
        diff(entries, Moment(version=1), Moment(version=3))
    before = Moment(occurred_at=wita("2020-01-01 00:00"))
    with pytest.raises(NoSuchVersionError):
        diff(entries, before, Moment(occurred_at=NEVER))
