"""One official a role in each agency, and a few whom bodies may name in both.

An official's id says agency and role, so that no token speaks for two of either.
"""

from typing import Final

from domain.values import AgencyCode, OfficialId, Role
from tests.staff import AGENCIES, BIRO, Place

PREFIXES: Final = {agency: "bo" if agency == BIRO else "bppd" for agency in AGENCIES}

ANALYST: Final = "umum-analis"
HEAD: Final = "umum-kepala"
PPID: Final = "umum-ppid"
"""They serve both agencies: a body that names them is in order for either's caller."""
UNIT: Final = "batas/lintas"
TWOFOLD: Final = "bo-rangkap"
"""Who holds two roles in one agency, a receptionist before a letter clerk."""


def official(role: Role, agency: AgencyCode) -> OfficialId:
    """The one in that role who serves that agency alone."""
    return f"{PREFIXES[agency]}-{role.value.replace('_', '-')}"


def stand_in(role: Role, agency: AgencyCode) -> OfficialId:
    """Who acts in that one's stead, and is an administrator himself."""
    return f"{PREFIXES[agency]}-wakil-{role.value.replace('_', '-')}"


def spare(agency: AgencyCode) -> OfficialId:
    """One who never calls, for an administrator to try his rights on."""
    return f"{PREFIXES[agency]}-cadangan"


PLACES: Final = (
    *(Place(spare(one), one, (Role.HANDLER,)) for one in AGENCIES),
    *(Place(official(role, one), one, (role,)) for one in AGENCIES for role in Role),
    *(
        Place(stand_in(role, BIRO), BIRO, (Role.ADMINISTRATOR,))
        for role in Role
        if role is not Role.ADMINISTRATOR
    ),
    Place(TWOFOLD, BIRO, (Role.RECEPTIONIST, Role.LETTER_CLERK)),
    *(Place(ANALYST, one, (Role.HANDLER,), UNIT) for one in AGENCIES),
    *(Place(HEAD, one, (Role.AGENCY_HEAD,)) for one in AGENCIES),
    *(Place(PPID, one, (Role.PPID,)) for one in AGENCIES),
)
