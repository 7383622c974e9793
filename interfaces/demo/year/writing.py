"""How a written request of the made-up year is answered: drafts, tiers, corrections."""

import msgspec

from domain.values import Capacity, DraftKind, Outcome
from interfaces.demo.hand import CaseInHand, item
from interfaces.demo.year import inventions
from interfaces.demo.year.absence import at_the_head, deputy_of
from interfaces.demo.year.diary import Diary
from interfaces.demo.year.dice import Dice

PACES = {(0, 0): 40, (0, 1): 52, (1, 3): 8}
"""Working days between two steps: brisk, usual, and late."""

KINDS = {
    DraftKind.ANSWER: 78,
    DraftKind.PARTIAL: 7,
    DraftKind.REFUSAL: 5,
    DraftKind.NOT_HELD: 6,
    DraftKind.NOT_DOCUMENTED: 4,
}


class Way(msgspec.Struct, frozen=True):
    """Who answers a case and who climbs above, lowest first, and how fast."""

    writer: str
    tiers: tuple[str, ...]
    pace: tuple[int, int]


def disposed(case: CaseInHand, diary: Diary, dice: Dice) -> Way:
    """The head assigns it; half the time the division passes it on downward."""
    unit, pace = dice.choice(case.house.units), dice.weighted(PACES)
    above = (unit.subdivision_head, unit.division_head, case.house.head)
    at = diary.days(*pace)
    head = at_the_head(case.house, diary)
    if dice.happens(50):
        case.disposed(at, to=unit.staff, by=head)
        return Way(unit.staff, above, pace)
    case.disposed(at, to=unit.division_head, by=head)
    writer, tiers = dice.choice(
        ((unit.staff, above), (unit.subdivision_head, above[1:]))
    )
    case.disposed(diary.days(*pace), to=writer, by=unit.division_head)
    return Way(writer, tiers, pace)


def answered(
    case: CaseInHand,
    way: Way,
    diary: Diary,
    dice: Dice,
    *,
    items: int,
    for_: str | None,
    kind: DraftKind | None = None,
) -> None:
    """Write, climb, be returned now and then, until the last tier has approved."""
    kind = kind or dice.weighted(KINDS)
    legal_basis, reason = dice.choice(inventions.EXEMPT)
    if kind in {DraftKind.PARTIAL, DraftKind.REFUSAL}:
        case.tested(
            diary.days(0, 1),
            items=list(range(1, items + 1)),
            act=legal_basis,
            analysis="Kepentingan yang dilindungi lebih besar daripada membukanya",
        )
    said = [_item(n, kind, legal_basis, reason) for n in range(1, items + 1)]
    returns = dice.weighted({0: 80, 1: 16, 2: 4})
    for n in range(returns + 1):
        case.drafted(
            diary.days(*way.pace),
            by=way.writer,
            kind=kind,
            text=f"Jawaban atas permohonan data dan informasi publik, konsep {n + 1}",
            items=said,
        )
        falls_at = dice.randrange(len(way.tiers)) if n < returns else None
        _climbs(case, way, diary, falls_at=falls_at, for_=for_)


def _climbs(
    case: CaseInHand,
    way: Way,
    diary: Diary,
    *,
    falls_at: int | None,
    for_: str | None,
) -> None:
    """The version climbs to the top, or to the tier that sends it back."""
    version = int(case.answer["draft"])
    for n, tier in enumerate(way.tiers):
        at = diary.days(0, 1) if n == falls_at else diary.days(*way.pace)
        is_last = n == len(way.tiers) - 1
        deputy = deputy_of(case.house, diary) if is_last else None
        if n == falls_at:
            notes = "Lengkapi data per tahun dan periksa lampiran"
            case.returned(at, by=deputy or tier, notes=notes, draft=version)
            return
        if deputy is None:
            whose = for_ if is_last else None
            case.approved(at, by=tier, draft=version, for_=whose)
        else:
            plh = Capacity.DAILY_ACTING
            case.approved(at, by=deputy, draft=version, for_=tier, instead=plh)


def _item(n: int, kind: DraftKind, legal_basis: str, reason: str) -> dict[str, object]:
    match kind:
        case DraftKind.ANSWER | DraftKind.COVER:
            return item(n, Outcome.GRANTED)
        case DraftKind.REFUSAL:
            return item(n, Outcome.REFUSED_AS_EXEMPT, legal_basis, reason=reason)
        case DraftKind.PARTIAL:
            return item(n, Outcome.PARTIAL, legal_basis, reason=reason)
        case DraftKind.NOT_HELD:
            return item(n, Outcome.NOT_HELD, reason="Dikuasai badan publik lain")
        case DraftKind.NOT_DOCUMENTED:
            return item(n, Outcome.NOT_DOCUMENTED, reason="Tidak didokumentasikan")
