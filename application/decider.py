"""Decides one errand on a page: is the case there, may he, is it fresh, may it be.

The order of refusals is the contract's: 404, 403, 412, 409; which documents a body may
name (422) depends on the case's agency, so it is told after 403.
"""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from msgspec.structs import replace

from application.desk_errors import (
    ForbiddenError,
    StaleVersionError,
    UnknownCaseError,
    UnknownDocumentError,
    UnknownMatterError,
)
from application.entries import Metadata
from application.errands import Errand
from application.granting import Permit, permits
from application.office.authority import Authority, Of
from application.office.offices import Offices
from application.page import Entered, NumberSeries, Page, Standing
from domain import complaining, decisions, events, objecting
from domain.case import Case
from domain.commands import (
    AnyCommand,
    Approve,
    ComplaintCommand,
    ObjectionCommand,
)
from domain.complaint import Complaint
from domain.facts import Fact
from domain.histories import Matter
from domain.objection import Objection
from domain.office import Act, Office
from domain.standing_in import decided_in_first
from domain.values import AgencyCode, OfficialId


class Numbering(msgspec.Struct, frozen=True):
    """The registration number that a case would take, and whose series it is of."""

    series: NumberSeries
    number: str


class Decider:
    """Knows the offices and the authority table; touches no database."""

    def __init__(self, offices: Offices, authority: Authority) -> None:
        self.offices = offices
        self._authority = authority

    def series(
        self, errands: Sequence[Errand], recorded_at: datetime
    ) -> list[NumberSeries]:
        """Whose numbers, of which local year, the receipts among the errands take."""
        agencies = {agency for one in errands for agency in one.numbered_in}
        return sorted(self._series(agency, recorded_at) for agency in agencies)

    def settle(self, errand: Errand, page: Page) -> Entered:
        """Put the errand's facts on the page, or raise why not."""
        subject = _subject(errand, page)
        case = _case(errand, page)
        about = case if subject is None else subject.matter
        if errand.agency is not None and about and errand.agency != about.agency:
            raise ForbiddenError
        agency = errand.agency if about is None else about.agency
        assert agency is not None
        official = errand.principal.memberships.get(agency)
        if official is None:
            raise ForbiddenError
        occurred_at = _happened(errand, page, about, case)
        office = self.offices.of(about, agency, occurred_at)
        allowed = permits(
            errand,
            official,
            _narrowed_by(errand, case, subject),
            office=office,
            at=occurred_at,
            authority=self._authority,
        )
        known_in = errand.documents_known_in
        if known_in is not None and agency not in known_in:
            raise UnknownDocumentError
        if errand.expected is not None and subject is not None:
            _must_stand_at(errand.expected, subject)
        numbering = self._numbering(errand, agency, page)
        first, *others = allowed
        act = Act(
            official=official,
            role=first.grant.role,
            occurred_at=occurred_at,
            recorded_at=page.recorded_at,
            said_role=errand.said_role is not None,
            registration_number="" if numbering is None else numbering.number,
            report_taken_by=page.reports.get(errand.tracking_id or ""),
            receiving=self._receiving(errand, agency, occurred_at),
            acting_for=first.acting_for,
        )
        act, facts = decided_in_first(
            [act, *(_in_post(act, permit) for permit in others)],
            lambda act: _decide(errand.command, subject, case, act, office),
        )
        entered = page.enter(
            errand,
            facts,
            act,
            Metadata(
                official=official.id,
                role=act.role,
                rule=_rule_of(act, allowed),
                acting_for=_stands_in_for(errand.command, act),
                agency=agency,
                request_id=errand.request_id,
                late_reason=errand.late_reason,
                note=errand.note,
            ),
        )
        if numbering is not None:
            for fact in facts:
                if isinstance(fact.event, events.Received):
                    opened = fact.stream or errand.subject
                    page.take_number(numbering.series, numbering.number, opened)
        if errand.tracking_id is not None:
            page.take_report(errand.tracking_id, errand.subject)
        return entered

    def _series(self, agency: AgencyCode, recorded_at: datetime) -> NumberSeries:
        return (agency, self.offices.calendar(agency).date_of(recorded_at).year)

    def _numbering(
        self, errand: Errand, agency: AgencyCode, page: Page
    ) -> Numbering | None:
        """The number that a case opened by this errand would take."""
        numbers_in = errand.passed_to or agency
        if numbers_in not in errand.numbered_in:
            return None
        series = self._series(numbers_in, page.recorded_at)
        prefix = self.offices.on(numbers_in, page.recorded_at).standard.agency.prefix
        return Numbering(series, page.next_number(series, prefix))

    def _receiving(
        self, errand: Errand, agency: AgencyCode, occurred_at: datetime
    ) -> Office | None:
        """The office in which an existing case goes on as a new one, as of that day."""
        opens_in = errand.passed_to or agency
        if opens_in not in errand.may_be_numbered_in:
            return None
        return self.offices.on(opens_in, occurred_at)


