"""What decodes well in a standard's file and can't be: such a file stops the start."""

from collections.abc import Iterator
from itertools import pairwise

import msgspec

from domain.ranks import RANKS, is_above
from domain.standard import ServiceStandard, Tier


class Fault(msgspec.Struct, frozen=True):
    """A field that can't be right, by its path from the top, and why."""

    field: tuple[str | int, ...]
    problem: str


def faults(standard: ServiceStandard) -> Iterator[Fault]:
    """A chain that nobody can climb, and gaps that point at nothing."""
    yield from _of_chain(standard.approval_chain)
    fields = msgspec.to_builtins(standard)
    for n, gap in enumerate(standard.gaps):
        if not _leads_somewhere(gap.field, fields):
            problem = f"{gap.field} is no field of this standard"
            yield Fault(field=("gaps", n, "field"), problem=problem)


def _of_chain(chain: tuple[Tier, ...]) -> Iterator[Fault]:
    unranked = sorted({role for tier in chain for role in tier} - set(RANKS))
    if unranked:
        problem = f"{', '.join(unranked)} has no rank to approve by"
        yield Fault(field=("approval_chain",), problem=problem)
        return
    if not all(is_above(higher, lower) for lower, higher in pairwise(chain)):
        problem = "each tier has to rank above the one before it"
        yield Fault(field=("approval_chain",), problem=problem)
    if len(chain[-1]) > 1:
        problem = "the last tier signs, and one role signs"
        yield Fault(field=("approval_chain",), problem=problem)


def _leads_somewhere(path: str, fields: object) -> bool:
    for step in path.split("."):
        if not isinstance(fields, dict) or step not in fields:
            return False
        fields = fields[step]
    return True
