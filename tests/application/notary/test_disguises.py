"""What stands between programs and the register blinds no check, and is told."""

from pathlib import Path

import pytest
from psycopg import AsyncConnection, conninfo, sql

from application.notary import disguises, stored, verify
from application.notary.copies import PublishedCopy
from application.notary.faults import Kind, Where
from application.notary.verify import Verdict, only_read, verify_register
from projections import copies
from projections.copies import Copy
from projections.views import SERVING, VIEWS
from tests.application.notary.sealed_book import Notary, introduce, publish, seal
from tests.load import tampering
from tests.projections import lives


class Book:
    """A register that is sealed and published, and who may do anything to it."""

    def __init__(self, url: str, owner: AsyncConnection, folder: Path) -> None:
        self.url = url
        self.owner = owner
        self.folder = folder
        self.notary = Notary()

    async def check(self) -> Verdict:
        """Check it on a connection of its own, as the command does."""
        async with await AsyncConnection.connect(self.url) as connection:
            await only_read(connection)
            published = PublishedCopy(self.folder)
            return await verify_register(connection, self.notary.opened, published)

    async def found(self) -> list[tuple[Where, Kind, str | None]]:
        """What is wrong."""
        faults = (await self.check()).faults
        return [(each.where, each.kind, each.file) for each in faults]

    async def searches(self, path: str) -> None:
        """Set which schemas are searched by whoever connects from now on."""
        await self.owner.execute(
            sql.SQL("alter database {} set search_path = ").format(
                sql.Identifier(self.owner.info.dbname)
            )
            + sql.SQL(path)
        )

    async def searches_as(self, role: str, path: str) -> None:
        """Set which schemas this role searches in this database."""
        await self.owner.execute(
            sql.SQL("alter role {} in database {} set search_path = ").format(
                sql.Identifier(role), sql.Identifier(self.owner.info.dbname)
            )
            + sql.SQL(path)
        )


@pytest.fixture
async def book(database_url: str, tmp_path: Path):
    async with await AsyncConnection.connect(database_url, autocommit=True) as owner:
        book = Book(database_url, owner, tmp_path)
        await lives.record(owner, lives.many(5))
        await publish(owner, tmp_path, await seal(owner, book.notary))
        await introduce(owner, tmp_path, book.notary)
        await tampering.unlock(owner)
        yield book


async def tampered(book: Book) -> int:
    """Date an entry a day back, and have whoever asks told the old time."""
    cursor = await book.owner.execute(
        "update register set occurred_at = occurred_at - interval '1 day'"
        " where notification_id = (select max(notification_id) - 3 from register)"
        " returning notification_id"
    )
    ((position,),) = await cursor.fetchall()
    await tampering.shadow(book.owner, position)
    await book.searches("evil, pg_catalog, public")
    return int(position)


async def test_functions_that_are_found_first_hide_no_change(book: Book):
    assert (await book.check()).sound
    position = await tampered(book)
    verdict = await book.check()
    assert (verdict.faults[0].where, verdict.faults[0].position) == (
        Where.REGISTER,
        position,
    )
    disguised = [each.file for each in verdict.faults if each.kind is Kind.DISGUISED]
    assert disguised == ["search_path"]


@pytest.mark.parametrize("kept", ["nothing", "schemas", "names"])
async def test_either_the_schemas_searched_or_the_names_suffice(
    book: Book, monkeypatch: pytest.MonkeyPatch, kept: str
):
    """The control: without both, the change is not found."""

    async def nothing(*_: object) -> list[object]:
        return []

    await tampered(book)
    monkeypatch.setattr(disguises, "found", nothing)
    if kept != "schemas":
        monkeypatch.setattr(verify, "_OWN_NAMES", "select")
    if kept != "names":
        text = stored._UNHASHED_AFTER.replace("operator(pg_catalog.||)", "||")
        monkeypatch.setattr(stored, "_UNHASHED_AFTER", text.replace("pg_catalog.", ""))
    assert (await book.check()).sound is (kept == "nothing")


async def test_what_makes_up_the_office_is_no_disguise(book: Book, database_url: str):
    """Copies of every view: serving, beside, replaced, and of code gone by."""
    for view in VIEWS:
        for copy in (
            Copy.beside(view),
            Copy.replaced(view),
            Copy.serving(view, version=view.version + 1),
        ):
            await copies.create(book.owner, copy)
    async with await AsyncConnection.connect(database_url) as other:
        await other.execute("create temporary table register (its_own int)")
        await copies.look_in(other, SERVING)
        assert await book.found() == []


@pytest.mark.parametrize("schema", [SERVING[0].schema, "evil", "evil,x", "Evil"])
@pytest.mark.parametrize("name", ["register", "log_checkpoints"])
async def test_another_one_of_the_same_name_is_told_wherever_it_stands(
    book: Book, schema: str, name: str
):
    """Web workers search the views' schemas before ours, whatever the database says."""
    other = sql.Identifier(schema, name)
    create = sql.SQL("create schema if not exists {}").format(sql.Identifier(schema))
    view = sql.SQL("create view {} as select * from public.{} limit 2").format(
        other, sql.Identifier(name)
    )
    for statement in (create, view):
        await book.owner.execute(statement)
    told = (Where.DATABASE, Kind.DISGUISED, f"{schema}.{name}")
    assert await book.found() == [told]


