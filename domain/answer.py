"""Writing the answer: drafts, tiers, corrections, refusals and what they rest on."""

from collections.abc import Iterable

from domain import commands, deadlines, errors, events, exemptions
from domain.case import Case, Draft, roll_up
from domain.facts import Fact, facts
from domain.office import RANKS, Act, Office, Official
from domain.terms import Strictness
from domain.values import (
    ApprovalKind,
    Capacity,
    Channel,
    DraftKind,
    ItemOutcome,
    LegalBasisCode,
    Outcome,
    Role,
    Stage,
)

WRITTEN = (Channel.LETTER, Channel.SP4N_LAPOR)
"""Channels whose answers are drafted and climb the tiers."""

DRAFTABLE = (Stage.DISPOSED, Stage.DRAFTED, Stage.RETURNED, Stage.IN_REVIEW)
REVIEWABLE = (Stage.DRAFTED, Stage.IN_REVIEW)
TESTABLE = (
    *DRAFTABLE,
    Stage.APPROVED,
    Stage.AWAITING_PICKUP,
    Stage.DELIVERED,
    Stage.REFUSED,
    Stage.CLOSED,
)
"""From the disposition on; a refusal at the counter is tested after it was said."""

GIVEN = frozenset({Outcome.GRANTED, Outcome.PARTIAL})
WITHHELD = frozenset(
    {Outcome.REFUSED_AS_EXEMPT, Outcome.NOT_HELD, Outcome.NOT_DOCUMENTED}
)


def _must_know(cited: Iterable[LegalBasisCode], office: Office) -> None:
    for code in exemptions.unknown(cited, office.legal_bases):
        raise errors.UnknownLegalBasisError(code)


def _must_have_grounds(items: Iterable[ItemOutcome]) -> None:
    bare = [
        item.n
        for item in items
        if item.outcome is Outcome.REFUSED_AS_EXEMPT
        and not (item.legal_basis and (item.reason or "").strip())
    ]
    if bare:
        raise errors.GroundsMissingError(bare)


def _fits(kind: DraftKind, said: set[Outcome]) -> bool:
    """Whether a letter of this kind can say these outcomes.

    "Not held" and "not documented" are no exemptions (UU 14/2008 art. 6(3)e against
    art. 17), so a refusal always has a refused item.
    """
    refused = Outcome.REFUSED_AS_EXEMPT in said
    match kind:
        case DraftKind.ANSWER | DraftKind.COVER:
            return not refused
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
    _must_know((code for item in command.items for code in item.legal_basis), office)
    case.must_have_come_by(*WRITTEN)
    case.must_be(*DRAFTABLE)
    case.must_be_handled_by(act.official)
    case.must_have(item.n for item in command.items)
    case.must_be_answered_whole_by(command.items)
    _must_have_grounds(command.items)
    said = {item.outcome for item in command.items}
    if not _fits(command.kind, said):
        raise errors.DraftKindMismatchError(command.kind, sorted(said))
    if office.standard.consequence_test.in_writing is Strictness.REQUIRED:
        refused = [
            item.n
            for item in command.items
            if item.outcome is Outcome.REFUSED_AS_EXEMPT
        ]
        untested = [n for n in refused if n not in case.tested]
        if untested:
            raise errors.ConsequenceTestMissingError(untested)
    return facts(
        events.Drafted(
            n=1 if case.draft is None else case.draft.n + 1,
            kind=command.kind,
            items=command.items,
            tiers=tiers_above(act.official, office.standard.approval_chain),
            unit=act.official.unit,
            document=command.document,
            text=command.text,
        )
    )


def _is_signers_own(written: Draft, drafter: Official) -> bool:
    """Whether the drafter is the signer himself, so that no tier lies between.

    An official right below the signer has one tier above him too, and signs nothing
    that he wrote, not even in the absent signer's stead.
    """
    return len(written.tiers) == 1 and bool(set(drafter.roles) & set(written.tiers[-1]))


def _signed_for(command: commands.Approve, act: Act, office: Office) -> Official:
    """Whose tier it is: the official's own, or his in whose stead he signs."""
    if command.acting_for is None:
        return act.official
    absent = office.directory.find(command.acting_for, office.agency)
    if absent is None:
        raise errors.UnknownOfficialError(command.acting_for)
    return absent


def _roles_for(
    case: Case, written: Draft, command: commands.Approve, act: Act, whose: Official
) -> tuple[Role, ...]:
    """The roles in which the next tier may be taken; none when the capacity is wrong.

    In one's own name nobody else is meant; in any other somebody else is.
    """
    is_own = command.capacity is Capacity.OWN
    names_nobody = command.acting_for is None
    if is_own is not names_nobody or command.acting_for == act.official.id:
        return ()
    is_last = written.next_tier == len(written.tiers)
    to_secretary = is_last and case.addressee is Role.REGIONAL_SECRETARY
    if to_secretary and is_own:
        return ()
    if to_secretary and command.capacity is Capacity.ON_BEHALF:
        # "a.n. Sekretaris Daerah": the head of the agency signs, and nobody else.
        return act.roles if Role.REGIONAL_SECRETARY in whose.roles else ()
    if not whose.is_over(written.unit):
        return ()
    return act.roles if is_own else whose.roles


def _tier_role(
    case: Case, written: Draft, command: commands.Approve, act: Act, whose: Official
) -> Role:
    """The role by which this approval is the next tier's; refuses any other."""
    wanted = written.tiers[written.next_tier - 1]
    for role in _roles_for(case, written, command, act, whose):
        if role in wanted:
            return role
    raise errors.NotTheNextTierError(written.next_tier, command.capacity)


