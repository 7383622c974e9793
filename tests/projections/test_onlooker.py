"""Whoever stands in for another looks into the books as that one would, and no more."""

from datetime import date

from msgspec.structs import replace

from application.office import authority, standards_book
from application.office.offices import Offices
from application.readings import Ground
from application.sight import Leave
from domain import complaint, events
from domain.complaint import Complaint
from domain.facts import By
from domain.office import Office, Official
from domain.stand_ins import StandIn
from domain.values import (
    Capacity,
    ComplaintChannel,
    ComplaintClass,
    ComplaintKind,
    Role,
)
from projections.reader import Seat
from projections.registers.onlooker import Caller
from tests.application.business import EDITIONS, ROOM
from tests.domain.offices import BPPD, DIRECTORY, LEGAL_BASES, OFFICES
from tests.domain.scenarios import MORNING
from tests.domain.words import PERSON, WORDS

TABLE = authority.load()
AGENCIES = Offices(
    standards_book.load(), lambda: EDITIONS, LEGAL_BASES, lambda: DIRECTORY
)
OFFICER = Official(
    id="pengaduan", agency=BPPD, name="Pengaduan", roles=(Role.COMPLAINT_OFFICER,)
)
DEPUTY = Official(id="wakil", agency=BPPD, name="Wakil", roles=(Role.HANDLER,))
APPOINTED = StandIn(
    agency=BPPD,
    official=DEPUTY.id,
    acting_for=OFFICER.id,
    capacity=Capacity.DAILY_ACTING,
    first=date(2026, 2, 10),
    last=date(2026, 2, 10),
    decree="SP 7/2026",
)


def office(*stand_ins: StandIn) -> Office:
    """The agency with both, and whoever was appointed."""
    directory = OFFICES[BPPD].directory
    both = {(one.id, BPPD): one for one in (OFFICER, DEPUTY)}
    told = replace(
        directory,
        officials={**directory.officials, **both},
        stand_ins=stand_ins,
    )
    return replace(OFFICES[BPPD], directory=told)


def onlooker(official: Official, *stand_ins: StandIn) -> Caller:
    seat = Seat.of(official, TABLE, office(*stand_ins), MORNING)
    return Caller(AGENCIES, MORNING, ROOM, seats={BPPD: seat}, official=official.id)


def about(official: str | None, classified: ComplaintClass | None = None) -> Complaint:
    """A complaint about an official of the agency."""
    opened = events.ComplaintOpened(
        agency=BPPD,
        channel=ComplaintChannel.IN_PERSON,
        category="sikap petugas",
        anonymous=False,
        confidential=False,
        words=WORDS,
        person=PERSON,
        about=official,
    )
    told = complaint.evolve(None, opened, By(official=OFFICER.id, at=MORNING))
    return replace(told, classified=classified)


def test_who_acts_for_the_officer_sees_the_kinds_that_the_officer_sees():
    ordinary = [(BPPD, ComplaintKind.ORDINARY, OFFICER.id)]

    assert onlooker(OFFICER).affairs().read == ordinary
    assert onlooker(DEPUTY).affairs().read == []
    assert onlooker(DEPUTY, APPOINTED).affairs().read == ordinary
    over = replace(APPOINTED, last=date(2026, 2, 9), first=date(2026, 2, 9))
    assert onlooker(DEPUTY, over).affairs().read == []


def test_he_hears_none_about_himself_nor_about_whom_he_stands_in_for():
    deputy = onlooker(DEPUTY, APPOINTED)

    by_the_officers_leave = Leave(
        rule="reading-complaints",
        role=Role.COMPLAINT_OFFICER,
        acting_for=OFFICER.id,
        why=Ground.COMPLAINT,
        action="read-complaint-words",
        agency=BPPD,
    )
    assert deputy.heard(about("penerima-tamu")) == by_the_officers_leave
    assert deputy.heard(about(None)) == by_the_officers_leave
    assert not deputy.heard(about(DEPUTY.id))
    assert not deputy.heard(about(OFFICER.id))
    assert not deputy.heard(about(None, ComplaintClass.SUPERVISORY))
    assert not onlooker(DEPUTY).heard(about(None))
    assert not onlooker(OFFICER).heard(about(OFFICER.id))
