"""Who looks at a case, and what the authority table lets him see of it and do."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import assert_never

import msgspec

from application.office.authority import Authority, Grant, Of
from domain import turns
from domain.case import Case
from domain.office import Office, Official
from domain.seating import followed, seated
from domain.standing_in import represented_by
from domain.turns import Turn
from domain.values import LaporClass


def _is_over_who_answers(head: Official, case: Case, office: Office) -> bool:
    """Whether the assignee, or who drafted the answer, is his or himself."""
    drafter = None if case.draft is None else case.draft.by
    if head.id in {case.assignee, drafter}:
        return True
    answering = (
        office.directory.known(one or "", case.agency)
        for one in (case.assignee, drafter)
    )
    return any(
        head.outranks(official) and head.is_over(official.unit)
        for official in answering
        if official is not None
    )


def posts(official: Official, office: Office, at: datetime) -> tuple[Official, ...]:
    """His own post, and those in which he stands in for somebody on that day."""
    return (official, *represented_by(official, office, at))


def grants(
    holders: Sequence[Official], action: str, of: Of, authority: Authority
) -> Iterator[tuple[Official, Grant]]:
    """What allows an action in any of these posts, role by role."""
    for holder in holders:
        for role in holder.roles:
            grant = authority.row((role,), action, of)
            if grant is not None:
                yield holder, grant


class Reader(msgspec.Struct, frozen=True):
    """An official of the case's agency before the file."""

    official: Official
    case: bool
    """Whether he may see it at all."""
    words: bool
    """What was asked, in the requester's words."""
    requester: bool
    """Who asked."""
    actions: tuple[str, ...]
    """The commands he may try now, by the last word of their path."""


def before(
    case: Case, official: Official, authority: Authority, office: Office, at: datetime
) -> Reader:
    """An official before the case as it stands now, and with the units of today.

    Whoever stands in for an absent official today sees and may do what that one
    does, besides what is his own.
    """
    office = office.on(at)
    official = seated(official, office)
    case = followed(case, office)
    holders = posts(official, office, at)

    def holds(holder: Official, grant: Grant) -> bool:
        match grant.only:
            case None:
                return True
            case "assigned":
                return case.assignee == holder.id
            case "unit":
                return _is_over_who_answers(holder, case, office)
            case _:
                assert_never(grant.only)

    def may(action: str) -> bool:
        found = grants(holders, action, case.channel, authority)
        return any(holds(holder, grant) for holder, grant in found)

    # Whoever handles the complaint reads there what was said, and by whom.
    is_complaint = case.reviewed is LaporClass.COMPLAINT
    open_now = {
        word
        for absent in (None, *holders[1:])
        for role in (absent or official).roles
        for word in turns.open_to(Turn(case, official, role, at, absent))
        if authority.row((role,), word, case.channel) is not None
    }
    return Reader(
        official=official,
        case=may("read-case"),
        words=may("read-words") and not (is_complaint and case.confidential),
        requester=may("read-requester") and not (is_complaint or case.anonymous),
        actions=tuple(word for word in turns.GUARDS if word in open_now),
    )