def _final_kind(case: Case) -> ApprovalKind:
    # SP4N-LAPOR!: "untuk mendapat persetujuan"; only letters are signed.
    is_letter = case.channel is Channel.LETTER
    return ApprovalKind.SIGNATURE if is_letter else ApprovalKind.APPROVAL


def _withholds(item: ItemOutcome) -> bool:
    """Whether an item is refused, or given with parts blacked out on a legal basis."""
    if item.outcome is Outcome.REFUSED_AS_EXEMPT:
        return True
    has_grounds = bool(item.legal_basis and (item.reason or "").strip())
    return item.outcome is Outcome.PARTIAL and has_grounds


def _refusal_in(
    case: Case, written: Draft, outcome: Outcome, act: Act, office: Office
) -> events.RefusedAsExempt | None:
    refused = [item for item in written.items if _withholds(item)]
    if written.kind not in {DraftKind.REFUSAL, DraftKind.PARTIAL} or not refused:
        return None
    bases = dict.fromkeys(code for item in refused for code in item.legal_basis)
    reasons = dict.fromkeys(item.reason for item in refused if item.reason)
    return events.RefusedAsExempt(
        items=tuple(item.n for item in refused),
        legal_basis=tuple(bases),
        reason="\n".join(reasons),
        outcome=outcome,
        without_consequence_test=not {item.n for item in refused} <= case.tested,
        due=(
            deadlines.objection(
                act.occurred_at, office.standard.statute, office.calendar
            ),
        ),
    )


def approve(
    case: Case, command: commands.Approve, act: Act, office: Office
) -> tuple[Fact, ...]:
    """The next tier initials; the last one signs, and a refusal is then recorded."""
    whose = _signed_for(command, act, office)
    case.must_be(*REVIEWABLE)
    written = case.must_hold_draft(command.draft)
    if act.official.id == written.by and not _is_signers_own(written, act.official):
        raise errors.ApproverIsDrafterError
    # Who signs in another's stead may have initialled his own tier before: that is
    # said in the capacity. In one's own name one counts once.
    in_own_name = {
        one.by for one in written.approvals if one.event.capacity is Capacity.OWN
    }
    if command.capacity is Capacity.OWN and act.official.id in in_own_name:
        raise errors.AlreadyApprovedError
    role = _tier_role(case, written, command, act, whose)
    tier = written.next_tier
    final = tier == len(written.tiers)
    outcome = roll_up(written.items) if final else None
    approved = events.Approved(
        draft=written.n,
        tier=tier,
        role=role,
        kind=_final_kind(case) if final else ApprovalKind.INITIAL,
        capacity=command.capacity,
        acting_for=command.acting_for,
        final=final,
        outcome=outcome,
    )
    refusal = _refusal_in(case, written, outcome, act, office) if outcome else None
    return facts(approved) if refusal is None else facts(approved, refusal)


def return_for_correction(
    case: Case, command: commands.ReturnForCorrection, act: Act
) -> tuple[Fact, ...]:
    """The next tier sends the draft back; a new version starts from the first tier."""
    case.must_be(*REVIEWABLE)
    written = case.must_hold_draft(command.draft)
    if act.official.id == written.by:
        raise errors.ApproverIsDrafterError
    wanted = written.tiers[written.next_tier - 1]
    is_next = bool(set(act.roles) & set(wanted)) and act.official.is_over(written.unit)
    if not is_next:
        raise errors.NotTheNextTierError(written.next_tier, Capacity.OWN)
    return facts(
        events.ReturnedForCorrection(
            draft=written.n, tier=written.next_tier, notes=command.notes
        )
    )


def refuse_at_counter(
    case: Case, command: commands.RefuseAtCounter, act: Act, office: Office
) -> tuple[Fact, ...]:
    """The handling official says at once that items are exempt, and why."""
    _must_know(command.legal_basis, office)
    case.must_have_come_by(Channel.FACE_TO_FACE)
    case.must_be(Stage.DISPOSED)
    case.must_be_handled_by(act.official)
    items = command.items or case.open_items
    case.must_have(items)
    answered = [n for n in items if n not in case.open_items]
    if answered:
        raise errors.UnknownItemError(answered)
    if not command.legal_basis or not command.reason.strip():
        raise errors.GroundsMissingError(items)
    whole = set(items) == set(case.open_items)
    refused = tuple(ItemOutcome(n=n, outcome=Outcome.REFUSED_AS_EXEMPT) for n in items)
    outcome = roll_up((*case.answers, *refused)) if whole else None
    objection = deadlines.objection(
        act.occurred_at, office.standard.statute, office.calendar
    )
    return facts(
        events.RefusedAsExempt(
            items=tuple(items),
            legal_basis=command.legal_basis,
            reason=command.reason,
            outcome=outcome,
            exempt_until=command.exempt_until,
            without_consequence_test=not set(items) <= case.tested,
            due=(objection,) if whole else (),
        )
    )


def record_consequence_test(
    case: Case, command: commands.RecordConsequenceTest, office: Office
) -> tuple[Fact, ...]:
    """The PPID's test comes before a written refusal (UU 14/2008 art. 19)."""
    _must_know((command.act,), office)
    for participant in command.participants:
        if office.directory.find(participant, office.agency) is None:
            raise errors.UnknownOfficialError(participant)
    case.must_be(*TESTABLE)
    case.must_have(command.items)
    return facts(
        events.ConsequenceTestRecorded(
            items=command.items,
            act=command.act,
            analysis=command.analysis,
            participants=command.participants,
            until=command.until,
        )
    )
