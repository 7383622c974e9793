"""Decides one errand on a page: is the case there, may he, is it fresh, may it be.

The order of refusals is the contract's: 404, 403, 412, 409; which documents a body may
name (422) depends on the case's agency, so it is told after 403. That a text names whom
the act concerns (422) is told last of all.
"""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from msgspec.structs import replace

from application import at_hand
from application.at_hand import AtHand
from application.book import LostRaceError
from application.desk_errors import ForbiddenError
from application.entries import Metadata
from application.errands import Errand
from application.granting import Permit, permits
from application.office.authority import Authority
from application.office.offices import Offices
from application.page import Entered, NumberSeries, Page
from domain import (
    breaching,
    complaining,
    data_rights,
    decisions,
    events,
    objecting,
    retention,
)
from domain.breach import Breach
from domain.commands import (
    AnyCommand,
    Approve,
    BreachCommand,
    ComplaintCommand,
    DataRequestCommand,
    DecideRetention,
    ObjectionCommand,
)
from domain.complaint import Complaint
from domain.data_request import DataRequest
from domain.facts import Fact
from domain.holds import Concerned, concerned
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
        """Put the errand's facts on the page, or raise why not.

        `LostRaceError` where its texts are to be compared with what the page tells.
        """
        hand = at_hand.found(errand, page)
        official = errand.principal.memberships.get(hand.agency)
        if official is None:
            raise ForbiddenError
        occurred_at = at_hand.happened(errand, page, hand)
        office = self.offices.of(hand.matter, hand.agency, occurred_at)
        allowed = permits(
            errand,
            official,
            at_hand.narrowed_by(errand, hand),
            office=office,
            at=occurred_at,
            authority=self._authority,
        )
        at_hand.must_be_fresh(errand, hand)
        numbering = self._numbering(errand, hand.agency, page)
        first, *others = allowed
        act = Act(
            official=official,
            role=first.grant.role,
            occurred_at=occurred_at,
            recorded_at=page.recorded_at,
            said_role=True,
            registration_number="" if numbering is None else numbering.number,
            report_taken_by=page.reports.get(errand.tracking_id or ""),
            receiving=self._receiving(errand, hand.agency, occurred_at),
            acting_for=first.acting_for,
        )
        act, facts = decided_in_first(
            [act, *(_in_post(act, permit) for permit in others)],
            lambda act: self._decide(errand.command, hand, act, office),
        )
        # Last, so that who could not do it anyway learns nothing of a name he tries.
        if errand.free_texts and page.told_since(errand, hand.matter):
            raise LostRaceError
        if page.names is not None:
            page.names.must_not_stand_in(errand, hand.matter)
        entered = page.enter(
            errand, facts, act, _metadata(errand, hand.agency, act, allowed)
        )
        if numbering is not None:
            _take_number(page, entered, numbering)
        if errand.tracking_id is not None:
            page.take_report(errand.tracking_id, errand.subject)
        return entered

    def _decide(
        self, command: AnyCommand, hand: AtHand, act: Act, office: Office
    ) -> tuple[Fact, ...]:
        """Ask the domain, with each matter beside under the office that is its own."""
        found = (
            concerned(
                stream, matter, self.offices.of(matter, matter.agency, act.occurred_at)
            )
            for stream, matter in hand.beside
        )
        beside = [one for one in found if one is not None]
        return _decide(command, hand, beside, act, office)

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
    hand: AtHand,
    beside: Sequence[Concerned],
    act: Act,
    office: Office,
) -> tuple[Fact, ...]:
    """Ask whichever `decide` the command belongs to."""
    opened = None if hand.subject is None else hand.subject.matter
    if isinstance(command, DataRequestCommand):
        assert opened is None or isinstance(opened, DataRequest)
        return data_rights.decide(opened, beside, command, act, office)
    if isinstance(command, BreachCommand):
        assert opened is None or isinstance(opened, Breach)
        return breaching.decide(opened, command, act, office)
    if isinstance(command, DecideRetention):
        assert hand.case is not None
        return retention.decide(hand.case, beside, command, act, office)
    if isinstance(command, ComplaintCommand):
        assert isinstance(hand.matter, Complaint)
        return complaining.decide(hand.matter, command, act, office)
    if isinstance(command, ObjectionCommand):
        assert hand.case is not None
        assert opened is None or isinstance(opened, Objection)
        return objecting.decide(opened, hand.case, command, act, office)
    return decisions.decide(hand.case, command, act, office)


def _in_post(act: Act, permit: Permit) -> Act:
    return replace(act, role=permit.grant.role, acting_for=permit.acting_for)


def _metadata(
    errand: Errand, agency: AgencyCode, act: Act, allowed: Sequence[Permit]
) -> Metadata:
    return Metadata(
        official=act.official.id,
        role=act.role,
        rule=_rule_of(act, allowed),
        acting_for=_stands_in_for(errand.command, act),
        agency=agency,
        request_id=errand.request_id,
        late_reason=errand.late_reason,
        note=errand.note,
        proof=errand.principal.proof,
    )


def _rule_of(act: Act, allowed: Sequence[Permit]) -> str:
    """The row that allowed the act in the post and role in which it was accepted."""
    return next(
        permit.grant.row
        for permit in allowed
        if permit.acting_for is act.acting_for and permit.grant.role is act.role
    )


def _stands_in_for(command: AnyCommand, act: Act) -> OfficialId | None:
    if isinstance(command, Approve):
        return command.acting_for
    return None if act.acting_for is None else act.acting_for.id


def _take_number(page: Page, entered: Entered, numbering: Numbering) -> None:
    """The number goes to the case that was opened, if one was."""
    for fact in entered.facts:
        if isinstance(fact.event, events.Received):
            opened = fact.stream or entered.errand.subject
            page.take_number(numbering.series, numbering.number, opened)
