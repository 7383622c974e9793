"""Units are renamed and merged from a day on, and every case keeps the unit it had."""

from datetime import date

import pytest
from msgspec.structs import replace

from application.office import authority
from domain import commands, errors, events
from domain.office import Office
from domain.units import UnitChange, is_circular, path_on
from domain.values import Capacity, DraftKind, Role, Stage
from projections import reader
from tests.domain.offices import (
    ANALYST,
    BIRO,
    BPPD,
    DIVISION_HEAD,
    HEAD,
    OFFICES,
    OTHER_ANALYST,
    OTHER_DIVISION_HEAD,
    OTHER_SUBDIVISION_HEAD,
    SUBDIVISION_HEAD,
)
from tests.domain.past import disposed, drafted, initialled
from tests.domain.receipts import lettered
from tests.domain.scenarios import Given, wita
from tests.domain.words import CHAIN, DOCUMENT, granted

DAY = date(2026, 2, 16)
BEFORE = wita("2026-02-15 23:59")
AFTER = wita("2026-02-16 00:00")
APPROVE = commands.Approve(draft=1)
DRAFT = commands.Draft(kind=DraftKind.ANSWER, items=(granted(),), document=DOCUMENT)


def change(old: str, new: str, on: date = DAY, agency: str = BPPD) -> UnitChange:
    return UnitChange(
        agency=agency, old=old, new=new, effective_on=on, decree="Pergub 7/2026"
    )


def office(*changes: UnitChange) -> Office:
    bppd = OFFICES[BPPD]
    return replace(bppd, directory=replace(bppd.directory, unit_changes=changes))


RENAMED = office(change("batas", "perbatasan"))
MERGED = office(change("batas", "wilayah"), change("potensi", "wilayah"))


def moved(official: str, unit: str, known: Office) -> Office:
    """The office where an official sits in another unit."""
    everybody = dict(known.directory.officials)
    everybody[official, BPPD] = replace(everybody[official, BPPD], unit=unit)
    return replace(known, directory=replace(known.directory, officials=everybody))


def test_a_unit_bears_its_new_name_from_the_day_on_and_so_do_those_below():
    changes = (change("batas", "perbatasan"),)
    assert path_on("batas/lintas", changes, DAY) == "perbatasan/lintas"
    assert path_on("batas/lintas", changes, date(2026, 2, 15)) == "batas/lintas"
    assert path_on("batas-laut", changes, DAY) == "batas-laut"


@pytest.mark.parametrize("known_as", ["batas", "perbatasan", "tapal-batas"])
def test_a_unit_is_found_under_every_name_it_has_had(known_as):
    changes = (
        change("perbatasan", "tapal-batas", date(2026, 5, 4)),
        change("batas", "perbatasan"),
    )
    assert path_on(known_as, changes, date(2026, 5, 4)) == "tapal-batas"


def test_of_two_changes_on_one_day_the_lower_unit_s_goes_first():
    changes = (change("batas", "wilayah"), change("batas/lintas", "pelintas"))
    assert path_on("batas/lintas", changes, DAY) == "pelintas"
    assert path_on("batas/darat", changes, DAY) == "wilayah/darat"


@pytest.mark.parametrize(
    "changes",
    [
        (change("a", "a"),),
        (change("a", "a/b"),),
        (change("a", "b"), change("b", "a")),
        (change("a", "b"), change("b", "a", date(2026, 3, 2))),
        (change("a", "b"), change("b", "c"), change("c", "a/d")),
        (change("a/x", "c/x"), change("c", "a")),
    ],
)
def test_a_unit_that_comes_back_to_a_name_it_left_goes_in_a_circle(changes):
    assert is_circular(changes)
    path_on("a/x", changes, DAY)


def test_a_unit_may_rise_into_the_one_above_or_join_another():
    assert not is_circular((change("a/b", "a"), change("c", "a"), change("a", "d")))


@pytest.mark.parametrize("at", [BEFORE, AFTER])
def test_a_draft_in_review_climbs_on_after_its_unit_was_renamed(at):
    letter = (lettered(), disposed(), drafted())
    given = Given(*letter, office=RENAMED)
    given.when(APPROVE, by=SUBDIVISION_HEAD, at=at).leaves(stage=Stage.IN_REVIEW)
    then = Given(*letter, initialled(), office=RENAMED)
    then.when(APPROVE, by=DIVISION_HEAD, at=at).leaves(stage=Stage.IN_REVIEW)


def test_a_superior_who_was_entered_under_the_new_name_takes_the_tier():
    known = moved(DIVISION_HEAD, "perbatasan", RENAMED)
    given = Given(lettered(), disposed(), drafted(), initialled(), office=known)
    given.when(APPROVE, by=DIVISION_HEAD, at=AFTER).leaves(stage=Stage.IN_REVIEW)
    given.when(APPROVE, by=DIVISION_HEAD, at=BEFORE).then_refused(
        errors.NotTheNextTierError, tier=2, capacity=Capacity.OWN
    )


def test_a_draft_is_sent_back_by_a_superior_under_the_new_name():
    known = moved(SUBDIVISION_HEAD, "perbatasan/lintas", RENAMED)
    back = commands.ReturnForCorrection(draft=1, notes="perbaiki")
    Given(lettered(), disposed(), drafted(), office=known).when(
        back, by=SUBDIVISION_HEAD, at=AFTER
    ).leaves(stage=Stage.RETURNED)


def test_the_draft_in_the_case_keeps_the_unit_in_which_it_was_written():
    given = Given(lettered(), disposed(), drafted(), office=RENAMED)
    case = given.when(APPROVE, by=SUBDIVISION_HEAD, at=AFTER).case
    assert case.draft is not None
    assert case.draft.unit == "batas/lintas"


