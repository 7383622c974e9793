"""Every copy of the log held to the hashes that are proven."""

from collections.abc import Mapping, Sequence

import msgspec

from application.notary import leaf
from application.notary.chain import split
from application.notary.copies import Copy
from application.notary.faults import Fault, Kind
from application.notary.leaf import Leaf
from application.notary.tiles import FULL, WIDTH, Spot, entries_path, path
from application.notary.tree import HASH, leaf_hashes


class Held(msgspec.Struct, frozen=True):
    """A copy of the log, and how many entries it has to have."""

    copy: Copy
    size: int


class HeldCopies:
    """The copies, gone through a stretch at a time; the first faults are kept."""

    def __init__(self, copies: Sequence[Held]) -> None:
        self._copies = copies
        self.faults: dict[tuple[str, Kind], Fault] = {}
        """What is wrong first with each copy's entries and tiles."""

    async def entries(self, first: int, hashes: bytes) -> list[bytes | None]:
        """The entries of a stretch, from whichever copy has the right ones."""
        stretches = [await held.copy.bundles(first, held.size) for held in self._copies]
        found: list[bytes | None] = []
        for offset, at in enumerate(range(0, len(hashes), FULL)):
            proven = hashes[at : at + FULL]
            n, good, entries = first + offset, b"", list[bytes]()
            for held, bundles in zip(self._copies, stretches, strict=True):
                width = min(held.size - n * WIDTH, len(proven) // HASH)
                bundle = bundles[offset] if offset < len(bundles) else b""
                if width <= 0 or bundle == good != b"":
                    continue
                said = leaf.readable(bundle)
                their = leaf_hashes(said)
                is_whole = len(bundle) == sum(map(len, said)) + 2 * len(said)
                if their == proven and is_whole:
                    good, entries = bundle, said
                elif their != proven[: width * HASH] or not is_whole:
                    index = n * WIDTH + _first_other(proven, their)
                    self._note(held, Kind.ENTRIES_DIFFER, entries_path(n), index)
            found += entries or [None] * (len(proven) // HASH)
        return found

    async def compare_tiles(self, first: int, proven: bytes) -> None:
        """Hold every copy to the lowest tiles of a stretch."""
        for held in self._copies:
            theirs = await held.copy.tiles(Spot(0, first), held.size)
            for n, tile in enumerate(theirs, first):
                begin = (n - first) * FULL
                end = min(begin + FULL, HASH * (held.size - first * WIDTH))
                if tile != proven[begin:end]:
                    index = n * WIDTH + _first_other(proven[begin:end], tile)
                    self._note(held, Kind.TILE_DIFFERS, path(Spot(0, n)), index)

    async def compare_upper(self, upper: Mapping[Spot, bytes]) -> None:
        """Hold every copy to the tiles above the lowest level."""
        for spot, tile in upper.items():
            begin = spot.n * WIDTH
            for held in self._copies:
                theirs = min(held.size >> 8 * spot.level, begin + len(tile) // HASH)
                if theirs <= begin:
                    continue
                found = (await held.copy.tiles(spot, theirs))[0]
                if found != tile[: HASH * (theirs - begin)]:
                    self._note(held, Kind.TILE_DIFFERS, path(spot))

    def identify(self, begin: int, entries: Sequence[bytes | None]) -> None:
        """Say which entries the copies' faults are about, where one has it right."""
        for key, fault in self.faults.items():
            if fault.index is None or fault.position is not None:
                continue
            at = fault.index - begin
            entry = entries[at] if 0 <= at < len(entries) else None
            if entry is not None:
                self.faults[key] = named_by(fault, leaf.decode(entry))

    def _note(
        self, held: Held, kind: Kind, file: str, index: int | None = None
    ) -> None:
        where = held.copy.where
        fault = Fault(where=where, kind=kind, index=index, file=file)
        self.faults.setdefault((where, kind), fault)


def named_by(fault: Fault, sealed: Leaf) -> Fault:
    """The fault as one of a sealed entry."""
    return msgspec.structs.replace(
        fault,
        position=sealed.position,
        stream=sealed.stream,
        version=sealed.version,
        tag=sealed.tag,
    )


def _first_other(proven: bytes, their: bytes) -> int:
    """Which of the hashes is not as proven; the first one that is lacking else."""
    pairs = zip(split(proven), split(their), strict=False)
    others = (at for at, (one, other) in enumerate(pairs) if one != other)
    return next(others, min(len(their), len(proven) - HASH) // HASH)
