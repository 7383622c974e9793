"""A written refusal is a draft: it is recorded with its final approval."""

import pytest
from msgspec.structs import replace

from domain import commands, events
from domain.outcome import ItemOutcome
from domain.values import DraftKind, Outcome, Stage
from tests.domain.offices import HEAD, LEGAL_BASES, SUBDIVISION_HEAD
from tests.domain.past import disposed, drafted, initialled, weighed
from tests.domain.receipts import lettered
from tests.domain.scenarios import MINUTE, MORNING, Given
from tests.domain.words import (
    KIP_17C,
    KIP_17H,
    blacked_out,
    granted,
    not_documented,
    not_held,
    objection,
    refused,
)

APPROVE = commands.Approve(draft=1)


def sign(*items: ItemOutcome, kind: DraftKind, weighed_items: tuple[int, ...]):
    """Sign a draft with these items, all tiers below having initialled."""
    given = Given(
        lettered(items=len(items)),
        disposed(),
        weighed(*weighed_items),
        drafted(*items, kind=kind),
        initialled(1),
        initialled(2),
    )
    return given.when(APPROVE, by=HEAD)


def test_a_refusal_is_recorded_with_the_final_approval():
    then = sign(refused(), kind=DraftKind.REFUSAL, weighed_items=(1,))
    signed, refusal = (fact.event for fact in then.facts)
    assert isinstance(signed, events.Approved)
    assert signed.outcome is Outcome.REFUSED_AS_EXEMPT
    assert refusal == events.RefusedAsExempt(
        items=(1,),
        legal_basis=(KIP_17C,),
        reason="rahasia",
        outcome=Outcome.REFUSED_AS_EXEMPT,
        due=(objection(MORNING + 6 * MINUTE),),
    )
    then.leaves(stage=Stage.APPROVED, outcome=Outcome.REFUSED_AS_EXEMPT)


def test_initials_on_a_refusal_refuse_nothing_yet():
    written = drafted(refused(), kind=DraftKind.REFUSAL)
    then = Given(lettered(), disposed(), weighed(), written).when(
        APPROVE, by=SUBDIVISION_HEAD
    )
    assert len(then.facts) == 1


def test_a_partial_answer_refuses_the_withheld_items_and_no_others():
    cited = replace(granted(1), legal_basis=(KIP_17H,), reason="untuk diketahui")
    then = sign(
        cited, refused(2), blacked_out(3), kind=DraftKind.PARTIAL, weighed_items=(2,)
    )
    refusal = then.facts[1].event
    assert isinstance(refusal, events.RefusedAsExempt)
    assert refusal.items == (2, 3)
    assert refusal.legal_basis == (KIP_17C, KIP_17H)
    assert refusal.reason == "rahasia\nrahasia pribadi"
    assert refusal.outcome is Outcome.PARTIAL
    assert refusal.without_consequence_test


@pytest.mark.parametrize("silent", [None, "", " \n"])
def test_who_gives_no_reason_for_what_he_withholds_has_the_law_s_reason(silent):
    then = sign(blacked_out(reason=silent), kind=DraftKind.PARTIAL, weighed_items=(1,))
    refusal = then.facts[1].event
    assert isinstance(refusal, events.RefusedAsExempt)
    assert refusal.reason == LEGAL_BASES[KIP_17H].citation
    assert not refusal.without_consequence_test


@pytest.mark.parametrize(
    "reason", ["dikuasai Dinas Kesehatan", "tidak diketahui siapa yang menguasai", None]
)
def test_what_is_not_held_names_its_holder_or_says_that_none_is_known(reason):
    item = replace(not_held(), reason=reason)
    then = sign(item, kind=DraftKind.NOT_HELD, weighed_items=(1,))
    assert len(then.facts) == 1, "no exemption, with a holder or without"
    then.leaves(outcome=Outcome.NOT_HELD, answers=(item,))


def test_each_item_keeps_what_is_blacked_out_in_it_and_why():
    items = (
        granted(1),
        blacked_out(2, KIP_17C, "denah pos dihitamkan"),
        blacked_out(3, KIP_17H, "nama dihitamkan"),
    )
    then = sign(*items, kind=DraftKind.PARTIAL, weighed_items=(2, 3))
    then.leaves(outcome=Outcome.PARTIAL, answers=items)


def test_what_is_not_held_is_never_refused_as_exempt():
    cited = replace(not_held(2), legal_basis=(KIP_17C,), reason="tidak dikuasai")
    then = sign(refused(1), cited, kind=DraftKind.REFUSAL, weighed_items=(1,))
    refusal = then.facts[1].event
    assert isinstance(refusal, events.RefusedAsExempt)
    assert refusal.items == (1,)


@pytest.mark.parametrize(
    ("kind", "items", "outcome"),
    [
        (DraftKind.NOT_HELD, (not_held(),), Outcome.NOT_HELD),
        (DraftKind.NOT_DOCUMENTED, (not_documented(),), Outcome.NOT_DOCUMENTED),
        (DraftKind.PARTIAL, (granted(1), not_held(2)), Outcome.PARTIAL),
        (
            DraftKind.PARTIAL,
            (ItemOutcome(n=1, outcome=Outcome.PARTIAL, reason="sisanya tidak ada"),),
            Outcome.PARTIAL,
        ),
    ],
    ids=["not-held", "not-documented", "partly-held", "no-legal-basis"],
)
def test_a_letter_that_withholds_nothing_as_exempt_records_no_refusal(
    kind, items, outcome
):
    then = sign(*items, kind=kind, weighed_items=(1,))
    assert len(then.facts) == 1
    then.leaves(outcome=outcome)
