"""Whose turn it is in a case, and which acts an official may try now.

These are the guards of `decide` that need nothing of the command itself, told before
anybody asks: what is not offered would be refused, but for acts in the stead of an
absent official for whom nobody was appointed: any superior may try those.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeAlias, assert_never

import msgspec

from domain.approving import REVIEWABLE
from domain.case import DRAFTABLE, FINISHED, LEFT, UNANSWERED, Case
from domain.delivery import may_open_again
from domain.drafting import WRITTEN
from domain.extending import EXTENDABLE, running_statute
from domain.handing_on import TRANSFERABLE
from domain.handling import REDISPOSABLE, may_give
from domain.office import Official
from domain.papers import Draft
from domain.pausing import able_to_rest, is_resting_at
from domain.refusing import TESTABLE
from domain.values import Capacity, Channel, Clock, LaporClass, Role, Stage

REQUESTER = "requester"
"""Whose turn it is when the office can only wait."""

RECEIVING: Mapping[Channel, Role] = {
    Channel.FACE_TO_FACE: Role.RECEPTIONIST,
    Channel.LETTER: Role.LETTER_CLERK,
    Channel.SP4N_LAPOR: Role.LAPOR_LIAISON,
}
"""Who takes a channel's requests in, and sees them out."""


class Turn(msgspec.Struct, frozen=True):
    """A case at an instant, in the eyes of an official in one of his roles.

    The role may be that of an absent official for whom he was appointed to act.
    """

    case: Case
    official: Official
    role: Role
    at: datetime
    acting_for: Official | None = None

    @property
    def holder(self) -> Official:
        """Whose post it is: his unit and assignments count."""
        return self.acting_for or self.official

    @property
    def came_by(self) -> Channel:
        """The case's channel."""
        return self.case.channel

    @property
    def is_assignee(self) -> bool:
        """Whether the case is this official's."""
        return self.case.assignee == self.holder.id

    @property
    def is_written(self) -> bool:
        """Whether the answer is drafted and climbs the tiers."""
        return self.case.channel in WRITTEN


def _at_counter(turn: Turn, *stages: Stage) -> bool:
    return turn.came_by is Channel.FACE_TO_FACE and turn.case.stage in stages


def _dispose(turn: Turn) -> bool:
    if not turn.is_written or turn.case.stage not in REDISPOSABLE:
        return False
    if turn.came_by is Channel.SP4N_LAPOR and turn.case.reviewed is None:
        return False
    return may_give(turn.case, turn.role, turn.holder)


def _before(turn: Turn) -> Draft | None:
    """The draft, if its next tier is one of this role."""
    draft = turn.case.draft
    if draft is None or turn.case.stage not in REVIEWABLE:
        return None
    return draft if turn.role in draft.tiers[draft.next_tier - 1] else None


def _approve(turn: Turn) -> bool:
    draft = _before(turn)
    if draft is None:
        return False
    if turn.acting_for is not None:
        # In another's stead: neither the last tier nor earlier initials count.
        return draft.by != turn.official.id and turn.holder.is_over(draft.unit)
    if draft.by == turn.official.id and len(draft.tiers) > 1:
        return False
    is_last = draft.next_tier == len(draft.tiers)
    if is_last and turn.case.addressee is Role.REGIONAL_SECRETARY:
        return True  # on his behalf, so neither unit nor earlier initials count
    has_counted = any(
        approval.by == turn.official.id and approval.event.capacity is Capacity.OWN
        for approval in draft.approvals
    )
    return not has_counted and turn.official.is_over(draft.unit)


def _correct(turn: Turn) -> bool:
    draft = _before(turn)
    if draft is None or draft.by == turn.official.id:
        return False
    return turn.holder.is_over(draft.unit)


def _deliver(turn: Turn) -> bool:
    if turn.came_by is Channel.FACE_TO_FACE:
        return turn.case.stage is Stage.DISPOSED and turn.is_assignee
    has_answer = turn.case.draft is not None and turn.case.draft.final
    return has_answer and turn.case.stage in {Stage.APPROVED, Stage.AWAITING_PICKUP}


def _note_overrun(turn: Turn) -> bool:
    if not _at_counter(turn, Stage.DISPOSED, *FINISHED) or not turn.is_assignee:
        return False
    return all(
        (clock.met_at or turn.at) >= clock.due.due_at
        for clock in turn.case.clocks
        if clock.due.clock is Clock.STANDARD
    )


def _close(turn: Turn) -> bool:
    if turn.case.holds_id_card:
        return False
    return turn.case.stage in {*FINISHED, *LEFT} or _is_aspiration(turn.case)


def _reopen(turn: Turn) -> bool:
    return may_open_again(turn.case) and turn.case.is_addressed_to(turn.role)


def _transfer(turn: Turn) -> bool:
    if turn.case.stage not in TRANSFERABLE or turn.case.draft is not None:
        return False
    return turn.case.is_addressed_to(turn.role)


