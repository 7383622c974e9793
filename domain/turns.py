"""Whose turn it is in a case: who has to act next, or nobody."""

from collections.abc import Mapping
from typing import assert_never

from domain.approving import REVIEWABLE
from domain.case import Case
from domain.values import Channel, Clock, LaporClass, Role, Stage

REQUESTER = "requester"
"""Whose turn it is when the office can only wait."""

RECEIVING: Mapping[Channel, Role] = {
    Channel.FACE_TO_FACE: Role.RECEPTIONIST,
    Channel.LETTER: Role.LETTER_CLERK,
    Channel.SP4N_LAPOR: Role.LAPOR_LIAISON,
}
"""Who takes a channel's requests in, and sees them out."""


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
        unread = case.reviewed is None or is_aspiration(case)
        return Role.LAPOR_LIAISON if unread else Role.AGENCY_HEAD
    return Role.AGENCY_HEAD


def tier(case: Case) -> int | None:
    """The tier that has the draft before it, from 1."""
    if case.draft is None or case.stage not in REVIEWABLE:
        return None
    return case.draft.next_tier


def is_aspiration(case: Case) -> bool:
    """Nothing was asked in it, and nobody has to answer."""
    return case.stage is Stage.RECEIVED and case.reviewed is LaporClass.ASPIRATION
