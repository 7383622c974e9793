"""What is owed in a case is open to whom it is owed by, and nobody is left out."""

from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace

from application.office import authority
from domain import turns
from domain.evolution import evolve
from domain.facts import By
from domain.open_acts import GUARDS, Turn
from domain.values import Capacity, LaporClass, MissedPickup, Requirement, Role
from projections.case_row import Row
from projections.course import Course
from projections.owed import IN_CASES, Duty, Task, owed
from tests.domain import past
from tests.domain.offices import (
    ANALYST,
    DIVISION_HEAD,
    OFFICES,
    OTHER_ANALYST,
    SUBDIVISION_HEAD,
)
from tests.domain.receipts import lettered, reported, visited
from tests.domain.scenarios import MINUTE, MORNING, Happened, wita
from tests.domain.words import CASE
from tests.projections.walks import is_case, rows_of, walked

TABLE = authority.load()


def row(*happened: Happened | tuple[Happened, ...]) -> Row:
    """The case's row after what happened, a minute after the other."""
    case, course, at, version = None, Course(), MORNING - MINUTE, 0
    for each in happened:
        for one in each if isinstance(each, tuple) else (each,):
            at, version = one.at or at + MINUTE, version + 1
            case = evolve(case, one.event, By(one.by, at))
            course = course.after(case, one.event)
    assert case is not None
    return Row(CASE, version, 1, case, course)


def told(*happened: Happened | tuple[Happened, ...]) -> list[tuple[str, str]]:
    """What is owed then, and by whom."""
    return [
        (task.duty.value, task.official or task.role.value)
        for task in owed(row(*happened))
    ]


DRAFTED = (past.disposed(), past.drafted())
APPROVED = (past.disposed(), past.approved())


@pytest.mark.parametrize(
    ("happened", "expected"),
    [
        ((visited(),), [("direction", "receptionist")]),
        (
            (visited(card="ktp"), past.directed()),
            [("identity-return", "receptionist"), ("delivery", ANALYST)],
        ),
        (
            (visited(card="ktp"), past.directed(), past.answered_orally()),
            [("identity-return", "receptionist")],
        ),
        (
            (visited(), past.directed(), past.answered_orally()),
            [("closing", "receptionist")],
        ),
        ((visited(), past.directed(), past.converted()), [("closing", "receptionist")]),
        ((reported(),), [("review", "lapor_liaison")]),
        ((reported(), past.reviewed()), [("disposition", "agency_head")]),
        (
            (reported(), past.reviewed(LaporClass.ASPIRATION)),
            [("closing", "lapor_liaison")],
        ),
        ((lettered(),), [("disposition", "agency_head")]),
        (
            (lettered(addressee=Role.REGIONAL_SECRETARY),),
            [("disposition", "agency_head"), ("disposition", "regional_secretary")],
        ),
        (
            (lettered(missing=(Requirement.PHONE,)),),
            [("completion-request", "letter_clerk")],
        ),
        (
            (lettered(missing=(Requirement.PHONE,)), past.asked(Requirement.PHONE)),
            [("lapse", "letter_clerk")],
        ),
        ((lettered(), past.disposed()), [("draft", ANALYST)]),
        (
            (lettered(), past.disposed(), past.disposed(to=OTHER_ANALYST)),
            [("draft", OTHER_ANALYST)],
        ),
        ((lettered(), *DRAFTED), [("approval", "subdivision_head")]),
        (
            (lettered(), *DRAFTED, past.initialled(1)),
            [("approval", "division_head"), ("approval", "agency_secretary")],
        ),
        ((lettered(), *DRAFTED, past.returned()), [("draft", ANALYST)]),
        ((lettered(), *APPROVED), [("delivery", "letter_clerk")]),
        (
            (lettered(), *APPROVED, past.called()),
            [("collection", "letter_clerk"), ("pickup-missed", "letter_clerk")],
        ),
        (
            (lettered(), *APPROVED, past.called(), past.missed(MissedPickup.POST)),
            [("delivery", "letter_clerk")],
        ),
        ((lettered(), *APPROVED, past.called(), past.missed(MissedPickup.CLOSE)), []),
        ((lettered(), *APPROVED, past.delivered()), [("closing", "letter_clerk")]),
        ((lettered(), past.withdrawn()), [("closing", "letter_clerk")]),
        ((lettered(), *APPROVED, past.delivered(), past.closed()), []),
        (
            (lettered(), *APPROVED, past.delivered(), past.closed(), past.reopened()),
            [("draft", ANALYST)],
        ),
    ],
)  # fmt: skip
def test_what_is_owed_goes_from_hand_to_hand(happened, expected):
    assert sorted(told(*happened)) == sorted(expected)


