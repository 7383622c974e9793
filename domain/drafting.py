"""Drafting the answer (menyusun konsep): outcomes, grounds, and the tiers above."""

from collections.abc import Iterable

from domain import commands, errors, events
from domain.case import DRAFTABLE, Case
from domain.exemptions import withholds
from domain.facts import Fact, facts
from domain.office import Act, Office, Official
from domain.outcome import ItemOutcome
from domain.ranks import RANKS
from domain.terms import Strictness
from domain.values import Channel, DraftKind, Outcome, Role

WRITTEN = (Channel.LETTER, Channel.SP4N_LAPOR)
"""Channels whose answers are drafted and climb the tiers."""

GIVEN = frozenset({Outcome.GRANTED, Outcome.PARTIAL})
WITHHELD = frozenset(
    {Outcome.REFUSED_AS_EXEMPT, Outcome.NOT_HELD, Outcome.NOT_DOCUMENTED}
)


def _must_have_grounds(items: Iterable[ItemOutcome]) -> None:
    bare = [
        item.n
        for item in items
        if item.outcome is Outcome.REFUSED_AS_EXEMPT
        and not (item.legal_basis and (item.reason or "").strip())
    ]
    if bare:
        raise errors.GroundsMissingError(bare)


def _fits(kind: DraftKind, items: tuple[ItemOutcome, ...]) -> bool:
    """Whether a letter of this kind can say these outcomes.

    What withholds something is no plain answer, whether an item or a part of one.

    "Not held" and "not documented" are no exemptions (UU 14/2008 art. 6(3)e against
    art. 17), so a refusal always has a refused item.
    """
    said = {item.outcome for item in items}
    refused = Outcome.REFUSED_AS_EXEMPT in said
    match kind:
        case DraftKind.ANSWER | DraftKind.COVER:
            return not any(withholds(item) for item in items)
        case DraftKind.REFUSAL:
            return refused and not said & GIVEN
        case DraftKind.PARTIAL:
            return bool(said & GIVEN) and (
                bool(said & WITHHELD) or Outcome.PARTIAL in said
            )
        case DraftKind.NOT_HELD:
            return Outcome.NOT_HELD in said and not refused and not said & GIVEN
        case DraftKind.NOT_DOCUMENTED:
            return Outcome.NOT_DOCUMENTED in said and not refused and not said & GIVEN


def tiers_above(
    drafter: Official, chain: tuple[tuple[Role, ...], ...]
) -> tuple[tuple[Role, ...], ...]:
    """The tiers a draft climbs: those above the drafter's rank, and the signer.

    Permendagri 54/2009, Lampiran C: a draft of the signer's own needs no initials.
    """
    rank = drafter.rank
    above = tuple(
        tier
        for tier in chain[:-1]
        if rank is not None and max(RANKS[role] for role in tier) < rank
    )
    return (*above, chain[-1])


def draft(
    case: Case, command: commands.Draft, act: Act, office: Office
) -> tuple[Fact, ...]:
    """The assignee writes the next version; it voids the initials of the last one."""
    office.must_know(code for item in command.items for code in item.legal_basis)
    case.must_have_come_by(*WRITTEN)
    case.must_be(*DRAFTABLE)
    case.must_be_handled_by(act.holder)
    case.must_have(item.n for item in command.items)
    case.must_be_answered_whole_by(command.items)
    _must_have_grounds(command.items)
    for item in command.items:
        office.must_be_told(item.legal_basis, item.reason)
    if not _fits(command.kind, command.items):
        said = {item.outcome for item in command.items}
        raise errors.DraftKindMismatchError(command.kind, sorted(said))
    if office.standard.consequence_test.in_writing is Strictness.REQUIRED:
        case.must_have_tested(item.n for item in command.items if withholds(item))
    return facts(
        events.Drafted(
            n=1 if case.draft is None else case.draft.n + 1,
            kind=command.kind,
            items=command.items,
            tiers=tiers_above(act.holder, office.standard.approval_chain),
            unit=act.holder.unit,
            document=command.document,
            text=command.text,
        )
    )
