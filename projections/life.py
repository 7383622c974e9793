"""A case's whole life: every entry, and what each of them changed.

Folded from the register's entries; no name or word of a requester is in it.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from application.entries import Entry
from domain import turns
from domain.clock_faces import ClockFace, faces
from domain.office import Office
from domain.values import AgencyCode, Channel, DayKind, OfficialId, Outcome, Stage
from projections.effective import so_far
from projections.history import HistoryItem, history
from projections.holding import Held, Holding, held_by, holdings
from projections.standing import Moment, Standing, replay
from projections.versions import versions


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
    whose_turn: str | None
    held: tuple[Holding, ...]
    held_by: tuple[Held, ...]


def life(
    entries: Sequence[Entry], office: Office, now: datetime, moment: Moment
) -> Life:
    """Tell a case's life up to a moment; raises NoSuchVersionError."""
    standing = replay(entries, now, moment, office)
    case = standing.case
    held = holdings(standing, office.calendar)
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
        steps=tuple(_steps(entries, moment, case.agency, office)),
        clocks=faces(
            case.clocks, office.standard.statute, office.calendar, standing.at
        ),
        whose_turn=turns.whose(case),
        held=held,
        held_by=held_by(held),
    )


def _steps(
    entries: Sequence[Entry], moment: Moment, agency: AgencyCode, office: Office
) -> Iterator[Step]:
    """The entries that belong to the moment, with what each changed when entered."""
    told = so_far(entries, moment)
    items = history(told, agency, office, 0, len(told)).items
    by_version = {item.version: item for item in items}
    before: dict[str, str] = {}
    for stood in versions(entries[: told[-1].version]):
        after = _facts(stood, office)
        item = by_version.get(stood.version)
        if item is not None:
            changed = tuple(_changes(before, after))
            yield Step(**msgspec.structs.asdict(item), changed=changed)
        before = after


def _changes(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Change]:
    for what in dict.fromkeys((*before, *after)):
        if before.get(what) != after.get(what):
            yield Change(what, before.get(what), after.get(what))


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
