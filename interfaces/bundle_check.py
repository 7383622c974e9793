"""Checks a bundle offline: its evidence by the key, its aids by the evidence."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfoNotFoundError

import msgspec

from application.entries import Entry, Line
from application.notary import verify_bundle
from application.notary.bundle import Evidence
from application.notary.survey import Open
from application.notary.verify_bundle import BundleFault
from application.office import calendars, standards_book
from application.office.calendars import HolidayTable
from application.upcasting import UnknownTagError, UnreadableEventError
from domain import events
from domain.calendar import Calendar, Holiday, HolidayKind
from domain.clock_faces import face, started
from domain.standard import ServiceStandard
from domain.trace import Why, trace
from interfaces.bundles import FORMAT, Bundle, named
from projections import standing
from projections.deadlines import ExplainedClock
from projections.timeline import timeline


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """What a check of a bundle came to."""

    sound: bool
    case: UUID | None
    registration_number: str | None
    proven_upto: int
    """The last version that is proven."""
    versions: int
    checkpoint_size: int
    deadlines_checked: bool
    """False where this program does not know the standard that the case came under."""
    faults: tuple[BundleFault, ...]
    about: str | None = None
    """Which aid differs."""


def check(content: bytes, opened: Open, held: bytes | None = None) -> Checked:
    """Check a bundle without a database; `held` is a checkpoint kept from earlier."""
    try:
        read = msgspec.json.decode(content, type=Bundle)
        is_exact = _plain(content) == _plain(msgspec.json.encode(read))
    except msgspec.DecodeError:
        return _nothing(BundleFault.NOT_A_BUNDLE)
    if read.format != FORMAT or not is_exact:
        return _nothing(BundleFault.NOT_A_BUNDLE)
    proven = verify_bundle.check(read.evidence, opened, held)
    standard = _standard(read)
    faults, about = list(proven.faults), None
    if set(faults) <= {BundleFault.NOT_PROVEN}:
        about = next(_differing(read, standard), None)
        faults += [BundleFault.AID_DIFFERS] if about else []
    return Checked(
        sound=not faults,
        case=read.case,
        registration_number=read.registration_number,
        proven_upto=proven.upto,
        versions=proven.versions,
        checkpoint_size=proven.size,
        deadlines_checked=standard is not None,
        faults=tuple(faults),
        about=about,
    )


def _nothing(fault: BundleFault) -> Checked:
    return Checked(
        sound=False,
        case=None,
        registration_number=None,
        proven_upto=0,
        versions=0,
        checkpoint_size=0,
        deadlines_checked=False,
        faults=(fault,),
    )


def _plain(content: bytes) -> Any:  # noqa: ANN401 - any JSON
    return msgspec.json.decode(content)


def _standard(read: Bundle) -> ServiceStandard | None:
    """The standard that the case came in under, if this program has it."""
    try:
        received = _entries(read.evidence)[0].event
    except (IndexError, ValueError, UnknownTagError, UnreadableEventError):
        return None
    if not isinstance(received, events.Received):
        return None
    known = (each for each in standards_book.load() if each.ref == received.standard)
    return next(known, None)


def _entries(evidence: Evidence) -> list[Entry]:
    """The rows as entries; raises what decoding them raises."""
    return [
        Line(
            position=row.position,
            stream=evidence.stream,
            version=row.version,
            tag=row.tag,
            state=row.payload.encode(),
            event_id=row.event_id,
            occurred_at=datetime.fromisoformat(row.occurred_at),
            recorded_at=datetime.fromisoformat(row.recorded_at),
            metadata=row.metadata,
        ).entry()
        for row in evidence.rows
    ]


def _differing(read: Bundle, standard: ServiceStandard | None) -> Iterator[str]:
    """The aids that do not say what the rows say."""
    try:
        entries = _entries(read.evidence)
    except (ValueError, UnknownTagError, UnreadableEventError):
        yield "evidence"
        return
    received = entries[0].event if entries else None
    if not isinstance(received, events.Received):
        yield "evidence"
        return
    if read.case != read.evidence.stream:
        yield "case"
    if read.registration_number != received.registration_number:
        yield "registration_number"
    if read.agency != received.agency:
        yield "agency"
    if {each.sha256: each.versions for each in read.documents} != named(entries):
        yield "documents"
    try:
        if read.timeline != timeline(entries, read.zone):
            yield "timeline"
    except (ZoneInfoNotFoundError, ValueError):
        yield "zone"
        return
    if standard is not None and not _are_counted_so(read, entries, standard):
        yield "deadlines"


def _are_counted_so(
    read: Bundle, entries: Sequence[Entry], standard: ServiceStandard
) -> bool:
    """Whether every clock is the rows', and its days count up to its end.

    They are counted again in the calendar that came with this program; in an edition
    announced since, with the holidays that the trace itself names, each with its decree
    for the inspector to compare.
    """
    case = standing.replay(entries, read.made_at).case
    told, built_in = list(read.deadlines.clocks), calendars.load()
    for n, clock in enumerate(told):
        calendar = _calendar(clock, read, built_in)
        running = started(case.clocks, standard.statute, calendar, read.made_at)
        if len(running) != len(told):
            return False
        again = ExplainedClock(
            **msgspec.structs.asdict(face(running[n], calendar, read.made_at)),
            trace=trace(running[n], calendar),
        )
        if msgspec.structs.replace(again, provisional=clock.provisional) != clock:
            return False
    return bool(told) or not case.clocks


def _calendar(clock: ExplainedClock, read: Bundle, built_in: HolidayTable) -> Calendar:
    """The edition that a clock was counted in.

    One that did not come with this program is known as far as the trace tells it.
    """
    if clock.calendar_edition == built_in.edition:
        return built_in.calendar(read.zone, read.agency)
    kinds = {
        Why.HOLIDAY: HolidayKind.NATIONAL,
        Why.COLLECTIVE_LEAVE: HolidayKind.COLLECTIVE_LEAVE,
    }
    free = {
        day.date: Holiday(day.date, day.name or "", kinds[day.why], day.decree or "")
        for day in clock.trace
        if day.why in kinds
    }
    return Calendar(clock.calendar_edition, read.zone, date.min, date.max, free)