async def test_web_workers_would_read_a_register_that_stands_with_a_view(book: Book):
    """Why it is told: this is what they see then."""
    schema = sql.Identifier(SERVING[0].schema)
    for statement in (
        "create view {}.register as select * from public.register limit 2",
        "grant select on {}.register to disposisi_reader",
    ):
        await book.owner.execute(sql.SQL(statement).format(schema))
    async with await AsyncConnection.connect(book.url) as worker:
        await copies.look_in(worker, SERVING)
        await worker.execute("set role disposisi_reader")
        cursor = await worker.execute("select count(*) from register")
        assert await cursor.fetchone() == (2,)
    assert not (await book.check()).sound


ANOTHER = "alter table register rename to real; create view register as table real"
CAST = (
    "create function evil(json) returns text language sql as $$ select '{}' $$;"
    " create cast (json as text) with function evil(json)"
)
OPERATORS = {
    "=": ("regnamespace", ANOTHER, "register"),
    ">=": ("int4", CAST, "json -> text"),
}

NEVER = (
    "create function public.never(oid, TYPE) returns boolean"
    " language sql immutable as 'select false'"
)
OPERANDS = "(leftarg = oid, rightarg = TYPE, function = public.never)"


@pytest.mark.parametrize("is_protected", [True, False])
@pytest.mark.parametrize("operator", OPERATORS)
async def test_an_operator_that_fits_better_blinds_no_check(
    book: Book, monkeypatch: pytest.MonkeyPatch, operator: str, *, is_protected: bool
):
    """The control: whoever searches `public` as well takes the operator from there."""
    right, disguise, named = OPERATORS[operator]
    for statement in (
        NEVER.replace("TYPE", right),
        f"create operator public.{operator} {OPERANDS.replace('TYPE', right)}",
        *disguise.split("; "),
        "grant select on register to public",
    ):
        await book.owner.execute(statement.encode())
    if not is_protected:
        searched = "set search_path = pg_catalog, public, pg_temp"
        monkeypatch.setattr(verify, "_OWN_NAMES", searched)
    told = (Where.DATABASE, Kind.DISGUISED, named)
    assert (told in await book.found()) is is_protected


PATHS = {
    "evil, pg_catalog, public": True,
    "evil, PG_CATALOG": True,
    '"evil,x", pg_catalog': True,
    '"e""x", pg_catalog': True,
    '"$user", pg_catalog': True,
    "public, pg_catalog": False,
    "pg_catalog, evil, pg_catalog": False,
    "'PG_CATALOG, evil'": False,
    '"evil,pg_catalog", public': False,
    "evil, public": False,
}


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("whose", ["database", "role", "call"])
async def test_a_path_is_told_on_which_others_functions_come_first(
    book: Book, path: str, whose: str
):
    for schema in ("evil", "evil,x", 'e"x', "disposisi_desk"):
        for statement in (
            "create schema {}",
            "create function {}.lower(text) returns text language sql as 'select $1'",
        ):
            named = sql.SQL(statement).format(sql.Identifier(schema))
            await book.owner.execute(named)
    is_told = [(Where.DATABASE, Kind.DISGUISED, "search_path")] if PATHS[path] else []
    match whose:
        case "database":
            await book.searches(path)
        case "role":
            await book.searches_as("disposisi_desk", path)
        case _:
            book.url = conninfo.make_conninfo(
                book.url, options="-c search_path=" + path.strip("'").replace(" ", "")
            )
    assert await book.found() == is_told


DISGUISED = {
    "alter table register rename to real; create view register as table real;"
    " grant select on register to public": "register",
    "alter table register enable row level security;"
    " create policy shown on register using (true)": "register",
    "alter table register alter metadata type text using metadata": "register.metadata",
    "alter table register alter notification_id drop not null": (
        "register.notification_id"
    ),
    "create or replace function pg_catalog.json_send(json) returns bytea"
    " language sql immutable as $$ select ''::bytea $$": "json_send",
}


@pytest.mark.parametrize("statements", DISGUISED)
async def test_what_stands_between_is_told(book: Book, statements: str):
    for statement in statements.split("; "):
        await book.owner.execute(statement.encode())
    told = (Where.DATABASE, Kind.DISGUISED, DISGUISED[statements])
    assert told in await book.found()


async def test_a_cast_of_somebodys_own_changes_no_byte(book: Book):
    for statement in CAST.split("; "):
        await book.owner.execute(statement.encode())
    assert await book.found() == [(Where.DATABASE, Kind.DISGUISED, "json -> text")]
    await book.owner.execute(
        "update register set metadata = '{}'"
        " where notification_id = (select max(notification_id) from register)"
    )
    assert (await book.check()).faults[0].kind is Kind.CONTEXT_CHANGED


async def test_a_cast_through_the_words_of_both_types_is_no_disguise(book: Book):
    await book.owner.execute("create cast (varchar as json) with inout as assignment")
    assert await book.found() == []


@pytest.mark.parametrize("column", [*tampering.PARTS, "originator_id"])
async def test_a_part_that_is_null_is_a_difference(book: Book, column: str):
    if column == "originator_id":
        await book.owner.execute(
            "alter table register drop constraint register_version"
        )
    name = sql.Identifier(column)
    drop = sql.SQL("alter table register alter {} drop not null")
    forget = sql.SQL(
        "update register set {} = null"
        " where notification_id = (select max(notification_id) - 3 from register)"
    )
    for statement in (drop, forget):
        await book.owner.execute(statement.format(name))
    (fault,) = (await book.check()).faults
    assert (fault.where, fault.kind) == (Where.REGISTER, Kind.DIFFERS)
    assert fault.position is not None
