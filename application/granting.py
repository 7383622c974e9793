"""What the authority table allows an official, in his own post or an absent one's."""

from datetime import datetime

import msgspec

from application.desk_errors import ForbiddenError
from application.errands import Errand
from application.office.authority import Authority, Grant, Of
from domain.office import Office, Official
from domain.standing_in import posts
from domain.values import Role


class Permit(msgspec.Struct, frozen=True):
    """What allows an act, and in whose post; None is the official's own."""

    grant: Grant
    acting_for: Official | None


def permits(
    errand: Errand,
    official: Official,
    of: Of,
    *,
    office: Office,
    at: datetime,
    authority: Authority,
) -> tuple[Permit, ...]:
    """All that may allow the act on the day of an instant, in the order to try them.

    Post by post, and in each role by role, so that the register says in which one it
    was done, and by which row. A role that was said has to be held in that post. Raises
    `ForbiddenError` where nothing allows it.
    """
    allowed = []
    for absent in posts(errand.command, official, office, at):
        for role in _serving(absent or official, errand.said_role):
            grant = authority.row(
                (role,),
                errand.action,
                of,
                agency=official.agency,
                acting_for=absent is not None,
            )
            if grant is not None:
                allowed.append(Permit(grant, absent))
    if not allowed:
        raise ForbiddenError
    return tuple(allowed)


def _serving(holder: Official, said: Role | None) -> tuple[Role, ...]:
    if said is None:
        return holder.roles
    return (said,) if said in holder.roles else ()
