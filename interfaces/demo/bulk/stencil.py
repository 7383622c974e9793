"""A stencil: a life with gaps where every copy has ids, digests, numbers and times.

A copy may happen some seconds earlier or later, but every instant of it stays within
its local day: so every due date is the same, and each event what would be decided.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Final
from uuid import UUID

import msgspec

from application import upcasting
from application.entries import NewEntry
from domain.values import AgencyCode
from interfaces.demo.bulk import lines, moving, numbers
from interfaces.demo.bulk.life import Act, Life, NumberSeries
from interfaces.demo.bulk.lines import Line, Text
from interfaces.demo.local_time import WITA

_GAPS: Final = (
    r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",
    r"\b[0-9a-f]{64}\b",
    r"\b[A-Z]+-\d{4}-\d{5,}\b",
    numbers.MARK.pattern,
    moving.INSTANT,
)
"""Ids, digests, registration numbers, numbers on papers, instants."""
_gaps = re.compile("|".join(_GAPS).encode())
_is_id = re.compile(_GAPS[0].encode()).fullmatch
_is_mark = re.compile(numbers.MARK.pattern.encode()).fullmatch

_encode = msgspec.json.Encoder().encode


class Sealed(msgspec.Struct, frozen=True):
    """Words to be sealed for a copy."""

    person: int
    record: int
    comes_again: bool
    clear: Mapping[str, bytes]
    """By field."""
    gaps: Mapping[str, int]
    """Where the digests go, by field."""


class Stage(msgspec.Struct, frozen=True):
    """An act with gaps. Ids are told by their place among those that a copy draws."""

    day: date
    """The local day of recording."""
    lines: tuple[Line, ...]
    sealed: tuple[Sealed, ...]
    person: tuple[int, AgencyCode] | None
    numbers: tuple[tuple[int, int, NumberSeries, bytes], ...]
    """Of every number taken its gap, the case, the series, and the agency's prefix."""
    report: tuple[int, int] | None
    """The tracking id's gap, and the case."""


class Stencil(msgspec.Struct, frozen=True):
    """A life that can be stamped."""

    stages: tuple[Stage, ...]
    ids: int
    """How many a copy draws."""
    gaps: int
    ids_told: tuple[tuple[int, int], ...]
    """Gaps in which an id stands, with the id."""
    instants: tuple[tuple[int, datetime, bytes], ...]
    """Gaps with an instant: its face without offset, and the offset as written."""
    marks: tuple[tuple[int, str], ...]
    """Gaps with a number on a paper, and its kind."""
    earliest: int
    latest: int
    """Seconds by which a copy may be moved."""


def cut(life: Life, until: datetime) -> Stencil:
    """Cut a life's stencil; no copy reaches `until`."""
    entries = [entry for act in life.acts for entry in act.entries]
    texts = [(_encode(entry.event), _encode(entry.metadata)) for entry in entries]
    found = dict.fromkeys(
        gap[0] for pair in texts for text in pair for gap in _gaps.finditer(text)
    )
    given = {number.encode() for act in life.acts for number, _, _ in act.numbers}
    given |= {one.digest.encode() for act in life.acts for one in act.secrets}
    gaps = [
        told
        for told in found
        if told in given or _is_id(told) or _is_mark(told) or moving.moves(told)
    ]
    places = {told: place for place, told in enumerate(gaps)}
    ids = {id_: n for n, id_ in enumerate(_ids(life, gaps))}
    instants = [told for told in gaps if moving.moves(told)]
    earliest, latest = moving.room(life, instants, until)
    lined = iter(
        _line(entry, pair, ids, places)
        for entry, pair in zip(entries, texts, strict=True)
    )
    return Stencil(
        stages=tuple(
            _stage(act, tuple(next(lined) for _ in act.entries), ids, places)
            for act in life.acts
        ),
        ids=len(ids),
        gaps=len(gaps),
        ids_told=tuple(
            (places[told], ids[UUID(told.decode())]) for told in gaps if _is_id(told)
        ),
        instants=tuple((places[told], *moving.face(told)) for told in instants),
        marks=tuple(
            (places[told], kind[1].decode())
            for told in gaps
            if (kind := _is_mark(told))
        ),
        earliest=earliest,
        latest=latest,
    )


def _ids(life: Life, gaps: Iterable[bytes]) -> dict[UUID, None]:
    told = dict.fromkeys(UUID(gap.decode()) for gap in gaps if _is_id(gap))
    for act in life.acts:
        for entry in act.entries:
            told[entry.stream] = told[entry.event_id] = None
        for secret in act.secrets:
            told[secret.person] = told[secret.record] = None
    return told


def _stage(
    act: Act,
    lined: tuple[Line, ...],
    ids: Mapping[UUID, int],
    places: Mapping[bytes, int],
) -> Stage:
    together: dict[tuple[UUID, UUID, bool], dict[str, tuple[bytes, int]]] = {}
    for one in act.secrets:
        fields = together.setdefault((one.person, one.record, one.comes_again), {})
        fields[one.field] = (one.clear, places.get(one.digest.encode(), -1))
    return Stage(
        day=act.recorded_at.astimezone(WITA).date(),
        lines=lined,
        sealed=tuple(
            Sealed(
                person=ids[person],
                record=ids[record],
                comes_again=again,
                clear={name: clear for name, (clear, _) in fields.items()},
                gaps={name: gap for name, (_, gap) in fields.items() if gap >= 0},
            )
            for (person, record, again), fields in together.items()
        ),
        person=None if act.person is None else (ids[act.person[0]], act.person[1]),
        numbers=tuple(
            (
                places[number.encode()],
                ids[case],
                series,
                number.rpartition("-")[0].encode(),
            )
            for number, case, series in act.numbers
        ),
        report=None
        if act.report is None
        else (places[act.report[0].encode()], ids[act.report[1]]),
    )


def _line(
    entry: NewEntry,
    pair: tuple[bytes, bytes],
    ids: Mapping[UUID, int],
    places: Mapping[bytes, int],
) -> Line:
    state, metadata = (_text(text, places) for text in pair)
    return Line(
        stream=ids[entry.stream],
        event_id=ids[entry.event_id],
        head=lines.head(entry.version, upcasting.tag_of(type(entry.event))),
        state=state,
        occurred_at=lines.microseconds(entry.occurred_at),
        recorded_at=lines.microseconds(entry.recorded_at),
        metadata=metadata,
    )


def _text(text: bytes, places: Mapping[bytes, int]) -> Text:
    pieces, gaps, since = [], [], 0
    for gap in _gaps.finditer(text):
        if gap[0] in places:
            pieces += [text[since : gap.start()], b""]
            gaps.append(places[gap[0]])
            since = gap.end()
    return Text((*pieces, text[since:]), tuple(gaps))
