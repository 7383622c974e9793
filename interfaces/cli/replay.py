"""`disposisi replay`: a case's life, read from the register and nowhere else.

It opens nothing that is sealed: what a requester said, and who he is, are not in the
register, so the command needs no key and shows no personal data.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
import rich_click as click
from typing_extensions import override

from application import named_sql, register
from application.office import (
    calendars,
    directory,
    editions,
    legal_book,
    standards_book,
)
from application.office.offices import Offices
from domain import events
from interfaces import clock
from interfaces.cli import life_told
from interfaces.cli.office import Connection, at_the_office
from interfaces.cli.office_files import faults_told
from interfaces.cli.options import json_option, settings_options
from interfaces.settings import Settings
from interfaces.trouble import OperatorError
from projections.life import Life, life
from projections.standing import Moment, NoSuchVersionError

CASE_NUMBERED = named_sql.load(__file__)["case_numbered"]


class Instant(click.ParamType[datetime]):
    """An instant of RFC 3339, with its offset."""

    name = "instant"

    @override
    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        try:
            instant = datetime.fromisoformat(value)
        except ValueError:
            self.fail("write it like 2026-02-10T09:05:00+08:00", param, ctx)
        if instant.tzinfo is None:
            self.fail("say the offset, such as +08:00", param, ctx)
        return instant


@click.command("replay")
@click.argument("case")
@click.option("--version", type=click.IntRange(min=1), help="Up to this one.")
@click.option("--recorded-at", type=Instant(), help="As it was known then.")
@click.option(
    "--occurred-at", type=Instant(), help="As it stood then, by what we know."
)
@json_option
@settings_options
def command(
    settings: Settings,
    *,
    case: str,
    version: int | None,
    recorded_at: datetime | None,
    occurred_at: datetime | None,
    as_json: bool,
) -> None:
    """Print the life of CASE, a UUID or a registration number."""
    moments = (version, recorded_at, occurred_at)
    if len(moments) - moments.count(None) > 1:
        message = "--version, --recorded-at and --occurred-at exclude each other"
        raise click.UsageError(message)
    moment = Moment(version=version, recorded_at=recorded_at, occurred_at=occurred_at)

    async def work(connection: Connection) -> Life:
        return await _life(connection, case, moment)

    with faults_told():
        lived = at_the_office(settings, work)
    if as_json:
        click.echo(msgspec.json.encode(lived))
        return
    for line in life_told.lines(lived):
        click.echo(line)


async def _life(connection: Connection, case: str, moment: Moment) -> Life:
    entries = await register.entries_of(connection, await _stream(connection, case))
    received = entries[0].event if entries else None
    if not isinstance(received, events.Received):
        raise OperatorError(
            indonesian=f"tidak ada perkara {case!r}",
            english=f"there is no case {case!r}",
            code=1,
        )
    officials = await directory.load(connection)
    known = await editions.load(connection, calendars.load())
    offices = Offices(
        standards_book.load(), lambda: known, legal_book.load(), lambda: officials
    )
    office = offices.under(received.standard)
    try:
        return life(entries, office, clock.now(), moment)
    except NoSuchVersionError as fault:
        raise OperatorError(
            indonesian=f"perkara {case!r} belum sampai di sana",
            english=f"the case {case!r} has not come so far",
            code=1,
        ) from fault


async def _stream(connection: Connection, case: str) -> UUID:
    try:
        return UUID(case)
    except ValueError:
        found = await connection.execute(CASE_NUMBERED, {"number": case.upper()})
        row = await found.fetchone()
        return UUID(int=0) if row is None else row[0]
