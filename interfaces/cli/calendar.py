"""`disposisi calendar`: new editions of the office calendar, into a running system."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from uuid import uuid4

import msgspec
import rich_click as click

from application import announcing
from application.announcing import Announcer, HowFar, Told
from application.office import editions, legal_book, standards_book
from application.office.announcement import Announcement
from application.office.offices import Offices
from domain.office import Directory
from interfaces import clock, office_calendar
from interfaces.cli import announcing_told, operator
from interfaces.cli.office import Connection, at_the_office
from interfaces.cli.office_files import faults_told
from interfaces.cli.options import json_option, settings_options
from interfaces.settings import Settings
from interfaces.trouble import OperatorError


@click.group("calendar")
def command() -> None:
    """Look after the office calendar."""


@command.command("announce")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@json_option
@settings_options
def announce(settings: Settings, file: Path, *, as_json: bool) -> int:
    """Put the edition of FILE in force, and move the deadlines of open cases.

    Works beside a running server, which needs no restart. Broken off, the same
    command goes on where it stopped; done already, it changes nothing.
    """
    with faults_told(), announcing_told.shown(quiet=as_json) as told:
        announcement = Announcement(file)
        work = partial(_announce, announcement, told)
        done = at_the_office(settings, work, begins=True)
    if as_json:
        fields = ("edition", "streams", "moved", "unreadable", "seconds")
        said = {field: getattr(done, field) for field in fields}
        click.echo(msgspec.json.encode(said))
    else:
        announcing_told.tell(done)
    return 1 if done.unreadable else 0


async def _announce(
    announcement: Announcement, told: Told, connection: Connection
) -> HowFar:
    await connection.set_autocommit(True)
    with _refusals_told():
        await announcing.be_the_only_one(connection)
        own = await office_calendar.built_in(connection)
        known = await editions.load(connection, own)
        standards = standards_book.load()
        codes = {standard.agency.code for standard in standards}
        table, base = announcement.against(known, codes)
        if table.edition not in known.kept:
            async with connection.transaction():
                await announcing.enter(connection, table, base)
                await operator.noted(connection, table.edition)
            known = await editions.load(connection, own)
        nobody = Directory(officials={})
        offices = Offices(standards, lambda: known, legal_book.load(), lambda: nobody)
        seat = operator.seat()
        announcer = Announcer(
            connection,
            offices,
            clock.now,
            uuid4,
            told=told,
            operator=seat.operator,
            rule=seat.rule,
        )
        return await announcer.run(table.edition)


@contextmanager
def _refusals_told() -> Iterator[None]:
    try:
        yield
    except announcing.AnotherAnnouncerError as refusal:
        raise OperatorError(
            indonesian="Proses lain sedang mengumumkan kalender.",
            english="Another process is announcing a calendar.",
            code=1,
        ) from refusal
    except announcing.SupersededError as refusal:
        raise OperatorError(
            indonesian=f"Kalender {refusal.edition!r} tidak berlaku lagi:"
            f" {refusal.in_force!r} diumumkan sesudahnya.",
            english=f"The calendar {refusal.edition!r} is no longer in force:"
            f" {refusal.in_force!r} was announced after it.",
            code=1,
        ) from refusal
