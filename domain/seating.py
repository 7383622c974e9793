"""A decision's case, act and office, told by the units of the day of the act."""

from msgspec.structs import replace

from domain.case import Case
from domain.office import Act, Office, Official


def seated(official: Official, office: Office) -> Official:
    """An official with the path that his unit bears in the office on its day."""
    path = office.directory.path(official.unit, official.agency)
    return official if path == official.unit else replace(official, unit=path)


def followed(case: Case, office: Office) -> Case:
    """A case whose draft climbs on though its drafter's unit was renamed meanwhile.

    For looking at only: the entry keeps the unit that the drafter had.
    """
    draft = case.draft
    if draft is None:
        return case
    path = office.directory.path(draft.unit, case.agency)
    if path == draft.unit:
        return case
    return replace(case, draft=replace(draft, unit=path))


def on_its_day(
    case: Case | None, act: Act, office: Office
) -> tuple[Case | None, Act, Office]:
    """All three as of the local day on which the act happened, whenever it is told."""
    if not office.directory.unit_changes:
        return case, act, office
    then = office.on(act.occurred_at)
    return (
        None if case is None else followed(case, then),
        replace(
            act,
            official=seated(act.official, then),
            acting_for=act.acting_for and seated(act.acting_for, then),
        ),
        then,
    )