def _lapse(turn: Turn) -> bool:
    asked = turn.case.clock(Clock.COMPLETION)
    if turn.case.stage is not Stage.INCOMPLETE or asked is None:
        return False
    return turn.at >= asked.due.due_at


def _extend(turn: Turn) -> bool:
    statute = running_statute(turn.case)
    if turn.case.stage not in EXTENDABLE or turn.case.extended or statute is None:
        return False
    return turn.case.is_addressed_to(turn.role) and not statute.ran_out(turn.at)


def _pause(turn: Turn) -> bool:
    if turn.case.stage not in UNANSWERED or not able_to_rest(turn.case):
        return False
    return turn.case.is_addressed_to(turn.role)


def _resume(turn: Turn) -> bool:
    return _pause(turn) and is_resting_at(able_to_rest(turn.case), turn.at)


def _is_aspiration(case: Case) -> bool:
    return case.stage is Stage.RECEIVED and case.reviewed is LaporClass.ASPIRATION


def _in_letter_stage(turn: Turn, *stages: Stage) -> bool:
    return turn.came_by is Channel.LETTER and turn.case.stage in stages


Guard: TypeAlias = Callable[[Turn], bool]

GUARDS: Mapping[str, Guard] = {
    "direction": lambda turn: _at_counter(turn, Stage.RECEIVED, Stage.DISPOSED),
    "review": lambda turn: (
        turn.came_by is Channel.SP4N_LAPOR
        and turn.case.stage is Stage.RECEIVED
        and turn.case.reviewed is None
    ),
    "disposition": _dispose,
    "draft": lambda turn: (
        turn.is_written and turn.case.stage in DRAFTABLE and turn.is_assignee
    ),
    "consequence-test": lambda turn: turn.case.stage in TESTABLE,
    "approval": _approve,
    "correction": _correct,
    "refusal": lambda turn: _at_counter(turn, Stage.DISPOSED) and turn.is_assignee,
    "delivery": _deliver,
    "pickup": lambda turn: _in_letter_stage(
        turn, Stage.APPROVED, Stage.AWAITING_PICKUP
    ),
    "collection": lambda turn: _in_letter_stage(turn, Stage.AWAITING_PICKUP),
    "pickup-missed": lambda turn: _in_letter_stage(turn, Stage.AWAITING_PICKUP),
    "identity-return": lambda turn: turn.case.holds_id_card,
    "overrun": _note_overrun,
    "completion-request": lambda turn: turn.case.stage is Stage.INCOMPLETE,
    "completion": lambda turn: turn.case.stage is Stage.INCOMPLETE,
    "lapse": _lapse,
    "withdrawal": lambda turn: turn.case.stage in UNANSWERED,
    "transfer": _transfer,
    "conversion": lambda turn: _at_counter(turn, Stage.DISPOSED) and turn.is_assignee,
    "extension": _extend,
    "pause": _pause,
    "resumption": _resume,
    "fact-correction": lambda turn: turn.case.is_addressed_to(turn.role),
    "closing": _close,
    "reopening": _reopen,
    "lapor-status": lambda turn: turn.came_by is Channel.SP4N_LAPOR,
}
"""By the word of the command; a new command brings a line."""


def open_to(turn: Turn) -> tuple[str, ...]:
    """The acts that the case's rules leave open; authority is asked besides."""
    return tuple(word for word, may in GUARDS.items() if may(turn))


def whose(case: Case) -> Role | str | None:
    """The role that has to act next, `requester`, or None when nothing is owed."""
    match case.stage:
        case Stage.INCOMPLETE if case.clock(Clock.COMPLETION) is None:
            return RECEIVING[case.channel]
        case Stage.INCOMPLETE | Stage.AWAITING_PICKUP:
            return REQUESTER
        case Stage.RECEIVED:
            return _who_begins(case)
        case Stage.DISPOSED | Stage.RETURNED:
            return Role.HANDLER
        case Stage.DRAFTED | Stage.IN_REVIEW:
            assert case.draft is not None
            return case.draft.tiers[case.draft.next_tier - 1][0]
        case (
            Stage.APPROVED
            | Stage.DELIVERED
            | Stage.REFUSED
            | Stage.CONVERTED
            | Stage.TRANSFERRED
            | Stage.WITHDRAWN
            | Stage.LAPSED
        ):
            return RECEIVING[case.channel]
        case Stage.CLOSED:
            return None
        case _:
            assert_never(case.stage)


def _who_begins(case: Case) -> Role:
    if case.channel is Channel.FACE_TO_FACE:
        return Role.RECEPTIONIST
    if case.channel is Channel.SP4N_LAPOR:
        unread = case.reviewed is None or _is_aspiration(case)
        return Role.LAPOR_LIAISON if unread else Role.AGENCY_HEAD
    return Role.AGENCY_HEAD


def tier(case: Case) -> int | None:
    """The tier that has the draft before it, from 1."""
    if case.draft is None or case.stage not in REVIEWABLE:
        return None
    return case.draft.next_tier
