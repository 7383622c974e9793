"""One errand on a page: who is turned away, in which order, and what is entered."""

from uuid import uuid4

import msgspec
import pytest
from msgspec.structs import replace

from application.decider import Decider
from application.desk_errors import (
    ForbiddenError,
    StaleVersionError,
    UnknownCaseError,
    UnknownDocumentError,
)
from application.errands import Errand
from application.office import authority, standards_book
from application.office.offices import Offices
from application.page import Entered, Page
from domain import commands
from domain.case import Case
from domain.errors import (
    NotTheNextTierError,
    UnknownOfficialError,
    WrongStageError,
)
from domain.stand_ins import StandIn
from domain.values import Capacity, Role
from tests.application import business
from tests.application.business import DECIDER, about, disposition, draft, letter
from tests.domain.offices import (
    ANALYST,
    BIRO,
    BPPD,
    CLERK,
    DIRECTORY,
    DIVISION_HEAD,
    HEAD,
    LEGAL_BASES,
    RETIRED,
    SECRETARY,
)
from tests.domain.scenarios import MORNING


@pytest.fixture
def page() -> Page:
    """Give a page on which nothing stands yet."""
    return Page(
        MORNING, business.new_id, histories={}, lasts={}, reports={}, replies={}
    )


def case_of(entered: Entered) -> Case:
    """The case that an errand left."""
    assert entered.standing is not None
    assert isinstance(entered.standing.matter, Case)
    return entered.standing.matter


def enter(page: Page, *errands: Errand) -> list[Entered]:
    return [DECIDER.settle(errand, page) for errand in errands]


def test_a_letter_is_entered_with_the_next_number(page):
    first, second = enter(page, letter(), letter())

    assert case_of(first).registration_number == "BPPD-2026-00001"
    assert case_of(second).registration_number == "BPPD-2026-00002"
    assert [one.version for one in (first, second)] == [1, 1]


def test_a_refused_letter_takes_no_number(page):
    of_another_agency = letter(agency=BIRO, said_role=Role.AGENCY_HEAD)
    with pytest.raises(ForbiddenError):
        enter(page, of_another_agency)

    [taken] = enter(page, letter(agency=BIRO))

    assert case_of(taken).registration_number == "BO-2026-00001"


def test_later_errands_of_the_page_see_what_earlier_ones_entered(page):
    received, disposed = enter(page, one := letter(), disposition(one.subject))

    assert (received.version, disposed.version) == (1, 2)
    with pytest.raises(StaleVersionError) as stale:
        enter(page, disposition(one.subject))
    assert (stale.value.expected, stale.value.actual) == (1, 2)


def test_an_unknown_case_comes_before_every_other_refusal(page):
    with pytest.raises(UnknownCaseError):
        enter(page, disposition(uuid4(), 7, by=CLERK))


def test_who_may_not_is_told_so_before_the_version_is_looked_at(page):
    enter(page, one := letter())
    with pytest.raises(ForbiddenError):
        enter(page, disposition(one.subject, 7, by=CLERK))


def test_the_version_is_looked_at_before_the_rules(page):
    enter(page, one := letter())
    with pytest.raises(StaleVersionError):
        enter(page, draft(one.subject, 7, ANALYST))
    with pytest.raises(WrongStageError):
        enter(page, draft(one.subject, 1, ANALYST))


def test_a_role_that_was_said_must_be_the_officials_own(page):
    enter(page, one := letter())
    with pytest.raises(ForbiddenError):
        enter(page, disposition(one.subject, said_role=Role.PPID))


def test_who_has_left_office_is_assigned_nothing(page):
    enter(page, one := letter())
    with pytest.raises(UnknownOfficialError):
        enter(page, disposition(one.subject, to=RETIRED))


def test_a_draft_names_only_documents_of_the_cases_agency(page):
    enter(page, one := letter(), disposition(one.subject, to=DIVISION_HEAD))
    elsewhere = draft(
        one.subject, 2, DIVISION_HEAD, "a" * 64, documents_known_in=frozenset({BIRO})
    )
    here = draft(
        one.subject, 2, DIVISION_HEAD, "a" * 64, documents_known_in=frozenset({BPPD})
    )

    with pytest.raises(UnknownDocumentError):
        enter(page, elsewhere)
    assert [drafted.version for drafted in enter(page, here)] == [3]


