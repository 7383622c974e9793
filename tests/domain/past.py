"""What happened after the receipt, for scenarios, in the fewest words."""

from datetime import date, datetime

from domain import events
from domain.due import Due
from domain.events import PickupContact
from domain.outcome import ItemOutcome
from domain.values import (
    ApprovalKind,
    Clock,
    ComplaintChannel,
    DayKind,
    DeliveryMeans,
    DraftKind,
    LaporClass,
    MissedPickup,
    OfficialId,
    Outcome,
    Requirement,
    Role,
)
from tests.domain.offices import (
    ANALYST,
    BPPD,
    CLERK,
    DIVISION_HEAD,
    HEAD,
    LIAISON,
    OFFICES,
    PPID,
    RECEPTIONIST,
    SUBDIVISION_HEAD,
)
from tests.domain.scenarios import MORNING, Happened
from tests.domain.words import (
    CHAIN,
    COMPLAINT,
    DOCUMENT,
    KIP_17C,
    NEW_CASE,
    WORDS,
    granted,
    objection,
)


def reviewed(classified: LaporClass = LaporClass.INFORMATION_REQUEST) -> Happened:
    """The liaison reviewed the report."""
    return Happened(
        events.LaporReviewed(classified=classified, summary=WORDS), by=LIAISON
    )


def disposed(to: OfficialId = ANALYST, by: OfficialId = HEAD) -> Happened:
    """The head assigned an official in writing."""
    return Happened(events.Disposed(to=to, by=by), by=by)


def directed(to: OfficialId = ANALYST, by: OfficialId = HEAD) -> Happened:
    """A head said at the counter who serves the visitor."""
    return Happened(events.Disposed(to=to, by=by, oral=True), by=RECEPTIONIST)


def drafted(
    *items: ItemOutcome,
    n: int = 1,
    kind: DraftKind = DraftKind.ANSWER,
    by: OfficialId = ANALYST,
    tiers: tuple[tuple[Role, ...], ...] = CHAIN,
    unit: str | None = "batas/lintas",
) -> Happened:
    """The handling official wrote a version; it grants the only item if not said."""
    event = events.Drafted(
        n=n,
        kind=kind,
        items=items or (granted(),),
        tiers=tiers,
        unit=unit,
        document=DOCUMENT,
    )
    return Happened(event, by=by)


def initialled(tier: int = 1, draft: int = 1, by: OfficialId | None = None) -> Happened:
    """A tier below the signer put its initials."""
    role, usual = (
        (Role.SUBDIVISION_HEAD, SUBDIVISION_HEAD)
        if tier == 1
        else (Role.DIVISION_HEAD, DIVISION_HEAD)
    )
    event = events.Approved(
        draft=draft, tier=tier, role=role, kind=ApprovalKind.INITIAL
    )
    return Happened(event, by=by or usual)


def signed(
    draft: int = 1,
    tier: int = 3,
    outcome: Outcome = Outcome.GRANTED,
    kind: ApprovalKind = ApprovalKind.SIGNATURE,
) -> Happened:
    """The head approved it for good."""
    event = events.Approved(
        draft=draft,
        tier=tier,
        role=Role.AGENCY_HEAD,
        kind=kind,
        final=True,
        outcome=outcome,
    )
    return Happened(event, by=HEAD)


def approved(
    *items: ItemOutcome,
    kind: DraftKind = DraftKind.ANSWER,
    outcome: Outcome = Outcome.GRANTED,
) -> tuple[Happened, ...]:
    """From draft to signature without a word in between."""
    return (
        drafted(*items, kind=kind),
        initialled(1),
        initialled(2),
        signed(outcome=outcome),
    )


def returned(draft: int = 1, tier: int = 1) -> Happened:
    """A superior sent it back."""
    event = events.ReturnedForCorrection(draft=draft, tier=tier, notes="perbaiki")
    return Happened(event, by=SUBDIVISION_HEAD)


def weighed(*items: int) -> Happened:
    """The PPID weighed the consequences of opening these items."""
    event = events.ConsequenceTestRecorded(
        items=items or (1,), act=KIP_17C, analysis="...", participants=(PPID,)
    )
    return Happened(event, by=PPID)


