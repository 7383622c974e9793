"""Words that scenarios use over and over: ids, digests, outcomes, clocks."""

from datetime import datetime
from uuid import UUID

from domain import deadlines
from domain.due import Due
from domain.outcome import ItemOutcome
from domain.values import AgencyCode, Clock, DayKind, Outcome, Role
from tests.domain.offices import BPPD, OFFICES

PERSON = UUID("00000000-0000-4000-8000-000000000001")
COMPLAINT = UUID("00000000-0000-4000-8000-000000000002")
CASE = UUID("00000000-0000-4000-8000-000000000003")
NEW_CASE = UUID("00000000-0000-4000-8000-000000000004")
IDENTITY = "1" * 64
WORDS = "2" * 64
DOCUMENT = "3" * 64
TOLD = "4" * 64
KIP_17C = "kip17.c"
KIP_17H = "kip17.h"

TIERS = ((Role.SUBDIVISION_HEAD,), (Role.DIVISION_HEAD, Role.AGENCY_SECRETARY))
CHAIN = (*TIERS, (Role.AGENCY_HEAD,))
"""The tiers of BPPD; the last one signs."""


def granted(n: int = 1) -> ItemOutcome:
    return ItemOutcome(n=n, outcome=Outcome.GRANTED)


def refused(n: int = 1, basis: str = KIP_17C, reason: str = "rahasia") -> ItemOutcome:
    return ItemOutcome(
        n=n,
        outcome=Outcome.REFUSED_AS_EXEMPT,
        legal_basis=(basis,),
        reason=reason,
    )


def blacked_out(
    n: int = 1, basis: str = KIP_17H, reason: str | None = "rahasia pribadi"
) -> ItemOutcome:
    """Given with parts withheld on a legal basis."""
    return ItemOutcome(
        n=n, outcome=Outcome.PARTIAL, legal_basis=(basis,), reason=reason
    )


def not_held(n: int = 1) -> ItemOutcome:
    return ItemOutcome(n=n, outcome=Outcome.NOT_HELD)


def not_documented(n: int = 1) -> ItemOutcome:
    return ItemOutcome(n=n, outcome=Outcome.NOT_DOCUMENTED)


def objection(at: datetime, agency: AgencyCode = BPPD) -> Due:
    """The thirty working days to object, from `at` on."""
    office = OFFICES[agency]
    return deadlines.objection(at, office.standard.statute, office.calendar)


def auto_close(at: datetime) -> Due:
    """The ten working days after which SP4N-LAPOR! counts a report as finished."""
    calendar = OFFICES[BPPD].calendar
    return deadlines.term(Clock.LAPOR_AUTO_CLOSE, at, 10, DayKind.WORKING, calendar)


def lapor_follow_up(at: datetime) -> Due:
    """The five working days in which SP4N-LAPOR! wants something done."""
    calendar = OFFICES[BPPD].calendar
    return deadlines.term(Clock.LAPOR_FOLLOW_UP, at, 5, DayKind.WORKING, calendar)


def complaint_term(at: datetime) -> Due:
    """The sixty days until a complaint has been classified."""
    calendar = OFFICES[BPPD].calendar
    return deadlines.term(Clock.COMPLAINT, at, 60, DayKind.CALENDAR, calendar)
