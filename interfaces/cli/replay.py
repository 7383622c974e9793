"""`disposisi replay`: a case's life, read from the register and nowhere else."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
import rich_click as click
from typing_extensions import override

from application import named_sql, register
from application.entries import Entry
from application.office import standards_book
from domain import events
from domain.case import By, Case, evolve
from domain.values import Outcome, Stage
from interfaces.cli.office import Connection, at_the_office
from interfaces.cli.options import json_option, settings_options
from interfaces.settings import Settings
from interfaces.trouble import OperatorError

CASE_NUMBERED = named_sql.load(__file__)["case_numbered"]


class Step(msgspec.Struct, frozen=True):
    """What happened, and how the case stood then."""

    version: int
    position: int
    type: str
    official: str | None
    role: str | None
    occurred_at: datetime
    recorded_at: datetime
    stage: Stage
    outcome: Outcome | None
    data: dict[str, Any]


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
@click.option("--version", "until", type=click.IntRange(min=1), help="Up to this one.")
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
    until: int | None,
    recorded_at: datetime | None,
    occurred_at: datetime | None,
    as_json: bool,
) -> None:
    """Print the life of CASE, a UUID or a registration number."""

    async def work(connection: Connection) -> list[Entry]:
        return await register.entries_of(connection, await _stream(connection, case))

    entries = [
        entry
        for entry in at_the_office(settings, work)
        if (until is None or entry.version <= until)
        and (recorded_at is None or entry.recorded_at <= recorded_at)
        and (occurred_at is None or entry.occurred_at <= occurred_at)
    ]
    if not entries or not isinstance(entries[0].event, events.Received):
        raise OperatorError(
            indonesian=f"tidak ada perkara {case!r} pada saat itu",
            english=f"there is no case {case!r} at that time",
            code=1,
        )
    lived = list(live(entries))
    if as_json:
        click.echo(msgspec.json.encode(lived))
    else:
        _tell(entries[0].event, lived)


def live(entries: list[Entry]) -> Iterator[Step]:
    """Replay the entries as decisions do, one step after the other."""
    case: Case | None = None
    for entry in entries:
        who = entry.metadata
        # A case's stream holds no other events; evolve would say so.
        case = evolve(case, entry.event, By(who.official or "", entry.occurred_at))  # type: ignore[arg-type]
        data = msgspec.to_builtins(entry.event)
        yield Step(
            version=entry.version,
            position=entry.position,
            type=data.pop("type"),
            official=who.official,
            role=who.role,
            occurred_at=entry.occurred_at,
            recorded_at=entry.recorded_at,
            stage=case.stage,
            outcome=case.outcome,
            data=data,
        )


async def _stream(connection: Connection, case: str) -> UUID:
    try:
        return UUID(case)
    except ValueError:
        found = await connection.execute(CASE_NUMBERED, {"number": case})
        row = await found.fetchone()
        return UUID(int=0) if row is None else row[0]


def _tell(received: events.Received, lived: list[Step]) -> None:
    zone = ZoneInfo(_zone(received.agency))
    click.echo(f"{received.registration_number}  {received.agency}  {received.channel}")
    for step in lived:
        at = step.occurred_at.astimezone(zone).strftime("%Y-%m-%d %H:%M")
        late = (step.recorded_at - step.occurred_at).total_seconds() > LATE_SECONDS
        entered = step.recorded_at.astimezone(zone).strftime("%Y-%m-%d %H:%M")
        click.echo(
            f"{step.version:>4}  {at}  {step.type:<24} {step.official or '-':<24}"
            f" {step.stage}{f' ({step.outcome})' if step.outcome else ''}"
            f"{f'  [recorded {entered}]' if late else ''}"
        )


LATE_SECONDS = 60
"""An act entered so much later than it happened is shown with both times."""


def _zone(agency: str) -> str:
    versions = standards_book.load().versions.get(agency)
    return versions[-1].agency.zone if versions else "UTC"
