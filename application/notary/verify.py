"""Checks the whole register against its log and every checkpoint ever signed.

Nothing in the database is believed: a checkpoint counts because of its signature, the
hashes because they lead to it, a copy's entries because of the hashes, and the register
because of the entries. The first thing that is wrong in each place is named.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, TypeAlias

import msgspec

from application import named_sql
from application.notary import agreement, continuing, disguises, naming
from application.notary.continuing import Continued
from application.notary.copies import Copy, DatabaseCopy, PublishedCopy
from application.notary.faults import Fault, Kind, Where
from application.notary.held_copies import Held
from application.notary.leading import (
    FIRST_POSITION,
    Hashes,
    HashesOfEntries,
    HashesOfRegister,
    HashesOfTiles,
    Led,
    Root,
    lead,
)
from application.notary.line_by_line import Comparison
from application.notary.published import CHECKPOINT
from application.notary.survey import Open, Survey
from application.notary.whole_pages import agree
from application.register import Connection

_SQL: Final = named_sql.load(__file__)
_ONLY_READ: Final = _SQL["only_read"]
_OWN_NAMES: Final = _SQL["own_names"]
_NAMES_AS_BEFORE: Final = _SQL["names_as_before"]

Told: TypeAlias = Callable[[int, int], None]
"""Hears how many entries have been compared, and of how many."""


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What a check came to."""

    sound: bool
    size: int
    """Entries that the latest checkpoint covers."""
    root: str
    """Its root, as hexadecimal digits."""
    checkpoints: int
    """So many were found rightly signed, in whichever place."""
    not_checked: int
    """Checkpoints signed before the first key that is trusted: they prove nothing to
    whoever trusts that one."""
    not_yet_sealed: int
    """Lines recorded behind what that checkpoint covers; nothing is said of them."""
    published: bool
    """Whether the published log was there to be checked."""
    continues: Continued | None = None
    """The log before this one, of which something may have been given up."""
    faults: tuple[Fault, ...]
    """The register's first."""


async def only_read(connection: Connection) -> None:
    """Let a connection read and nothing else, one transaction a statement.

    Page by page: a long snapshot would hold up vacuum on the whole server.
    """
    await connection.set_autocommit(True)
    await connection.execute(_ONLY_READ)


async def verify_register(
    connection: Connection,
    opened: Open,
    published: PublishedCopy | None = None,
    given: bytes | None = None,
    told: Told = lambda _, __: None,
) -> Verdict:
    """Check everything that the latest checkpoint covers.

    `published` is the published log, `given` a checkpoint that
    somebody holds. Reads only, in whatever transaction the connection is in, and holds
    a bounded part of the register in memory. Meanwhile the connection searches
    PostgreSQL's own schema alone.
    """
    path = await disguises.searched(connection)
    await connection.execute(_OWN_NAMES)
    survey = Survey(opened)
    survey.faults += await disguises.found(connection, path)
    verdict = await _verdict(connection, survey, published, given, told)
    await connection.execute(_NAMES_AS_BEFORE, {"path": path})
    return verdict


