"""Which acts an official may try now in a case.

These are the guards of `decide` that need nothing of the command itself, told before
anybody asks: what is not offered would be refused, but for acts in the stead of an
absent official for whom nobody was appointed: any superior may try those.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeAlias

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
from domain.turns import is_aspiration
from domain.values import Capacity, Channel, Clock, Role, Stage


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
    return turn.case.stage in {*FINISHED, *LEFT} or is_aspiration(turn.case)


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
