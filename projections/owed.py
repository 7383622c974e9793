"""What is owed in a case now: which acts, and by whom they may be done.

Pure, from the folded case alone; whatever is owed the case's rules leave open to whom
it is owed by (domain/turns.py). An act that the office may leave undone is not owed.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from enum import StrEnum

import msgspec
from msgspec.structs import replace

from domain.case import FINISHED, LEFT
from domain.papers import Draft
from domain.turns import RECEIVING
from domain.values import Capacity, Channel, Clock, LaporClass, OfficialId, Role, Stage
from projections.case_row import Row

_DAY = timedelta(days=1)


class Duty(StrEnum):
    """An act that waits for somebody, by its word in the authority table."""

    DIRECTION = "direction"
    REVIEW = "review"
    DISPOSITION = "disposition"
    COMPLETION_REQUEST = "completion-request"
    LAPSE = "lapse"
    DRAFT = "draft"
    APPROVAL = "approval"
    DELIVERY = "delivery"
    COLLECTION = "collection"
    PICKUP_MISSED = "pickup-missed"
    IDENTITY_RETURN = "identity-return"
    CLOSING = "closing"
    CLASSIFICATION = "complaints:classification"
    FOLLOW_UP = "complaints:follow-up"
    ANSWER = "complaints:answer"
    COMPLAINT_CLOSING = "complaints:closing"
    DECISION = "objections:decision"


ABOUT_COMPLAINTS = (
    Duty.CLASSIFICATION,
    Duty.FOLLOW_UP,
    Duty.ANSWER,
    Duty.COMPLAINT_CLOSING,
)
ABOUT_OBJECTIONS = (Duty.DECISION,)
IN_CASES = tuple(
    duty for duty in Duty if duty not in {*ABOUT_COMPLAINTS, *ABOUT_OBJECTIONS}
)
ASSIGNED = (Duty.DRAFT, Duty.DELIVERY)
"""What may be the assignee's alone."""


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """One act that is owed, by a role or by one official alone.

    An act that either of two roles may do is a task of each.
    """

    duty: Duty
    role: Role
    since: datetime
    """When it came to them."""
    official: OfficialId | None = None
    """Whose alone it is; None is everybody's who holds the role."""
    unit: str | None = None
    """Only heads over this unit may do it; None is every unit's."""
    drafted_by: OfficialId | None = None
    """He approves nothing of his own, not even in another's post."""
    not_by: tuple[OfficialId, ...] = ()
    """Nor do these in their own posts: they drafted it, or have initialled it."""
    on_behalf: bool = False
    """Signed a.n. Sekretaris Daerah: in his own post no unit narrows it."""
    from_on: date | None = None
    """The first local day on which it may be done; None is at once."""
    due_on: date | None = None
    due_at: datetime | None = None
    """The instant from which the answer it leads to is late."""
    target_at: datetime | None = None
    """The same of a target, such as the quarter of an hour: no limit."""


def owed(row: Row) -> tuple[Task, ...]:
    """Every task of a case as it stands."""
    return tuple(_tasks(row))


def _tasks(row: Row) -> Iterator[Task]:
    case = row.case
    if case.id_card is not None and case.holds_id_card:
        yield Task(
            duty=Duty.IDENTITY_RETURN,
            role=Role.RECEPTIONIST,
            since=case.id_card.deposited_at,
        )
    for task in _towards_the_end(row):
        yield replace(task, due_on=row.due_on, due_at=row.due_at)


def _towards_the_end(row: Row) -> Iterator[Task]:
    case, receiving = row.case, RECEIVING[row.case.channel]
    match case.stage:
        case Stage.INCOMPLETE:
            yield _about_what_is_missing(row)
        case Stage.RECEIVED:
            yield from _beginning(row)
        case Stage.DISPOSED if case.channel is Channel.FACE_TO_FACE:
            task = _assigned(row, Duty.DELIVERY)
            yield replace(task, target_at=_target_at(row))
        case Stage.DISPOSED | Stage.RETURNED:
            yield _assigned(row, Duty.DRAFT)
        case Stage.DRAFTED | Stage.IN_REVIEW:
            yield from _approvals(row)
        case Stage.APPROVED:
            yield _task(row, Duty.DELIVERY, receiving)
        case Stage.AWAITING_PICKUP:
            yield from _pickup(row)
        case _ if case.stage in {*FINISHED, *LEFT} and not case.holds_id_card:
            yield _task(row, Duty.CLOSING, receiving)
        case _:
            return


