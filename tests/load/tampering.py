"""What a database's superuser can do to a register, each with what must be named.

Every act is done with the triggers off, inside a transaction that is rolled back.
"""

import json
import random
import string
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeAlias
from uuid import UUID, uuid4

import msgspec
from psycopg import AsyncConnection, sql

from application.notary.faults import Kind, Where

Connection: TypeAlias = AsyncConnection[Any]


class Row(msgspec.Struct, frozen=True):
    """Where a sealed entry stands."""

    position: int
    stream: UUID
    version: int


class Expected(msgspec.Struct, frozen=True):
    """The entry that has to be named, and by what it may be called."""

    position: int | None
    """None for what is of no entry."""
    kinds: tuple[Kind, ...]
    where: Where = Where.REGISTER


class Scene(msgspec.Struct, frozen=True):
    """The register before anything was done to it, in the order of positions.

    Positions have holes, so that something can be put in between.
    """

    rows: Sequence[Row]
    dice: random.Random

    def one(self) -> Row:
        """Any entry."""
        return self.dice.choice(self.rows)

    def two(self) -> tuple[Row, Row]:
        """Two entries, the earlier first."""
        first, second = sorted(self.dice.sample(range(len(self.rows)), 2))
        return self.rows[first], self.rows[second]

    def two_cases(self) -> tuple[Row, Row]:
        """Two entries of different histories, the earlier first."""
        first, second = self.two()
        while first.stream == second.stream:
            first, second = self.two()
        return first, second


Mutation: TypeAlias = Callable[[Connection, Scene], Awaitable[Expected]]


async def unlock(connection: Connection) -> None:
    """Switch off what refuses changes; comes back with the rollback."""
    await connection.execute("alter table register disable trigger all")


async def flip_payload(connection: Connection, scene: Scene) -> Expected:
    """One bit of one byte of what happened."""
    row = scene.one()
    await connection.execute(
        "update register set state = set_byte(state, at, get_byte(state, at) # %s)"
        "  from (select floor(length(state) * %s::float)::int at"
        "          from register where notification_id = %s) chosen"
        " where notification_id = %s",
        [
            1 << scene.dice.randrange(8),
            scene.dice.random() * 0.99,
            row.position,
            row.position,
        ],
    )
    return Expected(row.position, (Kind.PAYLOAD_CHANGED,))


async def change_metadata(connection: Connection, scene: Scene) -> Expected:
    """One character of who did it, by which rule, or why so late."""
    row = scene.one()
    found = await connection.execute(
        "select metadata::text from register where notification_id = %s", [row.position]
    )
    ((text,),) = await found.fetchall()
    await connection.execute(
        "update register set metadata = %s::json where notification_id = %s",
        [altered(text, scene.dice), row.position],
    )
    return Expected(row.position, (Kind.CONTEXT_CHANGED,))


def altered(text: str, dice: random.Random) -> str:
    """The text with one character changed, still JSON."""
    while True:
        at = dice.randrange(len(text))
        other = text[:at] + dice.choice(string.printable[:95]) + text[at + 1 :]
        try:
            json.loads(other)
        except ValueError:
            continue
        if other != text:
            return other


async def pad_metadata(connection: Connection, scene: Scene) -> Expected:
    """A blank where it means nothing."""
    row = scene.one()
    await connection.execute(
        "update register set metadata = (metadata::text || ' ')::json"
        " where notification_id = %s",
        [row.position],
    )
    return Expected(row.position, (Kind.CONTEXT_CHANGED,))


async def move_occurred(connection: Connection, scene: Scene) -> Expected:
    """When it happened, by a microsecond."""
    row = scene.one()
    await connection.execute(
        "update register set occurred_at = occurred_at + %s * interval '1 us'"
        " where notification_id = %s",
        [scene.dice.choice((-86_400_000_000, -1, 1)), row.position],
    )
    return Expected(row.position, (Kind.CONTEXT_CHANGED,))


async def move_recorded(connection: Connection, scene: Scene) -> Expected:
    """When it was recorded, by a microsecond."""
    row = scene.one()
    await connection.execute(
        "update register set recorded_at = recorded_at + %s * interval '1 us'"
        " where notification_id = %s",
        [scene.dice.choice((-86_400_000_000, -1, 1)), row.position],
    )
    return Expected(row.position, (Kind.CONTEXT_CHANGED,))