@pytest.mark.parametrize(
    ("at", "unit"), [(BEFORE, "batas/lintas"), (AFTER, "perbatasan/lintas")]
)
def test_a_draft_tells_the_unit_of_the_day_it_was_written(at, unit):
    given = Given(lettered(), disposed(), office=RENAMED)
    (fact,) = given.when(DRAFT, by=ANALYST, at=at).facts
    assert isinstance(fact.event, events.Drafted)
    assert fact.event.unit == unit


@pytest.mark.parametrize(
    ("at", "unit"), [(BEFORE, "batas/lintas"), (AFTER, "perbatasan/lintas")]
)
def test_a_disposition_tells_the_unit_of_the_day_it_was_made(at, unit):
    given = Given(lettered(), office=RENAMED)
    given.when(commands.Dispose(to=ANALYST), by=HEAD, at=at).then(
        events.Disposed(to=ANALYST, by=HEAD, unit=unit)
    )


def test_a_past_case_keeps_the_unit_it_had():
    before = Given(lettered(), office=OFFICES[BPPD])
    assigned = before.when(commands.Dispose(to=ANALYST), by=HEAD, at=BEFORE).case
    told_late = Given(lettered(), office=RENAMED)
    again = told_late.when(commands.Dispose(to=ANALYST), by=HEAD, at=BEFORE).case
    assert assigned == again
    assert assigned.unit == "batas/lintas"


def test_in_a_merged_unit_either_s_superior_takes_the_tier():
    given = Given(lettered(), disposed(), drafted(), initialled(), office=MERGED)
    given.when(APPROVE, by=OTHER_DIVISION_HEAD, at=AFTER).leaves(stage=Stage.IN_REVIEW)
    given.when(APPROVE, by=OTHER_DIVISION_HEAD, at=BEFORE).then_refused(
        errors.NotTheNextTierError, tier=2, capacity=Capacity.OWN
    )


def test_in_a_merged_unit_its_head_assigns_either_s_officials():
    given = Given(lettered(), disposed(to=DIVISION_HEAD), office=MERGED)
    command = commands.Dispose(to=OTHER_ANALYST)
    given.when(command, by=DIVISION_HEAD, at=AFTER).leaves(assignee=OTHER_ANALYST)
    given.when(command, by=DIVISION_HEAD, at=BEFORE).then_refused(
        errors.NotSubordinateError, official=OTHER_ANALYST
    )


def test_a_superior_of_the_merged_unit_may_stand_in():
    command = commands.Approve(
        draft=1, capacity=Capacity.DAILY_ACTING, acting_for=SUBDIVISION_HEAD
    )
    given = Given(lettered(), disposed(), drafted(), office=MERGED)
    given.when(command, by=OTHER_DIVISION_HEAD, at=AFTER).leaves(stage=Stage.IN_REVIEW)


def test_another_agency_s_change_changes_nothing_here():
    elsewhere = office(change("batas", "wilayah", agency=BIRO))
    given = Given(lettered(), office=elsewhere)
    given.when(commands.Dispose(to=ANALYST), by=HEAD, at=AFTER).then(
        events.Disposed(to=ANALYST, by=HEAD, unit="batas/lintas")
    )


def test_after_a_merger_the_new_superior_sees_who_asks_and_may_approve():
    case = Given(lettered(), disposed(), drafted(), initialled()).case
    assert case is not None
    head = MERGED.directory.officials[OTHER_DIVISION_HEAD, BPPD]
    table = authority.load()
    seen = [reader.before(case, head, table, MERGED, at) for at in (BEFORE, AFTER)]
    assert [one.requester for one in seen] == [False, True]
    assert ["approval" in one.actions for one in seen] == [False, True]


def test_a_new_lead_writes_the_next_version_and_the_old_one_does_not():
    history = (lettered(), disposed(), drafted(), initialled())
    given = Given(*history, disposed(to=OTHER_ANALYST))
    given.when(DRAFT, by=ANALYST).then_refused(errors.NotTheAssignedOfficialError)
    then = given.when(DRAFT, by=OTHER_ANALYST)
    (fact,) = then.facts
    assert isinstance(fact.event, events.Drafted)
    assert (fact.event.n, fact.event.tiers) == (2, CHAIN)
    assert fact.event.unit == "potensi/data"
    assert then.case.draft is not None
    assert then.case.draft.approvals == ()


def test_with_a_new_lead_the_draft_stays_and_may_be_approved_as_it_is():
    history = (lettered(), disposed(), drafted(), initialled())
    given = Given(*history, disposed(to=OTHER_ANALYST))
    assert given.case is not None
    assert given.case.stage is Stage.IN_REVIEW
    given.when(APPROVE, by=DIVISION_HEAD).leaves(
        stage=Stage.IN_REVIEW, assignee=OTHER_ANALYST
    )


def test_the_initials_of_the_old_version_are_void_for_the_new_lead_s():
    history = (lettered(), disposed(), drafted(), initialled())
    new = drafted(n=2, by=OTHER_ANALYST, unit="potensi/data")
    given = Given(*history, disposed(to=OTHER_ANALYST), new)
    given.when(APPROVE, by=DIVISION_HEAD).then_refused(
        errors.StaleDraftError, draft=1, current=2
    )
    second = commands.Approve(draft=2)
    given.when(second, by=OTHER_DIVISION_HEAD).then_refused(
        errors.NotTheNextTierError, tier=1, capacity=Capacity.OWN
    )
    (fact,) = given.when(second, by=OTHER_SUBDIVISION_HEAD).facts
    assert isinstance(fact.event, events.Approved)
    assert (fact.event.tier, fact.event.role) == (1, Role.SUBDIVISION_HEAD)
