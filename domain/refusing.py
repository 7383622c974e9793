"""Refusing at the counter, and the consequence test that a refusal rests on."""

from domain import commands, errors, events
from domain.case import DRAFTABLE, Case
from domain.facts import Fact, facts
from domain.office import Act, Office
from domain.outcome import ItemOutcome, roll_up
from domain.terms import Strictness
from domain.values import Channel, Outcome, Stage

TESTABLE = (
    *DRAFTABLE,
    Stage.APPROVED,
    Stage.AWAITING_PICKUP,
    Stage.DELIVERED,
    Stage.REFUSED,
    Stage.CLOSED,
)
"""From the disposition on; a refusal at the counter is tested after it was said."""


def refuse_at_counter(
    case: Case, command: commands.RefuseAtCounter, act: Act, office: Office
) -> tuple[Fact, ...]:
    """The handling official says at once that items are exempt, and why."""
    office.must_know(command.legal_basis)
    case.must_have_come_by(Channel.FACE_TO_FACE)
    case.must_be(Stage.DISPOSED)
    case.must_be_handled_by(act.holder)
    items = command.items or case.open_items
    case.must_have(items)
    answered = [n for n in items if n not in case.open_items]
    if answered:
        raise errors.UnknownItemError(answered)
    if not command.legal_basis or not command.reason.strip():
        raise errors.GroundsMissingError(items)
    office.must_be_told(command.legal_basis, command.reason)
    if office.standard.consequence_test.at_the_counter is Strictness.REQUIRED:
        case.must_have_tested(items)
    whole = set(items) == set(case.open_items)
    refused = tuple(ItemOutcome(n=n, outcome=Outcome.REFUSED_AS_EXEMPT) for n in items)
    outcome = roll_up((*case.answers, *refused)) if whole else None
    return facts(
        events.RefusedAsExempt(
            items=tuple(items),
            legal_basis=command.legal_basis,
            reason=command.reason,
            outcome=outcome,
            exempt_until=command.exempt_until,
            without_consequence_test=not set(items) <= case.tested_items,
            due=(office.objection_from(act.occurred_at),) if whole else (),
        )
    )


def record_consequence_test(
    case: Case, command: commands.RecordConsequenceTest, office: Office
) -> tuple[Fact, ...]:
    """The PPID's test comes before a written refusal (UU 14/2008 art. 19)."""
    office.must_know((command.act,))
    for participant in command.participants:
        office.must_know_official(participant)
    case.must_be(*TESTABLE)
    case.must_have(command.items)
    office.must_be_told((command.act,), command.analysis)
    return facts(
        events.ConsequenceTestRecorded(
            items=command.items,
            act=command.act,
            analysis=command.analysis,
            participants=command.participants,
            until=command.until,
            document=command.document,
            part=command.part,
        )
    )