async def _verdict(
    connection: Connection,
    survey: Survey,
    published: PublishedCopy | None,
    given: bytes | None,
    told: Told,
) -> Verdict:
    is_disguised = bool(survey.faults)
    continues = None
    database = DatabaseCopy(connection)
    await survey.look_through(database)
    if published is not None:
        await survey.look_through(published)
        await survey.look_at_latest(published)
    brought = None if given is None else survey.look(Where.GIVEN, CHECKPOINT, given)
    roots = survey.sorted()
    if published is not None:
        survey.faults += await agreement.of_checkpoints(database, published, brought)
        survey.faults += await agreement.of_keys(connection, published)
        continues, others = await continuing.found(connection, published.folder)
        survey.faults += others
    survey.faults += await agreement.of_state(
        connection, roots[-1].size if roots else 0
    )
    if not roots:
        return await _without_checkpoint(connection, survey)
    size = roots[-1].size
    copies = [Held(database, size)]
    if published is not None:
        copies.insert(0, Held(published, survey.largest(Where.PUBLISHED)))

    def tell(count: int) -> None:
        told(count, size)

    faults, behind = list[Fault](), None
    if not is_disguised:
        behind = await agree(connection, copies, roots, tell)
    if behind is None:
        faults, behind = await _found(connection, copies, roots, tell)
    faults += survey.faults
    return Verdict(
        sound=not faults,
        size=size,
        root=roots[-1].root.hex(),
        checkpoints=sum(map(len, survey.roots.values())),
        not_checked=survey.not_checked,
        not_yet_sealed=await naming.behind(connection, behind),
        published=published is not None and published.is_there(),
        continues=continues,
        faults=tuple([await naming.named(connection, fault) for fault in faults]),
    )


async def _without_checkpoint(connection: Connection, survey: Survey) -> Verdict:
    """Nothing can be held to anything; that is fine while nothing was recorded."""
    lines = await naming.behind(connection, FIRST_POSITION)
    faults = list(survey.faults)
    if lines:
        faults.append(Fault(where=Where.REGISTER, kind=Kind.NO_CHECKPOINT))
    return Verdict(
        sound=not faults,
        size=0,
        root="",
        checkpoints=0,
        not_checked=survey.not_checked,
        not_yet_sealed=lines,
        published=False,
        faults=tuple(faults),
    )


async def _found(
    connection: Connection,
    copies: Sequence[Held],
    roots: Sequence[Root],
    told: Callable[[int], None],
) -> tuple[list[Fault], int]:
    """What is wrong, and the position of the last line that is sealed."""
    led = await _led(connection, copies, roots)
    compared = await _compared(connection, copies, led, told)
    faults = [
        *(fault for fault in (compared.register, compared.chain) if fault),
        *_missed(led),
        *compared.copies.faults.values(),
        *((compared.heads.fault,) if compared.heads.fault else ()),
    ]
    behind = compared.position
    if compared.register is not None or led.reached < roots[-1].size:
        behind = await compared.log.last_position()
    return faults, behind


async def _led(
    connection: Connection, copies: Sequence[Held], roots: Sequence[Root]
) -> Led:
    """The hashes that lead to the latest checkpoint, or else the furthest."""
    whole = [held.copy for held in copies if held.size >= roots[-1].size]
    best: Led | None = None
    for hashes in _candidates(whole, connection):
        led = await lead(hashes, roots)
        if led.reached == roots[-1].size:
            return led
        if best is None or led.reached > best.reached:
            best = led
    assert best is not None, "the register itself is a candidate"
    return best


def _candidates(copies: Iterable[Copy], connection: Connection) -> Iterator[Hashes]:
    copies = list(copies)
    yield from map(HashesOfTiles, copies)
    yield from map(HashesOfEntries, copies)
    yield HashesOfRegister(connection)


async def _compared(
    connection: Connection,
    copies: Sequence[Held],
    led: Led,
    told: Callable[[int], None],
) -> Comparison:
    """Everything held to the hashes as far as they are proven."""
    proven = [Held(held.copy, min(held.size, led.reached)) for held in copies]
    comparison = Comparison(connection, proven, led.hashes, led.reached)
    await comparison.run(told)
    if not led.missed:
        await comparison.copies.compare_upper(led.upper)
    return comparison


def _missed(led: Led) -> Iterator[Fault]:
    """Signed checkpoints to which the log does not lead.

    Behind the last one that it leads to, the first one alone is told.
    """
    for size in led.missed:
        is_behind = size > led.reached
        yield Fault(
            where=Where.DATABASE,
            kind=Kind.ROOT_DIFFERS,
            index=led.reached if is_behind else None,
            upto=size,
            file=f"checkpoints/{size}",
        )
        if is_behind:
            return
