"""Correcting and approving a draft, tier by tier (berjenjang), up to the signature."""

from collections.abc import Collection
from datetime import date

from domain import commands, errors, events
from domain.case import Case
from domain.exemptions import withholds
from domain.facts import Fact, facts
from domain.office import Act, Office, Official
from domain.outcome import ItemOutcome, roll_up
from domain.papers import Draft
from domain.ranks import RANKS
from domain.values import ApprovalKind, Capacity, Channel, Outcome, Role, Stage

REVIEWABLE = (Stage.DRAFTED, Stage.IN_REVIEW)


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
    known = office.directory.known(command.acting_for, office.agency)
    day = office.calendar.date_of(act.occurred_at)
    appointed = office.directory.appointed_for(command.acting_for, office.agency)
    if known is not None and any(one.covers(day) for one in appointed):
        return known  # also of a vacant post (Plt.), whose holder is disabled
    return office.must_know_official(command.acting_for)


def _is_appointed(
    command: commands.Approve, act: Act, whose: Official, office: Office
) -> bool:
    """Whether he was appointed to act for that official on the day of the act.

    Where a decree says who acts (Plh., Plt., Pj.), nobody else does; and who was
    appointed acts on the days of his appointment only. "a.n. Sekretaris Daerah" is
    the head's own office, whoever is appointed to act for the Secretary.
    """
    on_behalf = command.capacity is Capacity.ON_BEHALF
    if on_behalf and Role.REGIONAL_SECRETARY in whose.roles:
        return False
    day = office.calendar.date_of(act.occurred_at)
    ever = office.directory.appointed_for(whose.id, office.agency)
    then = [one for one in ever if one.covers(day)]
    was_he_ever = any(one.official == act.official.id for one in ever)
    if not then and (on_behalf or not was_he_ever):
        return False
    for one in then:
        if one.official == act.official.id and one.capacity is command.capacity:
            return True
    raise errors.NotTheStandInError(whose.id, command.capacity, day)


def _may_stand_in(deputy: Official, written: Draft, office: Office) -> bool:
    """Whether he may act for an absent superior of this drafter.

    Neither another unit's superior nor a colleague below the drafter becomes the
    drafter's superior by it; who has the agency head's rank is everybody's.
    """
    if deputy.rank is None:
        return False
    if deputy.rank <= RANKS[Role.AGENCY_HEAD]:
        return True
    drafter = office.directory.known(written.by, office.agency)
    is_lower = drafter is not None and drafter.outranks(deputy)
    return not is_lower and deputy.is_over(written.unit)


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


def _reasons(item: ItemOutcome, office: Office) -> tuple[str, ...]:
    """Why an item is withheld: as the drafter says, else what the law says it is."""
    if item.reason and item.reason.strip():
        return (item.reason,)
    return tuple(office.legal_bases[code].citation for code in item.legal_basis)


def _latest(case: Case, items: Collection[int]) -> date | None:
    """The last day on which one of the items is exempt; none where one has no end."""
    tests = (test for test in case.tested if test.n in items)
    ends = [test.until for test in tests if test.until is not None]
    return max(ends) if len(ends) == len(items) else None


def _refusal_in(
    case: Case, written: Draft, outcome: Outcome, act: Act, office: Office
) -> events.RefusedAsExempt | None:
    refused = [item for item in written.items if withholds(item)]
    if not refused:
        return None
    bases = dict.fromkeys(code for item in refused for code in item.legal_basis)
    reasons = dict.fromkeys(
        reason for item in refused for reason in _reasons(item, office)
    )
    return events.RefusedAsExempt(
        items=tuple(item.n for item in refused),
        legal_basis=tuple(bases),
        reason="\n".join(reasons),
        outcome=outcome,
        exempt_until=_latest(case, {item.n for item in refused}),
        without_consequence_test=not {item.n for item in refused} <= case.tested_items,
        due=(office.objection_from(act.occurred_at),),
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
    stands_in = command.acting_for is not None
    may_act = (
        not stands_in
        or _is_appointed(command, act, whose, office)
        or _may_stand_in(act.official, written, office)
    )
    if not may_act:
        raise errors.NotTheNextTierError(written.next_tier, command.capacity)
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
    is_next = bool(set(act.roles) & set(wanted)) and act.holder.is_over(written.unit)
    if not is_next:
        raise errors.NotTheNextTierError(written.next_tier, Capacity.OWN)
    return facts(
        events.ReturnedForCorrection(
            draft=written.n, tier=written.next_tier, notes=command.notes
        )
    )
