"""Who stands above whom (jenjang), whatever the agency calls its offices."""

from collections.abc import Mapping

from domain.values import Role

RANKS: Mapping[Role, int] = {
    Role.REGIONAL_SECRETARY: 0,
    Role.AGENCY_HEAD: 1,
    Role.AGENCY_SECRETARY: 2,
    Role.DIVISION_HEAD: 2,
    Role.SUBDIVISION_HEAD: 3,
    Role.HANDLER: 4,
}
"""Highest first; roles without a rank neither assign a matter nor are given one."""

ASSIGNABLE = frozenset(RANKS) - {Role.REGIONAL_SECRETARY}
"""Who may be given a matter to answer: no Regional Secretary drafts or delivers."""


def is_above(higher: tuple[Role, ...], lower: tuple[Role, ...]) -> bool:
    """Whether every role of one tier has a higher rank than every role of another."""
    return max(RANKS[role] for role in higher) < min(RANKS[role] for role in lower)
