"""A case's whole life: every entry, and what each of them changed.

Folded from the register's entries; no name or word of a requester is in it.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from application.entries import Entry
from domain.clock_faces import ClockFace, faces
from domain.office import Office
from domain.values import AgencyCode, Channel, DayKind, OfficialId, Outcome, Stage
from projections.history import HistoryItem, history
from projections.standing import Moment, Standing, replay


class Change(msgspec.Struct, frozen=True):
    """Something of the case that an entry changed; None is not there."""

    what: str
    before: str | None
    after: str | None


class Step(HistoryItem, frozen=True, kw_only=True):
    """An entry with what it changed."""

    changed: tuple[Change, ...]


class Life(msgspec.Struct, frozen=True, kw_only=True):
    """A case from its receipt to the moment that was asked for."""

    case: UUID
    registration_number: str
    agency: AgencyCode
    channel: Channel
    standard: str
    version: int
    at: datetime
    """When its clocks are read."""
    stage: Stage
    outcome: Outcome | None
    assignee: OfficialId | None
    steps: tuple[Step, ...]
    clocks: tuple[ClockFace, ...]


def life(
    entries: Sequence[Entry], office: Office, now: datetime, moment: Moment
) -> Life:
    """Tell a case's life up to a moment; raises NoSuchVersionError."""
    standing = replay(entries, now, moment)
    case = standing.case
    return Life(
        case=standing.entries[0].stream,
        registration_number=case.registration_number,
        agency=case.agency,
        channel=case.channel,
        standard=case.standard,
        version=standing.version,
        at=office.calendar.local(standing.at),
        stage=case.stage,
        outcome=case.outcome,
        assignee=case.assignee,
        steps=tuple(_steps(standing, office)),
        clocks=faces(
            case.clocks, office.standard.statute, office.calendar, standing.at
        ),
    )


def _steps(standing: Standing, office: Office) -> Iterator[Step]:
    told = standing.entries
    before: dict[str, str] = {}
    for item in history(told, standing.case.agency, office, 0, len(told)).items:
        stood = replay(told, standing.at, Moment(version=item.version))
        after = _facts(stood, office)
        changed = tuple(
            Change(what, before.get(what), after.get(what))
            for what in dict.fromkeys((*before, *after))
            if before.get(what) != after.get(what)
        )
        yield Step(**msgspec.structs.asdict(item), changed=changed)
        before = after


def _facts(standing: Standing, office: Office) -> dict[str, str]:
    """What can be said of the case at a version, in words; what is not there, not."""
    case, local = standing.case, office.calendar.local
    facts: dict[str, object] = {
        "stage": case.stage,
        "outcome": case.outcome,
        "assignee": case.assignee,
        "missing": ", ".join(case.missing),
    }
    if case.draft is not None:
        climbed = len(case.draft.approvals)
        facts["draft"] = f"{case.draft.n} ({case.draft.kind})"
        facts["tiers"] = f"{climbed} of {len(case.draft.tiers)}"
    if case.id_card is not None:
        facts["ID card"] = "held" if case.holds_id_card else "given back"
    for clock in case.clocks:
        due = clock.due
        is_short = due.day_kind is DayKind.MINUTES
        ends = f"{local(due.due_at):%Y-%m-%d %H:%M}" if is_short else f"{due.due_on}"
        also = f" or {due.also_due_on}" if due.also_due_on else ""
        met = f", met {local(clock.met_at):%Y-%m-%d %H:%M}" if clock.met_at else ""
        facts[f"{due.clock} clock"] = f"due {ends}{also}{met}"
    return {what: str(said) for what, said in facts.items() if said}