def _decide(
    command: AnyCommand,
    subject: Standing | None,
    case: Case | None,
    act: Act,
    office: Office,
) -> tuple[Fact, ...]:
    """Ask whichever `decide` the command belongs to."""
    matter = None if subject is None else subject.matter
    if isinstance(command, ComplaintCommand):
        assert isinstance(matter, Complaint)
        return complaining.decide(matter, command, act, office)
    if isinstance(command, ObjectionCommand):
        assert case is not None
        if matter is not None and not isinstance(matter, Objection):
            raise UnknownMatterError
        return objecting.decide(matter, case, command, act, office)
    return decisions.decide(case, command, act, office)


def _narrowed_by(errand: Errand, case: Case | None, subject: Standing | None) -> Of:
    """What the authority table asks of the matter."""
    if case is not None:
        return case.channel
    if subject is not None and isinstance(subject.matter, Complaint):
        return subject.matter.kind
    return errand.channel


def _subject(errand: Errand, page: Page) -> Standing | None:
    """The history that the errand is about, unless it opens one."""
    if not errand.stands:
        return None
    found = page.standing(errand.subject)
    if found is None:
        raise UnknownCaseError if errand.case == errand.subject else UnknownMatterError
    about_complaint = isinstance(errand.command, ComplaintCommand)
    if about_complaint is not isinstance(found.matter, Complaint):
        raise UnknownCaseError if errand.case == errand.subject else UnknownMatterError
    return found


def _case(errand: Errand, page: Page) -> Case | None:
    """The case that the decision needs, where it needs one."""
    if errand.case is None:
        return None
    found = page.standing(errand.case)
    if found is None or not isinstance(found.matter, Case):
        raise UnknownCaseError(named_in_body=errand.case != errand.subject)
    return found.matter


def _in_post(act: Act, permit: Permit) -> Act:
    return replace(act, role=permit.grant.role, acting_for=permit.acting_for)


def _rule_of(act: Act, allowed: Sequence[Permit]) -> str:
    """The row that allowed the act in the post in which it was accepted."""
    return next(
        permit.grant.row for permit in allowed if permit.acting_for is act.acting_for
    )


def _stands_in_for(command: AnyCommand, act: Act) -> OfficialId | None:
    if isinstance(command, Approve):
        return command.acting_for
    return None if act.acting_for is None else act.acting_for.id


def _must_stand_at(expected: int, standing: Standing) -> None:
    if expected != standing.version:
        raise StaleVersionError(expected, standing.version)


def _happened(errand: Errand, page: Page, *about: Matter | None) -> datetime:
    """When it happened: as said, else now, which is never before the case's last act.

    An act may be said to lie up to a minute ahead; the next one must still be
    possible at once.
    """
    if errand.occurred_at is not None:
        return errand.occurred_at
    lasts = (matter.last_at for matter in about if matter is not None)
    return max((page.recorded_at, *lasts))
