"""`disposisi replay`: a case's life, read from the register and nowhere else.

It opens nothing that is sealed: what a requester said, and who he is, are not in the
register, so the command needs no key and shows no personal data.
"""

from datetime import datetime
from typing import Any

import msgspec
import rich_click as click
from typing_extensions import override

from interfaces import clock
from interfaces.cli import life_told
from interfaces.cli.case_at_hand import case_at_hand
from interfaces.cli.office import Connection, at_the_office
from interfaces.cli.office_files import faults_told
from interfaces.cli.options import json_option, settings_options
from interfaces.settings import Settings
from interfaces.trouble import OperatorError
from projections.life import Life, life
from projections.standing import Moment, NoSuchVersionError


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
    entries, office = await case_at_hand(connection, case)
    try:
        return life(entries, office, clock.now(), moment)
    except NoSuchVersionError as fault:
        raise OperatorError(
            indonesian=f"perkara {case!r} belum sampai di sana",
            english=f"the case {case!r} has not come so far",
            code=1,
        ) from fault
