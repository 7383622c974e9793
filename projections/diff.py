"""What changed in a case between two moments, place by place of its file.

The file is compared as it stands in JSON, but for whatever is personal, for what a
reader may do, and for what follows from the moment alone (version, who held it).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any, Final, NamedTuple, TypeAlias

import msgspec
from msgspec.structs import replace

from application.entries import Entry
from domain.office import Office
from projections.case_file import CaseFile
from projections.standing import Moment, Standing, replay
from projections.versions import versions

Json: TypeAlias = Any
"""A value as `json.loads` would give it."""
_Path: TypeAlias = tuple[str | int, ...]

LEFT_OUT: Final = frozenset(
    {
        "requester",
        "subject",
        "withdrawal_reason",
        "actions",
        "version",
        "held",
        "held_by",
    }
)
"""Places of the file that are not compared; neither are the texts of the items."""


class Change(msgspec.Struct, frozen=True):
    """A place of the file that is not at the end what it was at the beginning."""

    pointer: str
    """JSON pointer (RFC 6901) into the case's file; lists by index."""
    before: Json
    after: Json
    """Null where there is nothing."""
    version: int | None
    """The last version in between that changed it; None where only time did, which
    runs clocks out."""


class Diff(msgspec.Struct, frozen=True):
    """`GET /v1/cases/{id}/diff`; the moments as they were asked for."""

    since: int | datetime = msgspec.field(name="from")
    to: int | datetime
    changes: tuple[Change, ...]


class Span(NamedTuple):
    """Two moments of one case, in the same time."""

    since: Moment
    to: Moment


def is_backwards(since: Moment, to: Moment) -> bool:
    """Whether the one is after the other, where they tell it by themselves."""
    if since.version is not None and to.version is not None:
        return since.version > to.version
    first = since.recorded_at or since.occurred_at
    second = to.recorded_at or to.occurred_at
    return first is not None and second is not None and first > second


class _State(NamedTuple):
    version: int | None
    file: Json


class BackwardsError(Exception):
    """The first moment is after the second."""


def changes(
    entries: Sequence[Entry],
    now: datetime,
    span: Span,
    office: Office,
    file: Callable[[Standing], CaseFile],
) -> tuple[Change, ...]:
    """What is not the same at both moments, in the order of the file.

    Raises NoSuchVersionError or BackwardsError.
    """
    before = replay(entries, now, span.since, office)
    after = replay(entries, now, span.to, office)
    if (before.version, before.at) > (after.version, after.at):
        raise BackwardsError
    if span.since.occurred_at is None:
        between = _recorded(before, after)
    else:
        between = _happened(entries, now, before, after, office)
    states = [
        _State(version, _compared(file(standing)))
        for version, standing in _course(before, between, after)
    ]
    first, last = states[0].file, states[-1].file
    return tuple(
        Change(
            pointer=_pointer(place),
            before=_at(first, place),
            after=_at(last, place),
            version=_changed_by(states, place),
        )
        for place in _places(first, last)
    )


def _course(
    before: Standing, between: Iterable[Standing], after: Standing
) -> Iterator[tuple[int | None, Standing]]:
    """The case from the one moment to the other, with the versions that changed it.

    What time alone changed until then is told first, so that no version is taken for
    its cause.
    """
    yield None, before
    last = before
    for stood in between:
        yield None, replace(last, at=stood.at)
        yield stood.version, stood
        last = stood
    yield None, after


def _recorded(before: Standing, after: Standing) -> Iterator[Standing]:
    """The versions in between, as they were when each was recorded."""
    for stood in versions(after.entries):
        if stood.version > before.version:
            yield stood


def _happened(
    entries: Sequence[Entry],
    now: datetime,
    before: Standing,
    after: Standing,
    office: Office,
) -> Iterator[Standing]:
    """The same as they happened; what happened at one instant is told together."""
    for at in sorted(set(after.case.times[before.version :])):
        yield replay(entries, now, Moment(occurred_at=at), office)


def _compared(file: CaseFile) -> Json:
    told = msgspec.json.decode(msgspec.json.encode(file))
    kept = {name: value for name, value in told.items() if name not in LEFT_OUT}
    for item in kept["items"]:
        del item["text"]
    return kept


def _places(before: Json, after: Json, path: _Path = ()) -> Iterator[_Path]:
    """Where the two differ, as deep as both are of a kind."""
    if before == after:
        return
    match before, after:
        case dict(), dict():
            keys: list[str | int] = list(before | after)
        case list(), list():
            keys = list(range(max(len(before), len(after))))
        case _:
            yield path
            return
    for key in keys:
        yield from _places(_at(before, (key,)), _at(after, (key,)), (*path, key))


def _at(file: Json, path: _Path) -> Json:
    """What stands at a place; None where there is none."""
    for key in path:
        try:
            file = file[key]
        except (KeyError, IndexError, TypeError):
            return None
    return file


def _changed_by(states: Sequence[_State], path: _Path) -> int | None:
    """The last version after which the place is another than before it."""
    values = [_at(state.file, path) for state in states]
    changed = (
        state.version
        for state, (earlier, later) in zip(states[1:], pairwise(values), strict=True)
        if earlier != later and state.version is not None
    )
    return max(changed, default=None)


def _pointer(path: _Path) -> str:
    escaped = (str(key).replace("~", "~0").replace("/", "~1") for key in path)
    return "".join(f"/{key}" for key in escaped)
