"""Filing objections, deciding them, and noting disputes (keberatan dan sengketa)."""

from typing import assert_never

from domain import commands, deadlines, errors, events, grounds
from domain.case import Case
from domain.clock_faces import after_the_superiors_silence
from domain.delivery import may_open_again
from domain.facts import Fact, facts
from domain.objection import Objection
from domain.office import Act, Office
from domain.order import in_order
from domain.values import Filer, ObjectionRuling, ObjectionStage, Stage


def _file(
    case: Case, command: commands.FileObjection, act: Act, office: Office
) -> tuple[Fact, ...]:
    """Whoever has a ground files it in time, himself or by a proxy with power."""
    case.must_not_be_erased()
    by_proxy = command.filed_by is Filer.PROXY
    if by_proxy and command.power_of_attorney is None:
        raise errors.PowerOfAttorneyMissingError
    window = grounds.window(case, office, act.occurred_at)
    if window is None or command.ground not in grounds.given_by(case, act.occurred_at):
        raise errors.NothingToObjectToError(command.ground)
    if window.ran_out(act.occurred_at):
        raise errors.ObjectionTooLateError(window.due.due_at)
    reply = deadlines.objection_reply(
        act.occurred_at, office.standard.statute, office.calendar
    )
    return facts(
        events.ObjectionFiled(
            agency=case.agency,
            case=command.case,
            standard=case.standard,
            ground=command.ground,
            facts=command.facts,
            person=case.person,
            filed_by=command.filed_by,
            power_of_attorney=command.power_of_attorney,
            due=(reply,),
        )
    )


def _falls(case: Case, ruling: ObjectionRuling) -> bool:
    """Whether the ruling takes an answer back, so that another one is owed.

    A case still at work, or one that nobody was given, is open as it is.
    """
    if ruling is ObjectionRuling.UPHOLD:
        return False
    if case.stage in {Stage.APPROVED, Stage.AWAITING_PICKUP}:
        # An answer that gives everything still goes out; a refusal does not.
        return case.refused_in_writing
    return may_open_again(case)


def _rule(
    objection: Objection,
    case: Case,
    command: commands.DecideObjection,
    act: Act,
    office: Office,
) -> tuple[Fact, ...]:
    """The superior rules once, however late; what falls goes back to its assignee."""
    if objection.stage is not ObjectionStage.FILED:
        raise errors.WrongObjectionStageError(objection.stage, (ObjectionStage.FILED,))
    if case.hands & {act.official.id, act.holder.id}:
        raise errors.DeciderWasTierError
    case.must_have(item.n for item in command.items)
    if command.decision is ObjectionRuling.PART and not command.items:
        raise errors.ItemWithoutOutcomeError(range(1, case.items + 1))
    dispute = deadlines.dispute(
        act.occurred_at, office.standard.statute, office.calendar
    )
    decided = Fact(
        event=events.ObjectionDecided(
            decision=command.decision,
            reason=command.reason,
            items=command.items,
            letter_number=command.letter_number,
            due=(dispute,),
        )
    )
    if not _falls(case, command.decision):
        return (decided,)
    case.must_not_be_erased()
    in_order(case.last_at, act.occurred_at)
    reopened = events.Reopened(reason=command.reason, objection=command.objection)
    return (decided, Fact(event=reopened, stream=command.case))


def _note_dispute(
    objection: Objection, command: commands.NoteDispute, act: Act, office: Office
) -> tuple[Fact, ...]:
    """The matter is before the Commission, after a decision or the lack of one."""
    by_itself = after_the_superiors_silence(
        objection.clocks, office.standard.statute, office.calendar, act.occurred_at
    )
    if objection.stage is ObjectionStage.FILED and by_itself is None:
        raise errors.WrongObjectionStageError(
            objection.stage, (ObjectionStage.DECIDED, ObjectionStage.DISPUTED)
        )
    return facts(
        events.DisputeNoted(
            commission_number=command.commission_number,
            status=command.status,
            result=command.result,
            due=() if by_itself is None else (by_itself,),
        )
    )


def decide(
    objection: Objection | None,
    case: Case,
    command: commands.ObjectionCommand,
    act: Act,
    office: Office,
) -> tuple[Fact, ...]:
    """What follows from a wish about an objection to a case, or a refusal.

    `objection` is None while one is only being filed.
    """
    in_order((objection or case).last_at, act.occurred_at)
    match command:
        case commands.FileObjection():
            return _file(case, command, act, office)
        case _ if objection is None:
            message = f"{type(command).__name__} is about an objection"
            raise AssertionError(message)
        case commands.DecideObjection():
            return _rule(objection, case, command, act, office)
        case commands.NoteDispute():
            return _note_dispute(objection, command, act, office)
        case _:
            assert_never(command)
