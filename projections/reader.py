"""Who looks at a case, and what the authority table lets him see of it and do."""

from datetime import datetime

import msgspec

from application.office.authority import Authority
from domain import turns
from domain.case import Case
from domain.office import Official
from domain.turns import Turn


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
    case: Case, official: Official, authority: Authority, at: datetime
) -> Reader:
    """An official before the case as it stands now."""

    def may(action: str) -> bool:
        grant = authority.row(official.roles, action, case.channel)
        if grant is None:
            return False
        return not grant.only_assigned or case.assignee == official.id

    open_now = {
        word
        for role in official.roles
        for word in turns.open_to(Turn(case, official, role, at))
        if authority.row((role,), word, case.channel) is not None
    }
    return Reader(
        official=official,
        case=may("read-case"),
        words=may("read-words"),
        requester=may("read-requester"),
        actions=tuple(word for word in turns.GUARDS if word in open_now),
    )
