"""A copy of a life: its own ids, numbers, moment, and keys of its people."""

from collections import Counter
from random import Random
from typing import Final
from uuid import UUID

from application.sealing import PersonKey, SealedMore, Sealing
from interfaces.demo.bulk import moving
from interfaces.demo.bulk.stencil import Sealed, Stencil

_VERSION_4: Final = (4 << 76) | (2 << 62)
_FREE: Final = ~((0xF << 76) | (3 << 62))
_SECOND: Final = 1_000_000


class PaperNumbers:
    """Numbers on papers: those of the books go up, the senders' own are their own."""

    def __init__(self, dice: Random) -> None:
        self._dice = dice
        self._last: Counter[str] = Counter()

    def draw(self, kind: str, year: int) -> bytes:
        """The next number of a kind."""
        if kind == "letter":
            mine = self._dice.randrange(1, 1000)
            return b"%03d/%c/%d" % (mine, self._dice.choice(b"ABCDEF"), year)
        self._last[kind] += 1
        last = self._last[kind]
        if kind == "answer":
            return b"000.8.3.3/%d/%d" % (last, year)
        return b"%d" % (8_000_000 + last if kind == "report" else last)


class Copy:
    """A copy under way; what it needs of chance is drawn when it begins."""

    __slots__ = ("_keys", "ids", "moved", "values")

    def __init__(self, stencil: Stencil, dice: Random, numbers: PaperNumbers) -> None:
        seconds = dice.randint(stencil.earliest, stencil.latest)
        self.moved = seconds * _SECOND
        """Microseconds by which it is later than the life."""
        self.ids = [_id(dice) for _ in range(stencil.ids)]
        self.values = [b""] * stencil.gaps
        """What stands in the gaps; digests and registration numbers come later."""
        self._keys: dict[int, PersonKey] = {}
        for gap, id_ in stencil.ids_told:
            self.values[gap] = _told(self.ids[id_])
        for gap, shown, offset in stencil.instants:
            self.values[gap] = moving.moved(shown, offset, seconds)
        for gap, kind in stencil.marks:
            year = stencil.stages[0].day.year
            self.values[gap] = numbers.draw(kind, year)

    def seal(self, sealing: Sealing, words: Sealed, agency: str | None) -> SealedMore:
        """Seal words, and put their digests into the gaps; a new person has an agency.

        The person's key is kept until the copy's last act.
        """
        record = UUID(bytes=self.ids[words.record])
        key = self._keys.get(words.person)
        sealed: SealedMore
        if key is None:
            assert agency is not None
            person = UUID(bytes=self.ids[words.person])
            new = sealing.seal_new(person, agency, record, words.clear)
            self._keys[words.person] = PersonKey(person, new.wrapped_key)
            sealed = new
        elif words.comes_again:
            sealed = sealing.seal_under(key, record, words.clear)
        else:
            sealed = sealing.seal_anew(key, record, words.clear)
        for field, gap in words.gaps.items():
            self.values[gap] = sealed.digests[field].encode()
        return sealed


def _id(dice: Random) -> bytes:
    """Draw an id as UUID's version 4 has it."""
    return (dice.getrandbits(128) & _FREE | _VERSION_4).to_bytes(16, "big")


def _told(id_: bytes) -> bytes:
    told = id_.hex()
    parts = (told[:8], told[8:12], told[12:16], told[16:20], told[20:])
    return "-".join(parts).encode()
