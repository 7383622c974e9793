"""`disposisi accounts`: who can sign in, links to hand out, and services' tokens."""

from collections.abc import Awaitable, Callable, Collection
from datetime import datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

import msgspec
import rich_click as click

from application.office import (
    account_events,
    accounts,
    keeping_accounts,
    standards_book,
)
from application.office.account_errors import NoAccountError
from application.office.account_events import AccountEvent, Wanted, What
from application.office.accounts import Account
from application.office.officials import UnknownOfficialError
from domain.values import AgencyCode, OfficialId
from interfaces import clock
from interfaces.cli import operator, service_accounts
from interfaces.cli.office import Connection, at_the_office
from interfaces.cli.options import DAY, json_option, settings_options
from interfaces.settings import Settings

T = TypeVar("T")

_LATEST = 200
_DAY = timedelta(days=1)


@click.group("accounts")
def command() -> None:
    """Let officials and services in, and see what was done to accounts."""


command.add_command(service_accounts.command)


@command.command("invite")
@click.argument("official", metavar="ID")
@settings_options
def invite(settings: Settings, official: str) -> None:
    """Print a one-time link, alone: whoever has it sets this official's password.

    It lasts a day and ends a pause after wrong tries; older links stop working.
    """
    click.echo(_kept(settings, official, keeping_accounts.invite))


@command.command("unlock")
@click.argument("official", metavar="ID")
@settings_options
def unlock(settings: Settings, official: str) -> None:
    """End the pause of an official after wrong tries."""
    _kept(settings, official, keeping_accounts.unlock)


def _kept(
    settings: Settings,
    official: OfficialId,
    act: Callable[
        [Connection, OfficialId, Collection[AgencyCode], datetime, None], Awaitable[T]
    ],
) -> T:
    """Do what an administrator may do, as the operator, and note that he did."""
    agencies = standards_book.load().agencies

    async def work(connection: Connection) -> T:
        async with connection.transaction():
            try:
                done = await act(
                    connection,
                    official,
                    agencies,
                    clock.now(),
                    account_events.OPERATOR,
                )
            except NoAccountError:
                raise UnknownOfficialError(official) from None
            await operator.noted(connection, official)
            return done

    return at_the_office(settings, work)


@command.command("list")
@json_option
@settings_options
def list_(settings: Settings, *, as_json: bool) -> None:
    """List officials and services, and how their accounts stand."""
    agencies = standards_book.load().agencies

    async def work(connection: Connection) -> list[Account]:
        return await accounts.everybody(connection, agencies, clock.now())

    found = at_the_office(settings, work)
    if as_json:
        click.echo(msgspec.json.encode(found))
        return
    for one in found:
        click.echo(
            "  ".join((one.official, one.agency, ",".join(one.roles), *_of(one)))
        )


@command.command("events")
@click.option("--official", metavar="ID", help="Only about this account.")
@click.option(
    "--kind",
    type=click.Choice([each.value for each in What]),
    help="Only what was done so.",
)
@click.option("--from", "first", type=DAY, help="From this local day on.")
@click.option("--to", "last", type=DAY, help="Up to this local day, inclusive.")
@click.option(
    "--limit",
    type=click.IntRange(1),
    default=_LATEST,
    show_default=True,
    help="At most so many.",
)
@json_option
@settings_options
def events(
    settings: Settings,
    *,
    official: OfficialId | None,
    kind: str | None,
    first: datetime | None,
    last: datetime | None,
    limit: int,
    as_json: bool,
) -> None:
    """Show what was done to accounts of every agency, the newest first."""
    wanted = Wanted(
        official=official,
        what=None if kind is None else What(kind),
        since=None if first is None else _midnight(first),
        until=None if last is None else _midnight(last + _DAY),
    )

    async def work(connection: Connection) -> list[AccountEvent]:
        return await account_events.page(connection, None, None, limit, wanted)

    found = at_the_office(settings, work)
    if as_json:
        click.echo(msgspec.json.encode(found))
        return
    for one in found:
        given = ",".join((*one.roles, *one.scopes))
        click.echo(
            "  ".join(
                (one.at.isoformat(), one.by or "-", one.what, one.official, given)
            ).rstrip()
        )


def _midnight(day: datetime) -> datetime:
    # The agencies are in one province; its days are those of the first.
    zone = next(iter(standards_book.load())).agency.zone
    return day.replace(tzinfo=ZoneInfo(zone))


def _of(account: Account) -> list[str]:
    told = {
        "[disabled]": account.disabled,
        "[service]": account.kind == accounts.SERVICE,
        "[password]": account.has_password,
        "[invited]": account.invited_until is not None,
        "[paused]": account.paused_until is not None,
    }
    return [word for word, holds in told.items() if holds]