def one(*happened: Happened | tuple[Happened, ...]) -> Task:
    [task] = owed(row(*happened))
    return task


def test_a_visitor_waits_by_a_target_and_the_answer_is_due_by_a_limit():
    task = one(visited())

    assert task.target_at == MORNING + timedelta(minutes=15)
    assert (task.due_on, task.due_at) == (
        date(2026, 2, 26),
        datetime(2026, 2, 26, 16, tzinfo=UTC),
    )
    assert one(lettered()).target_at is None


def test_a_lapse_waits_for_the_day_after_the_one_that_was_told():
    incomplete = lettered(missing=(Requirement.PHONE,))
    asked = row(incomplete, past.asked(Requirement.PHONE))

    [task] = owed(asked)

    assert task.from_on == date(2026, 2, 14)
    clerk = OFFICES["bppd"].directory.officials["agendaris", "bppd"]
    midnight = wita("2026-02-14 00:00")
    for at, may in ((midnight - MINUTE, False), (midnight, True)):
        turn = Turn(asked.case, clerk, Role.LETTER_CLERK, at)
        assert GUARDS["lapse"](turn) is may


def test_a_pickup_is_missed_from_the_day_after_the_last_one_to_collect():
    tasks = {
        task.duty: task for task in owed(row(lettered(), *APPROVED, past.called()))
    }

    assert tasks[Duty.COLLECTION].from_on is None
    missed = tasks[Duty.PICKUP_MISSED].from_on
    assert missed == past.COLLECT_BY + timedelta(days=1)


def test_an_assignee_s_task_is_as_old_as_the_assignment():
    first = one(lettered(), past.disposed())
    again = one(lettered(), past.disposed(), past.disposed(to=OTHER_ANALYST))

    assert (first.since, again.since) == (MORNING + MINUTE, MORNING + 2 * MINUTE)


def test_who_drafted_or_initialled_does_not_approve_again():
    first, second = (
        [task for task in owed(row(lettered(), *DRAFTED, *more)) if task.duty]
        for more in ((), (past.initialled(1),))
    )

    assert {task.not_by for task in first} == {(ANALYST,)}
    assert {task.not_by for task in second} == {(ANALYST, SUBDIVISION_HEAD)}
    assert {task.drafted_by for task in (*first, *second)} == {ANALYST}


def test_initials_in_anothers_stead_do_not_count_as_one_s_own():
    initials = past.initialled(1, by=DIVISION_HEAD)
    event = replace(
        initials.event, capacity=Capacity.ACTING, acting_for=SUBDIVISION_HEAD
    )
    acting = replace(initials, event=event)

    tasks = owed(row(lettered(), *DRAFTED, acting))

    assert {task.not_by for task in tasks} == {(ANALYST,)}


def test_at_the_last_tier_to_the_secretary_neither_unit_nor_initials_count():
    letter = lettered(addressee=Role.REGIONAL_SECRETARY)
    last = one(letter, *DRAFTED, past.initialled(1), past.initialled(2))

    assert (last.role, last.on_behalf, last.not_by) == (
        Role.AGENCY_HEAD,
        True,
        (ANALYST,),
    )


def test_whatever_is_owed_somebody_may_do_and_every_turn_is_owed():
    seen: set[Duty] = set()
    for seed in range(60):
        for stream, history in walked(seed).register.histories.items():
            if is_case(history):
                for stood in rows_of(stream, history):
                    must_be_fair(stood)
                    seen |= {task.duty for task in owed(stood)}
    assert seen == set(IN_CASES)


def must_be_fair(stood: Row) -> None:
    """Each task is open to somebody, and whose turn it is has one."""
    tasks = owed(stood)
    for task in tasks:
        must_be_open_to_somebody(task, stood)
    whose = turns.whose(stood.case)
    if whose is None:
        assert not tasks
    elif whose != turns.REQUESTER:
        assert whose in {task.role for task in tasks} or stood.case.holds_id_card


def must_be_open_to_somebody(task: Task, stood: Row) -> None:
    """Some official of that role, or the assignee, may do it by rules and table."""
    case = stood.case
    office = OFFICES[case.agency]
    at = case.last_at
    if task.from_on is not None:
        at = max(at, office.calendar.start_of(task.from_on))
    roles = [
        (official, role)
        for official in office.directory.officials.values()
        if official.agency == case.agency
        for role in official.roles
        if (
            role is task.role if task.official is None else official.id == task.official
        )
    ]
    able = [
        official.id
        for official, role in roles
        if GUARDS[task.duty](Turn(case, official, role, at))
        and TABLE.row((role,), task.duty, case.channel) is not None
    ]
    # BPPD alone has a secretary; nobody has that tier at the Biro.
    is_vacant = not roles
    assert able or is_vacant, (task, case)