def _task(row: Row, duty: Duty, role: Role) -> Task:
    return Task(duty=duty, role=role, since=row.case.times[row.course.turn_in - 1])


def _assigned(row: Row, duty: Duty) -> Task:
    """The assignee's own, since the matter was given to him or came back to him."""
    since = max(row.course.turn_in, row.course.assigned_in or 1)
    return Task(
        duty=duty,
        role=Role.HANDLER,
        since=row.case.times[since - 1],
        official=row.case.assignee,
    )


def _about_what_is_missing(row: Row) -> Task:
    # Only the letter desk and the liaison ask for what is missing.
    receiving = RECEIVING[row.case.channel]
    role = Role.LETTER_CLERK if receiving is Role.RECEPTIONIST else receiving
    asked = row.case.clock(Clock.COMPLETION)
    if asked is None:
        return _task(row, Duty.COMPLETION_REQUEST, role)
    return replace(_task(row, Duty.LAPSE, role), from_on=asked.due.due_on + _DAY)


def _beginning(row: Row) -> Iterator[Task]:
    case = row.case
    if case.channel is Channel.FACE_TO_FACE:
        task = _task(row, Duty.DIRECTION, Role.RECEPTIONIST)
        yield replace(task, target_at=_target_at(row))
    elif case.channel is Channel.SP4N_LAPOR and case.reviewed is None:
        yield _task(row, Duty.REVIEW, Role.LAPOR_LIAISON)
    elif case.reviewed is LaporClass.ASPIRATION:
        yield _task(row, Duty.CLOSING, Role.LAPOR_LIAISON)
    else:
        yield _task(row, Duty.DISPOSITION, Role.AGENCY_HEAD)
        if case.is_addressed_to(Role.REGIONAL_SECRETARY):
            yield _task(row, Duty.DISPOSITION, Role.REGIONAL_SECRETARY)


def _approvals(row: Row) -> Iterator[Task]:
    case, draft = row.case, row.case.draft
    assert draft is not None
    is_last = draft.next_tier == len(draft.tiers)
    on_behalf = is_last and case.addressee is Role.REGIONAL_SECRETARY
    for role in draft.tiers[draft.next_tier - 1]:
        yield replace(
            _task(row, Duty.APPROVAL, role),
            unit=draft.unit,
            drafted_by=draft.by,
            not_by=_may_not_approve(draft, on_behalf=on_behalf),
            on_behalf=on_behalf,
        )


def _may_not_approve(draft: Draft, *, on_behalf: bool) -> tuple[OfficialId, ...]:
    """Who may not in his own post; the signer's own draft needs no other hand."""
    drafter = {draft.by} if len(draft.tiers) > 1 else set()
    initialled = {
        one.by for one in draft.approvals if one.event.capacity is Capacity.OWN
    }
    return tuple(sorted(drafter if on_behalf else drafter | initialled))


def _pickup(row: Row) -> Iterator[Task]:
    """The answer lies ready; after the day that was told nobody came for it."""
    yield _task(row, Duty.COLLECTION, Role.LETTER_CLERK)
    if row.course.collect_by is not None:
        missed = _task(row, Duty.PICKUP_MISSED, Role.LETTER_CLERK)
        yield replace(missed, from_on=row.course.collect_by + _DAY)


def _target_at(row: Row) -> datetime | None:
    standard = row.case.clock(Clock.STANDARD)
    if standard is None or not standard.due.soft or standard.ended_at is not None:
        return None
    return standard.due.due_at
