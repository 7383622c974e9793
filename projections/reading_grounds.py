"""What a reader has to do with what he opens, as the trail of readings says it."""

from typing import Final

from application.office.authority import Grant
from application.readings import Ground
from domain.case import Case
from domain.office import Official
from domain.values import Role

_BY_ROLE: Final = {
    Role.RECEPTIONIST: Ground.RECEIVING,
    Role.LETTER_CLERK: Ground.RECEIVING,
    Role.LAPOR_LIAISON: Ground.RECEIVING,
    Role.REGIONAL_SECRETARY: Ground.LEADING,
    Role.AGENCY_HEAD: Ground.LEADING,
    Role.AGENCY_SECRETARY: Ground.LEADING,
    Role.PPID: Ground.LEADING,
    Role.PPID_SUPERIOR: Ground.OBJECTION,
    Role.COMPLAINT_OFFICER: Ground.COMPLAINT,
    Role.INSPECTORATE: Ground.INSPECTION,
    Role.INSPECTOR: Ground.INSPECTION,
    Role.DPO: Ground.DATA_PROTECTION,
}


def by_role(role: Role) -> Ground:
    """What the role alone tells; of most officials that it is their agency's."""
    return _BY_ROLE.get(role, Ground.AGENCY)


def in_case(holder: Official, grant: Grant, case: Case) -> Ground:
    """The nearest relation of a post to a case."""
    if case.assignee == holder.id:
        return Ground.ASSIGNEE
    tiers = () if case.draft is None else case.draft.tiers
    if grant.only == "unit" or any(grant.role in roles for roles in tiers):
        return Ground.TIER
    return by_role(grant.role)
