"""`disposisi accounts service`: tokens with scopes, for reporting jobs."""

from datetime import timedelta

import rich_click as click

from application.office import authority, officials, service_accounts, standards_book
from domain.office import Official
from interfaces import clock
from interfaces.cli import operator
from interfaces.cli.office import Connection, at_the_office, told
from interfaces.cli.options import settings_options
from interfaces.http.route_actions import ROUTES
from interfaces.settings import Settings

days_option = click.option(
    "--days",
    type=click.IntRange(1, 366),
    default=service_accounts.USUAL.days,
    show_default=True,
    help="How long the token lasts.",
)


@click.group("service")
def command() -> None:
    """Enter services that read figures, and give or take their tokens."""


@command.command("add")
@click.option("--id", "id_", required=True, help="A slug such as laporan-bulanan.")
@click.option("--agency", required=True, help="A code such as biro-organisasi.")
@click.option(
    "--scope",
    "scopes",
    required=True,
    multiple=True,
    help="An action that the token is for, such as read-figures; several may be given.",
)
@click.option("--name", help="What it is for; its id, unless said.")
@days_option
@settings_options
def add(
    settings: Settings,
    *,
    id_: str,
    agency: str,
    scopes: tuple[str, ...],
    name: str | None,
    days: int,
) -> None:
    """Enter a service and print its token, alone and for the only time."""
    try:
        service = officials.check(
            id_=id_,
            name=name or id_,
            agency=agency,
            roles=[service_accounts.ROLE],
            unit=None,
            agencies=standards_book.load().agencies,
        )
    except officials.OfficialRefusedError as refusal:
        raise told(refusal) from refusal

    async def work(connection: Connection) -> str:
        async with connection.transaction():
            token = await service_accounts.add(
                connection,
                service,
                scopes,
                clock.now(),
                timedelta(days=days),
                useful=_useful(service),
            )
            await operator.noted(connection, f"{id_} {agency}")
            return token

    click.echo(at_the_office(settings, work, begins=True))


def _useful(service: Official) -> frozenset[str]:
    """What is asked where its role may do something: a route wants all its words."""
    table = authority.load()
    may = {
        action
        for action in service_accounts.SCOPES
        if table.row(service.roles, action, agency=service.agency)
    }
    return frozenset(
        word for words in ROUTES.values() if not may.isdisjoint(words) for word in words
    )


@command.command("rotate")
@click.argument("id_", metavar="ID")
@days_option
@settings_options
def rotate(settings: Settings, id_: str, days: int) -> None:
    """Revoke a service's tokens and print a new one with the same scopes."""

    async def work(connection: Connection) -> str:
        async with connection.transaction():
            token = await service_accounts.rotate(
                connection, id_, clock.now(), timedelta(days=days)
            )
            await operator.noted(connection, id_)
            return token

    click.echo(at_the_office(settings, work))


@command.command("revoke")
@click.argument("id_", metavar="ID")
@settings_options
def revoke(settings: Settings, id_: str) -> None:
    """Revoke a service's tokens and give it none; print how many there were."""

    async def work(connection: Connection) -> int:
        async with connection.transaction():
            revoked = await service_accounts.revoke(connection, id_, clock.now())
            await operator.noted(connection, id_)
            return revoked

    click.echo(at_the_office(settings, work))