def test_facts_of_one_wish_are_bound_together(page):
    enter(page, business.visit())

    first, second = page.entries
    assert first.metadata.correlation == first.event_id
    assert second.metadata.correlation == first.event_id
    assert first.metadata.causation is None


def test_a_fact_that_came_alone_is_bound_to_nothing(page):
    enter(page, letter())

    assert page.entries[0].metadata.correlation is None


def test_in_whose_stead_an_official_signed_stands_beside_the_event(page):
    one = letter()
    enter(
        page,
        one,
        disposition(one.subject, to=DIVISION_HEAD),
        draft(one.subject, 2, DIVISION_HEAD),
        about(
            one.subject,
            SECRETARY,
            "approval",
            commands.Approve(draft=1, capacity=Capacity.ACTING, acting_for=HEAD),
            3,
        ),
    )

    *others, signed = page.entries
    assert signed.metadata.acting_for == HEAD
    assert {entry.metadata.acting_for for entry in others} == {None}
    assert b"acting_for" not in msgspec.json.encode(others[0].metadata)


def acting_for_the_head(official: str) -> Decider:
    """A decider who knows that somebody is the head's Plh. on the day of the tests."""
    plh = StandIn(
        agency=BPPD,
        official=official,
        acting_for=HEAD,
        capacity=Capacity.DAILY_ACTING,
        first=MORNING.date(),
        last=MORNING.date(),
        decree="SP 800/12/2026",
    )
    known = replace(DIRECTORY, stand_ins=(plh,))
    offices = Offices(
        standards_book.load(), lambda: business.EDITIONS, LEGAL_BASES, lambda: known
    )
    return Decider(offices, authority.load())


def test_a_role_that_comes_with_an_appointment_is_told_with_whose_it_is(page):
    one = letter()
    enter(page, one)
    acting_for_the_head(SECRETARY).settle(disposition(one.subject, by=SECRETARY), page)

    metadata = page.entries[-1].metadata
    assert metadata.acting_for == HEAD
    assert (metadata.official, metadata.role) == (SECRETARY, Role.AGENCY_HEAD)
    assert metadata.rule == "head"


def test_what_is_his_own_to_do_is_told_as_his_own(page):
    one = letter()
    enter(page, one, disposition(one.subject, to=DIVISION_HEAD))
    down = disposition(one.subject, 2, by=DIVISION_HEAD)
    acting_for_the_head(DIVISION_HEAD).settle(down, page)

    metadata = page.entries[-1].metadata
    assert metadata.acting_for is None
    assert (metadata.role, metadata.rule) == (Role.DIVISION_HEAD, "disposing-downward")


def test_a_said_role_of_the_absent_one_is_held_on_his_days_alone(page):
    enter(page, one := letter())
    wish = disposition(one.subject, by=CLERK, said_role=Role.AGENCY_HEAD)
    with pytest.raises(ForbiddenError):
        enter(page, wish)
    acting_for_the_head(CLERK).settle(wish, page)
    assert page.entries[-1].metadata.acting_for == HEAD


def test_an_appointed_one_signs_in_the_role_of_the_absent_one(page):
    one = letter()
    enter(
        page,
        one,
        disposition(one.subject, to=DIVISION_HEAD),
        draft(one.subject, 2, DIVISION_HEAD),
    )
    sign = commands.Approve(draft=1, capacity=Capacity.DAILY_ACTING, acting_for=HEAD)
    # A letter clerk is no tier of his own.
    wish = about(one.subject, CLERK, "approval", sign, 3)
    with pytest.raises(ForbiddenError):
        enter(page, wish)
    acting_for_the_head(CLERK).settle(wish, page)
    metadata = page.entries[-1].metadata
    assert (metadata.role, metadata.acting_for) == (Role.AGENCY_HEAD, HEAD)


def test_the_head_s_roles_do_not_sign_in_the_stand_in_s_own_name(page):
    one = letter()
    enter(
        page,
        one,
        disposition(one.subject, to=DIVISION_HEAD),
        draft(one.subject, 2, DIVISION_HEAD),
    )
    own = about(one.subject, SECRETARY, "approval", commands.Approve(draft=1), 3)
    with pytest.raises(NotTheNextTierError):
        acting_for_the_head(SECRETARY).settle(own, page)
