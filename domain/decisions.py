"""`decide`: may refuse, and changes nothing. One arm for each command.

The arms stand by stage of life (intake, handling, drafting, approving, refusing,
delivery) and by what may happen around a request. Complaints and objections have a
`decide` of their own.
"""

from typing import assert_never

from domain import (
    approving,
    commands,
    complaining,
    completing,
    correcting_facts,
    delivery,
    drafting,
    extending,
    handing_on,
    handling,
    intake,
    pausing,
    refusing,
    visit,
    withdrawing,
)
from domain.case import Case
from domain.facts import Fact
from domain.office import Act, Office
from domain.order import in_order
from domain.seating import on_its_day


def decide(  # noqa: C901, PLR0912 - one arm for each command
    case: Case | None,
    command: commands.RequestCommand,
    act: Act,
    office: Office,
) -> tuple[Fact, ...]:
    """What follows from the wish, or a `RuleBrokenError`.

    `case` is the one the command is about, none for a creation. All the facts are
    recorded together or not at all.
    """
    if case is not None:
        in_order(case.last_at, act.occurred_at)
    case, act, office = on_its_day(case, act, office)
    match command:
        case commands.ReceiveAtCounter():
            return intake.receive_at_counter(command, act, office)
        case commands.ReceiveLetter():
            return intake.receive_letter(command, act, office)
        case commands.ReceiveReport():
            return intake.receive_report(command, act, office)
        case commands.Complain():
            return complaining.complain(command, act, office)
        case commands.NoteVisit():
            return visit.note(command, office)
        case _ if case is None:
            message = f"{type(command).__name__} is about a case"
            raise AssertionError(message)
        case commands.GiveDirection():
            return handling.give_direction(case, command, act, office)
        case commands.ReviewReport():
            return handling.review_report(case, command, act, office)
        case commands.Dispose():
            return handling.dispose(case, command, act, office)
        case commands.Draft():
            return drafting.draft(case, command, act, office)
        case commands.Approve():
            return approving.approve(case, command, act, office)
        case commands.ReturnForCorrection():
            return approving.return_for_correction(case, command, act)
        case commands.RefuseAtCounter():
            return refusing.refuse_at_counter(case, command, act, office)
        case commands.RecordConsequenceTest():
            return refusing.record_consequence_test(case, command, office)
        case commands.Deliver():
            return delivery.deliver(case, command, act, office)
        case commands.ArrangePickup():
            return delivery.arrange_pickup(case, command, act, office)
        case commands.RecordCollection():
            return delivery.record_collection(case, command, act, office)
        case commands.RecordMissedPickup():
            return delivery.record_missed_pickup(case, command)
        case commands.ReturnIdCard():
            return delivery.return_id_card(case, command)
        case commands.NoteOverrun():
            return delivery.note_overrun(case, command, act)
        case commands.ImportLaporStatus():
            return delivery.import_lapor_status(case, command)
        case commands.Close():
            return delivery.close(case, command)
        case commands.Reopen():
            return delivery.reopen(case, command, act)
        case commands.RequestCompletion():
            return completing.request_completion(case, command, act, office)
        case commands.ReceiveCompletion():
            return completing.receive_completion(case, command, act, office)
        case commands.Lapse():
            return completing.lapse(case, command, act)
        case commands.Withdraw():
            return withdrawing.withdraw(case, command)
        case commands.Transfer():
            return handing_on.transfer(case, command, act)
        case commands.Convert():
            return handing_on.convert(case, command, act)
        case commands.Extend():
            return extending.extend(case, command, act, office)
        case commands.Pause():
            return pausing.pause(case, command, act, office)
        case commands.Resume():
            return pausing.resume(case, act, office)
        case commands.CorrectFact():
            return correcting_facts.correct(case, command, act, office)
        case _:
            assert_never(command)