def refused_at_counter(
    *items: int, whole: bool = True, at: datetime | None = None
) -> Happened:
    """The handling official said that it is exempt."""
    event = events.RefusedAsExempt(
        items=items or (1,),
        legal_basis=(KIP_17C,),
        reason="rahasia",
        outcome=Outcome.REFUSED_AS_EXEMPT if whole else None,
        without_consequence_test=True,
    )
    return Happened(event, by=ANALYST, at=at)


def refused_in_writing(at: datetime) -> Happened:
    """A refusal was recorded with the final approval."""
    event = events.RefusedAsExempt(
        items=(1,),
        legal_basis=(KIP_17C,),
        reason="rahasia",
        outcome=Outcome.REFUSED_AS_EXEMPT,
        due=(objection(at),),
    )
    return Happened(event, by=HEAD, at=at)


def delivered(
    how: DeliveryMeans = DeliveryMeans.POST,
    outcome: Outcome = Outcome.GRANTED,
    items: tuple[ItemOutcome, ...] = (),
    at: datetime | None = None,
) -> Happened:
    """The answer went out."""
    oral = how is DeliveryMeans.ORAL
    by = ANALYST if oral else CLERK
    event = events.Delivered(how=how, outcome=outcome, items=items)
    return Happened(event, by=by, at=at)


def answered_orally(*items: ItemOutcome, at: datetime | None = None) -> Happened:
    """The visitor had the answer said."""
    return delivered(DeliveryMeans.ORAL, items=items or (granted(),), at=at)


CONTACT = PickupContact(at=MORNING, medium="telepon", result="tidak diangkat")
COLLECT_BY = date(2026, 2, 20)


def called() -> Happened:
    """The requester was called to collect the answer."""
    event = events.PickupArranged(contacts=(CONTACT,), collect_by=COLLECT_BY)
    return Happened(event, by=CLERK)


def missed(then: MissedPickup) -> Happened:
    """Nobody came for the answer."""
    return Happened(events.PickupMissed(then=then), by=CLERK)


def card_returned() -> Happened:
    """The visitor took the card back."""
    return Happened(events.IdCardReturned(to="visitor"), by=RECEPTIONIST)


REPLY_BY = date(2026, 2, 13)


def asked(
    *missing: Requirement, reply_by: date = REPLY_BY, at: datetime | None = None
) -> Happened:
    """The requester was asked for what is missing."""
    due = Due(
        clock=Clock.COMPLETION,
        day_kind=DayKind.CALENDAR,
        starts_at=at or MORNING,
        due_on=reply_by,
        due_at=OFFICES[BPPD].calendar.end_of(reply_by),
        calendar_edition=OFFICES[BPPD].calendar.edition,
        length=(reply_by - MORNING.date()).days,
    )
    event = events.CompletionRequested(
        missing=missing, reply_by=reply_by, medium="telepon", due=(due,)
    )
    return Happened(event, by=CLERK, at=at)


def lapsed() -> Happened:
    """What was missing did not come."""
    return Happened(events.Lapsed(notice="Surat pemberitahuan"), by=CLERK)


def withdrawn(by: OfficialId = CLERK) -> Happened:
    """The requester took the request back."""
    return Happened(events.Withdrawn(how="surat"), by=by)


def transferred() -> Happened:
    """Another body holds the information."""
    event = events.Transferred(notice="Surat pelimpahan", holder="BPS Provinsi NTT")
    return Happened(event, by=HEAD)


def converted() -> Happened:
    """The visit goes on as a letter."""
    event = events.ConvertedToWritten(reason="perlu dihimpun", new_case=NEW_CASE)
    return Happened(event, by=ANALYST)


def complained() -> Happened:
    """Somebody complained about the service in this case."""
    event = events.Complained(
        complaint=COMPLAINT, channel=ComplaintChannel.SUGGESTION_BOX
    )
    return Happened(event, by=RECEPTIONIST)


def closed() -> Happened:
    """Nothing more was owed."""
    return Happened(events.Closed(), by=CLERK)


def reopened() -> Happened:
    """The head opened the case again."""
    return Happened(events.Reopened(reason="keberatan"), by=HEAD)
