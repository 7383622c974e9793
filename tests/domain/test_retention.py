"""When a file's time is over; a person decides what becomes of it."""

from datetime import date, datetime, timedelta

import pytest
from msgspec.structs import replace

from domain import commands, errors, events
from domain.facts import Fact
from domain.holds import Concerned
from domain.keeping import ended_on, ends
from domain.values import ObjectionGround, ObjectionRuling, RetentionChoice
from tests.domain.data_subject import DataSubject
from tests.domain.offices import BPPD, CLERK, OFFICES
from tests.domain.proceedings import OBJECTION
from tests.domain.scenarios import wita
from tests.domain.test_objecting import IN_TIME, posted, refused_at_the_counter
from tests.domain.words import CASE

OFFICE = OFFICES[BPPD]
OVER = date(2031, 2, 16)
"""Five years after the case was closed."""
AFTER = wita("2031-02-17 09:00")
DESTROY = commands.DecideRetention(
    decision=RetentionChoice.DESTROY, reason="masa simpan habis"
)
KEEP = commands.DecideRetention(
    decision=RetentionChoice.KEEP, reason="bernilai sejarah", until=date(2033, 1, 1)
)


def filed_away(at: datetime = IN_TIME) -> DataSubject:
    """A person whose answered case was closed."""
    proceedings = posted(at)
    proceedings.enter(events.Closed(), CLERK, at)
    return DataSubject().having({CASE: proceedings.case})


def test_five_years_after_closing_the_file_may_go():
    found = ends(filed_away().case, (), OFFICE)
    assert found is not None
    assert {end.why: end.on.isoformat() for end in found} == {
        "closed": "2031-02-16",
        "annual_report": "2027-03-31",
        "objection_window": "2026-04-08",
    }
    assert ended_on(found) == OVER


def test_not_before_the_windows_and_the_annual_report_are_over():
    law = OFFICE.data_law
    rule = replace(law.retention, years_after_closing=1, annual_report_month=12)
    office = replace(OFFICE, data_law=replace(law, retention=rule))
    found = ends(filed_away().case, (), office)
    assert ended_on(found) == date(2027, 12, 31)


def test_a_case_that_is_not_finished_has_no_end():
    case = posted(IN_TIME).case
    assert ends(case, (), OFFICE) is None
    assert ended_on(None) is None


@pytest.mark.parametrize("ruled", [True, False])
def test_an_objection_keeps_the_file_until_its_own_windows_are_over(ruled):
    later = wita("2031-02-10 09:00")
    proceedings = refused_at_the_counter(later).file(ObjectionGround.REFUSED, later)
    if ruled:
        proceedings.rule(ObjectionRuling.UPHOLD, later)
    assert proceedings.objection is not None
    beside = (Concerned(OBJECTION, proceedings.objection, OFFICE),)
    found = ends(filed_away().case, beside, OFFICE)
    if ruled:
        assert found is not None
        assert "dispute_window" in {end.why for end in found}
    else:
        assert found is None


def test_nothing_goes_before_its_time():
    for early in (wita("2031-02-16 23:59"), IN_TIME + timedelta(days=100)):
        filed_away().refuses(errors.RetentionNotOverError, DESTROY, early, ends_on=OVER)
    subject = DataSubject().having({CASE: posted(IN_TIME).case})
    subject.refuses(errors.RetentionNotOverError, DESTROY, AFTER, ends_on=None)


def test_a_person_decides_that_it_goes():
    subject = filed_away()
    decided = events.RetentionDecided(
        decision=RetentionChoice.DESTROY, reason="masa simpan habis", ended_on=OVER
    )
    assert subject.act(DESTROY, AFTER) == (
        Fact(event=decided),
        Fact(event=events.PersonalDataErased(), stream=CASE),
    )
    assert subject.case.erased
    subject.refuses(errors.PersonErasedError, DESTROY, AFTER)


def test_a_person_decides_that_it_stays_and_until_when():
    subject = filed_away()
    for until in (None, date(2031, 2, 16)):
        endless = replace(KEEP, until=until)
        subject.refuses(errors.WaitWithoutEndError, endless, AFTER)
    subject.act(KEEP, AFTER)
    assert subject.case.kept_until == date(2033, 1, 1)
    subject.refuses(
        errors.RetentionNotOverError, DESTROY, AFTER, ends_on=date(2033, 1, 1)
    )
