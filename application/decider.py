"""Decides one errand on a page: is the case there, may he, is it fresh, may it be.

The order of refusals is the contract's: 404, 403, 412, 409; which documents a body may
name (422) depends on the case's agency, so it is told after 403.
"""

from collections.abc import Sequence
from datetime import datetime

from application.desk_errors import (
    ForbiddenError,
    StaleVersionError,
    UnknownCaseError,
    UnknownDocumentError,
)
from application.entries import Metadata
from application.errands import Errand
from application.office.authority import Authority, Grant
from application.office.offices import Offices
from application.page import Entered, NumberSeries, Page, Standing
from domain.commands import AnyCommand, Approve, Receive
from domain.decisions import decide
from domain.office import Act, Official
from domain.values import AgencyCode, Channel, OfficialId


class Decider:
    """Knows the offices and the authority table; touches no database."""

    def __init__(self, offices: Offices, authority: Authority) -> None:
        self.offices = offices
        self._authority = authority

    def series(
        self, errands: Sequence[Errand], recorded_at: datetime
    ) -> list[NumberSeries]:
        """Whose numbers, of which local year, the receipts among the errands take."""
        agencies = {one.agency for one in errands if isinstance(one.command, Receive)}
        return sorted(
            self._series(agency, recorded_at)
            for agency in agencies
            if agency is not None
        )

    def settle(self, errand: Errand, page: Page) -> Entered:
        """Put the errand's facts on the page, or raise why not."""
        standing = self._standing(errand, page)
        agency = errand.agency
        channel = errand.channel
        if standing is not None:
            if agency is not None and agency != standing.case.agency:
                raise ForbiddenError
            agency, channel = standing.case.agency, standing.case.channel
        assert agency is not None
        official = errand.principal.memberships.get(agency)
        if official is None:
            raise ForbiddenError
        grant = self._grant(errand, official, channel)
        known_in = errand.documents_known_in
        if known_in is not None and agency not in known_in:
            raise UnknownDocumentError
        if errand.expected is not None and standing is not None:
            _must_stand_at(errand.expected, standing)
        occurred_at = _happened(errand, page, standing)
        office = (
            self.offices.on(agency, occurred_at)
            if standing is None
            else self.offices.under(standing.case.standard)
        )
        series = (
            self._series(agency, page.recorded_at)
            if isinstance(errand.command, Receive)
            else None
        )
        act = Act(
            official=official,
            role=grant.role,
            occurred_at=occurred_at,
            recorded_at=page.recorded_at,
            said_role=errand.said_role is not None,
            registration_number=""
            if series is None
            else page.next_number(series, office.standard.agency.prefix),
            report_taken_by=page.reports.get(errand.tracking_id or ""),
        )
        case = None if standing is None else standing.case
        facts = decide(case, errand.command, act, office)
        entered = page.enter(
            errand,
            facts,
            act,
            Metadata(
                official=official.id,
                role=grant.role,
                rule=grant.row,
                acting_for=_stands_in_for(errand.command),
                agency=agency,
                request_id=errand.request_id,
                late_reason=errand.late_reason,
                note=errand.note,
            ),
        )
        if series is not None:
            page.take_number(series, act.registration_number, errand.subject)
        if errand.tracking_id is not None:
            page.take_report(errand.tracking_id, errand.subject)
        return entered

    def _series(self, agency: AgencyCode, recorded_at: datetime) -> NumberSeries:
        return (agency, self.offices.calendar(agency).date_of(recorded_at).year)

    def _grant(
        self, errand: Errand, official: Official, channel: Channel | None
    ) -> Grant:
        roles = official.roles
        if errand.said_role is not None:
            if errand.said_role not in roles:
                raise ForbiddenError
            roles = (errand.said_role,)
        grant = self._authority.row(roles, errand.action, channel)
        if grant is None:
            raise ForbiddenError
        return grant

    def _standing(self, errand: Errand, page: Page) -> Standing | None:
        if errand.case is None:
            return None
        standing = page.standing(errand.case)
        if standing is None:
            raise UnknownCaseError(named_in_body=errand.case != errand.subject)
        return standing


def _stands_in_for(command: AnyCommand) -> OfficialId | None:
    return command.acting_for if isinstance(command, Approve) else None


def _must_stand_at(expected: int, standing: Standing) -> None:
    if expected != standing.version:
        raise StaleVersionError(expected, standing.version)


def _happened(errand: Errand, page: Page, standing: Standing | None) -> datetime:
    """When it happened: as said, else now, which is never before the case's last act.

    An act may be said to lie up to a minute ahead; the next one must still be
    possible at once.
    """
    if errand.occurred_at is not None:
        return errand.occurred_at
    if standing is None:
        return page.recorded_at
    return max(page.recorded_at, standing.case.last_at)
