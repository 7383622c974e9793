"""What became of the items of a request, and of the whole (keputusan)."""

from collections.abc import Iterable

import msgspec

from domain.values import LegalBasisCode, Outcome


class ItemOutcome(msgspec.Struct, frozen=True):
    """What a draft or the counter says of one requested item."""

    n: int
    """The item's number in the request, from 1."""
    outcome: Outcome
    legal_basis: tuple[LegalBasisCode, ...] = ()
    reason: str | None = None


def roll_up(items: Iterable[ItemOutcome]) -> Outcome:
    """The outcome of a case from its items'.

    One word for all stays that word; something granted among others is partial;
    else a refusal outweighs what is not held.
    """
    said = {item.outcome for item in items}
    if len(said) == 1:
        return said.pop()
    if said & {Outcome.GRANTED, Outcome.PARTIAL}:
        return Outcome.PARTIAL
    if Outcome.REFUSED_AS_EXEMPT in said:
        return Outcome.REFUSED_AS_EXEMPT
    return Outcome.NOT_HELD