async def change_event_id(connection: Connection, scene: Scene) -> Expected:
    """Its id."""
    row = scene.one()
    await connection.execute(
        "update register set event_id = %s where notification_id = %s",
        [uuid4(), row.position],
    )
    return Expected(row.position, (Kind.CONTEXT_CHANGED,))


async def change_tag(connection: Connection, scene: Scene) -> Expected:
    """What kind of event it is said to be."""
    row = scene.one()
    await connection.execute(
        "update register set topic = topic || '-' where notification_id = %s",
        [row.position],
    )
    return Expected(row.position, (Kind.TAG_CHANGED,))


async def drop(connection: Connection, scene: Scene) -> Expected:
    """An entry, but not the last one, which would be a truncation."""
    row = scene.dice.choice(scene.rows[:-1])
    await connection.execute(
        "delete from register where notification_id = %s", [row.position]
    )
    return Expected(row.position, (Kind.MISSING,))


async def drop_history(connection: Connection, scene: Scene) -> Expected:
    """A whole case, from its receipt on."""
    stream = scene.dice.choice(scene.rows[: len(scene.rows) // 2]).stream
    first = next(row for row in scene.rows if row.stream == stream)
    await connection.execute("delete from register where originator_id = %s", [stream])
    return Expected(first.position, (Kind.MISSING,))


async def insert(connection: Connection, scene: Scene) -> Expected:
    """A forged entry at the end of a history, before one that was sealed."""
    row = scene.one()
    await connection.execute(
        "insert into register (originator_id, originator_version, topic, state,"
        "  notification_id, occurred_at, recorded_at, metadata)"
        " select originator_id,"
        "        (select max(originator_version) + 1 from register other"
        "          where other.originator_id = register.originator_id),"
        "        topic, state, notification_id - 1, occurred_at, recorded_at, metadata"
        "   from register where notification_id = %s",
        [row.position],
    )
    return Expected(row.position - 1, (Kind.INSERTED,))


async def insert_case(connection: Connection, scene: Scene) -> Expected:
    """A forged case before an entry that was sealed."""
    row = scene.one()
    await connection.execute(
        "insert into register (originator_id, originator_version, topic, state,"
        "  notification_id, occurred_at, recorded_at, metadata)"
        " select gen_random_uuid(), 1, topic, state, notification_id - 1,"
        "        occurred_at, recorded_at, metadata"
        "   from register where notification_id = %s",
        [row.position],
    )
    return Expected(row.position - 1, (Kind.INSERTED,))


async def swap_contents(connection: Connection, scene: Scene) -> Expected:
    """What two entries say, their places kept."""
    first, second = scene.two()
    await connection.execute(
        "update register set topic = other.topic, state = other.state,"
        "  metadata = other.metadata, occurred_at = other.occurred_at,"
        "  recorded_at = other.recorded_at"
        "  from register other"
        " where register.notification_id = any(%(both)s)"
        "   and other.notification_id = any(%(both)s)"
        "   and register.notification_id <> other.notification_id",
        {"both": [first.position, second.position]},
    )
    # Of one kind with the same words, such as two closings, only the context differs.
    return Expected(first.position, (Kind.SWAPPED, Kind.CONTEXT_CHANGED))


async def reorder(connection: Connection, scene: Scene) -> Expected:
    """The places of two entries in the order of recording."""
    first, second = scene.two()
    for old, new in (
        (first.position, -1),
        (second.position, first.position),
        (-1, second.position),
    ):
        await connection.execute(
            "update register set notification_id = %s where notification_id = %s",
            [new, old],
        )
    return Expected(first.position, (Kind.OUT_OF_ORDER,))


async def put_off(connection: Connection, scene: Scene) -> Expected:
    """An entry to a later place that was free."""
    first, second = scene.two()
    await connection.execute(
        "update register set notification_id = %s where notification_id = %s",
        [second.position + 1, first.position],
    )
    return Expected(first.position, (Kind.OUT_OF_ORDER,))


async def bring_forward(connection: Connection, scene: Scene) -> Expected:
    """An entry to an earlier place that was free."""
    first, second = scene.two()
    await connection.execute(
        "update register set notification_id = %s where notification_id = %s",
        [first.position - 1, second.position],
    )
    return Expected(first.position - 1, (Kind.OUT_OF_ORDER,))


async def exchange_versions(connection: Connection, scene: Scene) -> Expected:
    """The versions of two entries of one history."""
    first, second = scene.two()
    while first.stream != second.stream:
        first, second = scene.two()
    for old, new in (
        (first.version, 1_000_000),
        (second.version, first.version),
        (1_000_000, second.version),
    ):
        await connection.execute(
            "update register set originator_version = %s"
            " where originator_id = %s and originator_version = %s",
            [new, first.stream, old],
        )
    return Expected(first.position, (Kind.MOVED,))


async def move_to_case(connection: Connection, scene: Scene) -> Expected:
    """An entry to the end of another case's history."""
    row, other = scene.two_cases()
    await connection.execute(
        "update register set originator_id = %(stream)s, originator_version ="
        "  (select max(originator_version) + 1 from register"
        "    where originator_id = %(stream)s)"
        " where notification_id = %(position)s",
        {"stream": other.stream, "position": row.position},
    )
    return Expected(row.position, (Kind.MOVED,))


async def truncate(connection: Connection, scene: Scene) -> Expected:
    """The end, after a checkpoint was published."""
    lost = scene.dice.randint(1, min(500, len(scene.rows)))
    first = scene.rows[-lost]
    await connection.execute(
        "delete from register where notification_id >= %s", [first.position]
    )
    return Expected(first.position, (Kind.TRUNCATED,))


async def truncate_and_go_on(connection: Connection, scene: Scene) -> Expected:
    """The end cut off and something else recorded in its place."""
    first = scene.rows[-scene.dice.randint(1, min(50, len(scene.rows)))]
    await connection.execute(
        "delete from register where notification_id > %s", [first.position]
    )
    await connection.execute(
        "update register set originator_id = gen_random_uuid(), originator_version = 1,"
        "  event_id = gen_random_uuid(), state = state || ' '"
        " where notification_id = %s",
        [first.position],
    )
    return Expected(first.position, (Kind.REPLACED,))


async def shadow_functions(connection: Connection, scene: Scene) -> Expected:
    """When it happened, while a function of his own tells whoever asks the old time."""
    row = scene.one()
    await connection.execute(
        "update register set occurred_at = occurred_at - interval '1 day'"
        " where notification_id = %s",
        [row.position],
    )
    await shadow(connection, row.position)
    await connection.execute("set local search_path = evil, pg_catalog, public")
    return Expected(row.position, (Kind.CONTEXT_CHANGED,))


async def shadow(connection: Connection, position: int) -> None:
    """Have a schema in which an entry's time is sent as a day later."""
    await connection.execute("create schema evil")
    await connection.execute("grant usage on schema evil to public")
    await connection.execute(
        sql.SQL(
            "create function evil.timestamptz_send(at timestamptz) returns bytea"
            " language sql stable as $$ select pg_catalog.timestamptz_send("
            "  at + case when at = (select occurred_at from public.register"
            "                        where notification_id = {})"
            "         then interval '1 day' else interval '0' end) $$"
        ).format(position)
    )


REGISTER: tuple[Mutation, ...] = (
    flip_payload,
    change_metadata,
    pad_metadata,
    move_occurred,
    move_recorded,
    change_event_id,
    change_tag,
    drop,
    drop_history,
    insert,
    insert_case,
    swap_contents,
    reorder,
    put_off,
    bring_forward,
    exchange_versions,
    move_to_case,
    truncate,
    truncate_and_go_on,
    shadow_functions,
)


async def set_null(connection: Connection, scene: Scene) -> Expected:
    """A part of an entry, after the table was made to allow it."""
    row = scene.one()
    column = scene.dice.choice(PARTS)
    name = sql.Identifier(column)
    await connection.execute(
        sql.SQL("alter table register alter {} drop not null").format(name)
    )
    await connection.execute(
        sql.SQL("update register set {} = null where notification_id = %s").format(
            name
        ),
        [row.position],
    )
    return Expected(row.position, (Kind.DIFFERS,))


PARTS = ("topic", "state", "event_id", "occurred_at", "recorded_at", "metadata")
UNSEALABLE: tuple[Mutation, ...] = (set_null,)
"""What no log can be made anew of."""
