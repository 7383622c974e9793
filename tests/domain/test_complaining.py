"""Complaints about the service come by four doors, about a case or none (pengaduan)."""

from uuid import UUID

import pytest
from msgspec.structs import replace

from domain import commands, complaint, errors, events
from domain.facts import By, Fact
from domain.standard import ComplaintDoor
from domain.values import AgencyCode, ComplaintChannel, ComplaintStage
from tests.domain.offices import (
    BIRO,
    BPPD,
    DIVISION_HEAD,
    HEAD,
    NOBODY,
    OFFICES,
    RECEPTIONIST,
    SEKDA,
)
from tests.domain.past import complained
from tests.domain.receipts import visited
from tests.domain.scenarios import MINUTE, MORNING, Given
from tests.domain.stages import LETTERS, REPORTS, VISITS
from tests.domain.words import (
    CASE,
    COMPLAINT,
    IDENTITY,
    PERSON,
    WORDS,
    complaint_term,
    lapor_follow_up,
)


def complain(
    channel: ComplaintChannel = ComplaintChannel.SUGGESTION_BOX,
    case: UUID | None = None,
) -> commands.Complain:
    return commands.Complain(
        complaint=COMPLAINT,
        channel=channel,
        category="layanan",
        anonymous=True,
        confidential=False,
        words=WORDS,
        person=PERSON,
        case=case,
        about=DIVISION_HEAD,
        identity=IDENTITY,
    )


def opened(
    command: commands.Complain, at=MORNING, agency: AgencyCode = BPPD
) -> events.ComplaintOpened:
    is_report = command.channel is ComplaintChannel.SP4N_LAPOR
    lapor = (lapor_follow_up(at),) if is_report else ()
    return events.ComplaintOpened(
        agency=agency,
        channel=command.channel,
        category="layanan",
        anonymous=True,
        confidential=False,
        words=WORDS,
        person=PERSON,
        case=command.case,
        about=DIVISION_HEAD,
        due=(complaint_term(at), *lapor),
    )


@pytest.mark.parametrize("agency", [BIRO, BPPD])
@pytest.mark.parametrize("channel", ComplaintChannel)
def test_a_complaint_comes_in_by_every_door_without_a_case(agency, channel):
    command = complain(channel)
    Given(agency=agency).when(command, by=RECEPTIONIST).then(
        Fact(event=opened(command, agency=agency), stream=COMPLAINT)
    )


@pytest.mark.parametrize(
    "histories", [VISITS, LETTERS, REPORTS], ids=["visit", "letter", "report"]
)
def test_a_complaint_about_a_case_is_taken_in_at_every_stage(histories):
    for history in histories.values():
        given = Given(*history)
        assert given.case is not None
        command = complain(case=CASE)
        noted = events.Complained(
            complaint=COMPLAINT, channel=ComplaintChannel.SUGGESTION_BOX
        )
        then = given.when(command, by=RECEPTIONIST)
        then.then(
            Fact(event=noted, stream=CASE),
            Fact(event=opened(command, given.case.last_at + MINUTE), stream=COMPLAINT),
        )


def test_who_stays_unnamed_is_not_even_pointed_to():
    for anonymous, identity in ((True, None), (False, IDENTITY)):
        command = replace(complain(), anonymous=anonymous)
        (fact,) = Given().when(command, by=RECEPTIONIST).facts
        assert isinstance(fact.event, events.ComplaintOpened)
        assert fact.event.identity == identity


@pytest.mark.parametrize(
    ("about", "is_head"),
    [(HEAD, True), (DIVISION_HEAD, False), (SEKDA, False), (NOBODY, False)],
)
def test_a_complaint_knows_whether_it_is_about_the_head(about, is_head):
    command = replace(complain(), about=about)
    (fact,) = Given().when(command, by=RECEPTIONIST).facts
    assert isinstance(fact.event, events.ComplaintOpened)
    assert (fact.event.about, fact.event.about_head) == (about, is_head)


def test_a_complaint_changes_nothing_of_the_case_but_its_time():
    for history in LETTERS.values():
        before = Given(*history).case
        after = Given(*history, complained()).case
        assert before is not None
        at = before.last_at + MINUTE
        assert after == replace(before, last_at=at, times=(*before.times, at))


def test_a_door_that_the_page_does_not_list_is_closed():
    bppd = OFFICES[BPPD]
    box = ComplaintDoor(n=1, published="-", channel=ComplaintChannel.SUGGESTION_BOX)
    one_door = replace(bppd, standard=replace(bppd.standard, complaint_doors=(box,)))
    command = complain(ComplaintChannel.LETTER)
    Given(office=one_door).when(command, by=RECEPTIONIST).then_refused(
        errors.ChannelClosedError, channel=ComplaintChannel.LETTER
    )


def test_a_complaint_about_a_case_does_not_happen_before_its_last_act():
    Given(visited()).when(
        complain(case=CASE), by=RECEPTIONIST, at=MORNING - MINUTE
    ).then_refused(
        errors.OutOfOrderError, occurred_at=MORNING - MINUTE, not_before=MORNING
    )


def test_a_complaint_has_a_history_of_its_own():
    entered = opened(complain())
    folded = complaint.evolve(None, entered, By(official=RECEPTIONIST, at=MORNING))
    assert folded.stage is ComplaintStage.OPENED
    assert folded.agency == BPPD
    assert folded.opened == entered
    assert [clock.due for clock in folded.clocks] == [complaint_term(MORNING)]
