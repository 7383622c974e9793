"""How much of what is sealed somebody may know, and what allows it."""

import msgspec

from application.readings import Ground
from domain.values import AgencyCode, OfficialId, Role


class Leave(msgspec.Struct, frozen=True, kw_only=True):
    """Permission to open something: it goes into the trail of readings as it stands."""

    rule: str
    """Id of the row in the authority table."""
    role: Role
    """In which he reads."""
    acting_for: OfficialId | None = None
    """In whose post, where not in his own."""
    why: Ground
    action: str
    """The word of the authority table."""
    agency: AgencyCode
    """In which it holds, and whose the matter is."""


class Sight(msgspec.Struct, frozen=True):
    """What somebody may know of a case, a complaint, an objection or a visit.

    What is None he may not.
    """

    words: Leave | None = None
    """What was asked or said, in the requester's words."""
    requester: Leave | None = None
    """Who asked."""
    nik: Leave | None = None
    """All of his NIK, where he may know who asked; else its last four digits."""
    parts: frozenset[str] | None = None
    """What the occasion shows of the identity and the words; None is all of it."""
