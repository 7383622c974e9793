"""The wishes of which the edge cases are made, with what does not matter left out."""

from datetime import date
from uuid import UUID

from domain import commands, events
from domain.events import PickupContact
from domain.outcome import ItemOutcome
from domain.values import (
    ComplaintChannel,
    DeliveryMeans,
    Digest,
    DraftKind,
    LaporClass,
    LaporMedium,
    OfficialId,
    Requirement,
    Role,
)
from tests.domain.edge_cases.matter import Matter
from tests.domain.offices import (
    ANALYST,
    CLERK,
    DIVISION_HEAD,
    HEAD,
    LIAISON,
    RECEPTIONIST,
    SUBDIVISION_HEAD,
)
from tests.domain.scenarios import wita
from tests.domain.words import (
    CASE,
    COMPLAINT,
    DOCUMENT,
    IDENTITY,
    PERSON,
    WORDS,
    granted,
)

POST = commands.Deliver(how=DeliveryMeans.POST)
POST_IN_LAPOR = commands.Deliver(how=DeliveryMeans.LAPOR_POST)
SAY = commands.Deliver(how=DeliveryMeans.ORAL)
GIVE = commands.Dispose(to=ANALYST)
CLOSE = commands.Close()


def letter(
    *has: Requirement, items: int = 1, addressee: Role = Role.AGENCY_HEAD
) -> commands.ReceiveLetter:
    """A letter came, complete unless it is said to have nothing with it."""
    return commands.ReceiveLetter(
        person=PERSON,
        identity=IDENTITY,
        words=WORDS,
        items=items,
        has=frozenset(has),
        letter=events.LetterReceipt(addressee=addressee),
    )


WHOLE_LETTER = letter(Requirement.PHONE)


def report(submitted_at: str) -> commands.ReceiveReport:
    """A report with name and address stands in SP4N-LAPOR!."""
    return commands.ReceiveReport(
        person=PERSON,
        identity=IDENTITY,
        words=WORDS,
        items=1,
        has=frozenset({Requirement.NAME, Requirement.ADDRESS}),
        lapor=events.LaporReceipt(
            tracking_id="7654321",
            medium=LaporMedium.WEB,
            submitted_at=wita(submitted_at),
        ),
    )


def review(
    classified: LaporClass = LaporClass.INFORMATION_REQUEST, case: UUID = CASE
) -> commands.ReviewReport:
    """The liaison says what a report is."""
    return commands.ReviewReport(
        case=case,
        summary=WORDS,
        classified=classified,
        complaint=COMPLAINT,
        words=WORDS,
    )


def lapor_shows(status: str, at: str) -> commands.ImportLaporStatus:
    """SP4N-LAPOR! shows a status of its own."""
    return commands.ImportLaporStatus(status=status, at=wita(at))


def write(
    *items: ItemOutcome,
    kind: DraftKind = DraftKind.ANSWER,
    document: Digest = DOCUMENT,
) -> commands.Draft:
    """The assignee writes; everything is granted if nothing else is said."""
    return commands.Draft(kind=kind, items=items or (granted(),), document=document)


def take_back(how: str) -> commands.Withdraw:
    """The requester no longer asks."""
    return commands.Withdraw(how=how)


def extend(at: str, working_days: int = 7) -> commands.Extend:
    """The head says in writing why ten working days are not enough."""
    return commands.Extend(
        working_days=working_days, reason="belum dikuasai", notice_sent_at=wita(at)
    )


def call(*attempts: tuple[str, str], collect_by: date) -> commands.ArrangePickup:
    """The desk tells the requester that the answer lies there; when, with what end."""
    contacts = tuple(
        PickupContact(at=wita(at), medium="telepon", result=result)
        for at, result in attempts
    )
    return commands.ArrangePickup(contacts=contacts, collect_by=collect_by)


def complain(
    channel: ComplaintChannel = ComplaintChannel.IN_PERSON,
    *,
    case: UUID | None = None,
    about: OfficialId | None = None,
    anonymous: bool = False,
) -> commands.Complain:
    """Somebody complains about the service."""
    return commands.Complain(
        complaint=COMPLAINT,
        channel=channel,
        category="layanan",
        anonymous=anonymous,
        confidential=False,
        words=WORDS,
        person=PERSON,
        case=case,
        about=about,
        identity=IDENTITY,
    )


def visit(matter: Matter, at: str, card: str | None = "ktp") -> None:
    """A visitor shows who he is, leaves a card if one is named, and is served."""
    came = commands.ReceiveAtCounter(
        person=PERSON,
        identity=IDENTITY,
        words=WORDS,
        items=1,
        has=frozenset({Requirement.IDENTITY_SHOWN}),
        id_card=card,
    )
    matter.act(came, RECEPTIONIST, at)
    direct = commands.GiveDirection(to=ANALYST, directed_by=HEAD)
    matter.act(direct, RECEPTIONIST, at)


def receive_letter(matter: Matter, at: str) -> None:
    """A whole letter comes and is given to an official."""
    matter.act(WHOLE_LETTER, CLERK, at)
    matter.act(GIVE, HEAD, at)


def receive_report(matter: Matter, at: str, case: UUID = CASE) -> None:
    """A report comes, is reviewed and given to an official."""
    matter.act(report(at), LIAISON, at, case=case)
    matter.act(review(case=case), LIAISON, at, case=case)
    matter.act(GIVE, HEAD, at, case=case)


def sign(matter: Matter, at: str, draft: int = 1, case: UUID = CASE) -> None:
    """Every tier approves, up to the head."""
    for superior in (SUBDIVISION_HEAD, DIVISION_HEAD, HEAD):
        matter.act(commands.Approve(draft=draft), superior, at, case=case)
