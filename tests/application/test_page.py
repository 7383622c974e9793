"""A page: cases as they stand, the next numbers, and what is to be written."""

from uuid import uuid4

import msgspec
import pytest

from application import upcasting
from application.entries import Metadata, Step
from application.page import Page
from domain import events
from domain.values import Stage, VisitOutcome
from tests.application.business import DECIDER, disposition, letter, new_id
from tests.domain.offices import ANALYST, BPPD, HEAD
from tests.domain.scenarios import MORNING


def page(histories=None, lasts=None):
    return Page(
        MORNING,
        new_id,
        histories=histories or {},
        lasts=lasts or {},
        reports={},
        replies={},
    )


def step(entry):
    """An entry as the register gives it back to a decision."""
    return Step(
        entry.version,
        upcasting.tag_of(type(entry.event)),
        msgspec.json.encode(entry.event),
        entry.occurred_at,
        entry.recorded_at,
        msgspec.json.encode(entry.metadata).decode(),
    )


@pytest.fixture
def disposed():
    """Give a case's history of two entries, and the case's id."""
    first = page()
    errand = letter()
    for each in (errand, disposition(errand.subject)):
        DECIDER.settle(each, first)
    return errand.subject, [step(entry) for entry in first.entries]


def test_a_case_stands_as_its_history_says(disposed):
    case, history = disposed

    standing = page(histories={case: history}).standing(case)

    assert standing.version == 2
    assert standing.matter.stage is Stage.DISPOSED
    assert standing.matter.assignee == ANALYST
    assert standing.matter.last_at == MORNING


def test_what_has_no_history_is_no_case():
    assert page().standing(uuid4()) is None


def test_a_visits_history_is_no_case():
    stream = uuid4()
    visited = events.Visited(
        agency=BPPD,
        outcome=VisitOutcome.ADVICE_ONLY,
        person=uuid4(),
        words="2" * 64,
    )
    line = Step(
        1,
        "visited",
        msgspec.json.encode(visited),
        MORNING,
        MORNING,
        msgspec.json.encode(Metadata(official=HEAD)).decode(),
    )

    assert page(histories={stream: [line]}).standing(stream) is None


def test_numbers_follow_the_last_one_drawn():
    series = (BPPD, 2026)
    drawn = page(lasts={series: 41})

    assert drawn.next_number(series, "BPPD") == "BPPD-2026-00042"
    drawn.take_number(series, "BPPD-2026-00042", uuid4())
    assert drawn.next_number(series, "BPPD") == "BPPD-2026-00043"
    assert drawn.moved == {series}


def test_only_what_was_entered_makes_the_side_books_dirty(disposed):
    case, history = disposed
    read = page(histories={case: history})
    assert not read.has_side_books
    DECIDER.settle(disposition(case, 2), read)
    assert not read.has_side_books
    DECIDER.settle(letter(), read)
    assert read.has_side_books
