"""Handing the answer over, and ending: delivery, pickup, ID card, closing."""

from domain import commands, deadlines, errors, events
from domain.case import FINISHED, LEFT, Case
from domain.due import Due
from domain.exemptions import withholds
from domain.facts import Fact, facts
from domain.office import Act, Office
from domain.outcome import ItemOutcome, roll_up
from domain.values import Channel, Clock, DeliveryMeans, LaporClass, Outcome, Stage

MEANS = {
    Channel.FACE_TO_FACE: (DeliveryMeans.ORAL, DeliveryMeans.HANDED),
    Channel.LETTER: (DeliveryMeans.HANDED, DeliveryMeans.POST, DeliveryMeans.COURIER),
    Channel.SP4N_LAPOR: (DeliveryMeans.LAPOR_POST,),
}
"""How each channel's answers go out, by the procedure of the standard."""


def _due_on_delivery(case: Case, act: Act, office: Office) -> tuple[Due, ...]:
    started: list[Due] = []
    # A refusal has started this clock with its final approval.
    if not case.refused_in_writing:
        started.append(office.objection_from(act.occurred_at))
    if case.channel is Channel.SP4N_LAPOR:
        started.append(
            deadlines.lapor_auto_close(
                act.occurred_at, office.standard.lapor_terms, office.calendar
            )
        )
    return tuple(started)


def _said_at_counter(case: Case, command: commands.Deliver) -> tuple[ItemOutcome, ...]:
    """Outcomes of the items still open: those said, else granted."""
    case.must_have(item.n for item in command.items)
    answered = [item.n for item in command.items if item.n not in case.open_items]
    if answered:
        raise errors.UnknownItemError(answered)
    withheld = [item.n for item in command.items if withholds(item)]
    if withheld:
        raise errors.RefusalNeedsGroundsError(withheld)
    said = {item.n: item for item in command.items}
    return tuple(
        said.get(n, ItemOutcome(n=n, outcome=Outcome.GRANTED)) for n in case.open_items
    )


def deliver(
    case: Case, command: commands.Deliver, act: Act, office: Office
) -> tuple[Fact, ...]:
    """At the counter the handling official answers; else an approved answer leaves."""
    if case.channel is Channel.FACE_TO_FACE:
        case.must_be(Stage.DISPOSED)
        case.must_be_handled_by(act.holder)
        items = _said_at_counter(case, command)
        outcome = roll_up((*case.answers, *items))
    else:
        case.must_be_finally_approved()
        assert case.outcome is not None  # it was said with the final approval
        if command.items:  # they stand in the draft that was approved
            raise errors.WrongChannelError(case.channel, (Channel.FACE_TO_FACE,))
        items, outcome = (), case.outcome
    if command.how not in MEANS[case.channel]:
        raise errors.WrongMeansError(command.how, MEANS[case.channel])
    return facts(
        events.Delivered(
            how=command.how,
            outcome=outcome,
            items=items,
            notified_by=command.notified_by,
            letter_number=command.letter_number,
            due=_due_on_delivery(case, act, office),
        )
    )


def _must_await_pickup(case: Case) -> None:
    case.must_have_come_by(Channel.LETTER)
    case.must_be(Stage.AWAITING_PICKUP)


def arrange_pickup(
    case: Case, command: commands.ArrangePickup, act: Act, office: Office
) -> tuple[Fact, ...]:
    """Only a finally approved letter is called for; calling again is possible."""
    case.must_have_come_by(Channel.LETTER)
    case.must_be_finally_approved()
    office.must_be_near(command.collect_by, act.occurred_at)
    return facts(
        events.PickupArranged(contacts=command.contacts, collect_by=command.collect_by)
    )


def record_collection(
    case: Case, command: commands.RecordCollection, act: Act, office: Office
) -> tuple[Fact, ...]:
    """The answer was collected; that is its delivery."""
    _must_await_pickup(case)
    return facts(
        events.Collected(
            by=command.by,
            told=command.told,
            due=_due_on_delivery(case, act, office),
        )
    )


def record_missed_pickup(
    case: Case, command: commands.RecordMissedPickup
) -> tuple[Fact, ...]:
    """Nobody came: the answer is posted, or the case is closed with a note."""
    _must_await_pickup(case)
    return facts(events.PickupMissed(then=command.then))


def return_id_card(case: Case, command: commands.ReturnIdCard) -> tuple[Fact, ...]:
    """A card is handed back once."""
    case.must_have_come_by(Channel.FACE_TO_FACE)
    if not case.holds_id_card:
        raise errors.NoIdCardHeldError
    return facts(events.IdCardReturned(to=command.to, told=command.told))


def note_overrun(
    case: Case, command: commands.NoteOverrun, act: Act
) -> tuple[Fact, ...]:
    """After the fifteen minutes the handling official says what took longer.

    A visitor who was answered within them was in time, however late this is said.
    """
    case.must_have_come_by(Channel.FACE_TO_FACE)
    case.must_be(Stage.DISPOSED, *FINISHED)
    case.must_be_handled_by(act.holder)
    for clock in case.clocks:
        answered_at = clock.met_at or act.occurred_at
        if clock.due.clock is Clock.STANDARD and answered_at < clock.due.due_at:
            raise errors.TargetNotOverrunError(clock.due.due_at)
    return facts(events.TargetOverrunNoted(reason=command.reason))


def import_lapor_status(
    case: Case, command: commands.ImportLaporStatus
) -> tuple[Fact, ...]:
    """A status of SP4N-LAPOR!'s own, whatever ours is."""
    case.must_have_come_by(Channel.SP4N_LAPOR)
    return facts(events.LaporStatusImported(status=command.status, at=command.at))


def close(case: Case, command: commands.Close) -> tuple[Fact, ...]:
    """Cases that are answered or gone are closed, and aspirations, no requests."""
    aspiration = case.reviewed is LaporClass.ASPIRATION and case.stage is Stage.RECEIVED
    if not aspiration:
        case.must_be(*FINISHED, *LEFT)
    if case.holds_id_card:
        raise errors.IdCardHeldError
    return facts(events.Closed(reason=command.reason))


def may_open_again(case: Case) -> bool:
    """Whether it is over, and there is somebody here to answer once more.

    A request that went another way is answered there, or no longer wanted.
    """
    if case.assignee is None or case.left is not None:
        return False
    return case.stage in {*FINISHED, Stage.CLOSED}


def reopen(case: Case, command: commands.Reopen, act: Act) -> tuple[Fact, ...]:
    """The head opens a finished case again; its last assignee answers once more."""
    case.must_not_be_erased()
    case.must_be(*FINISHED, Stage.CLOSED)
    case.must_be_addressed_to(act.roles)
    if not may_open_again(case):
        raise errors.WrongStageError(case.stage, FINISHED)
    return facts(events.Reopened(reason=command.reason))
