"""The work list counted a slow way: every official before every case, rule by rule."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from application.office.authority import Authority
from domain.office import Office, Official
from domain.open_acts import GUARDS, Turn
from domain.seating import seated
from domain.values import Role
from projections import reader
from projections.case_row import Row
from projections.owed import Duty, Task, owed


class Told(NamedTuple):
    """A task as the list tells it."""

    duty: Duty
    case: UUID
    stead: str | None


def waiting(
    official: Official,
    rows: Iterable[Row],
    office: Office,
    table: Authority,
    at: datetime,
) -> set[Told]:
    """What waits for an official: owed, his by the rules, and granted by the table."""
    office = office.on(at)
    caller = seated(official, office)
    posts = reader.posts(caller, office, at)
    told: dict[tuple[Duty, UUID], Told] = {}
    for row in rows:
        if row.case.agency != official.agency:
            continue
        for task in owed(row):
            for holder in posts:
                absent = None if holder is caller else holder
                if _is_his(task, row, caller, absent, table, office, at):
                    stead = None if absent is None else absent.id
                    key = (task.duty, row.case_id)
                    told.setdefault(key, Told(*key, stead))
                    if stead is None:
                        told[key] = Told(*key, None)
    return set(told.values())


def _is_his(  # noqa: PLR0917 - the whole scene
    task: Task,
    row: Row,
    caller: Official,
    absent: Official | None,
    table: Authority,
    office: Office,
    at: datetime,
) -> bool:
    if task.from_on is not None and office.calendar.date_of(at) < task.from_on:
        return False
    return any(
        table.row((role,), "read-list") is not None
        and GUARDS[task.duty](Turn(row.case, caller, role, at, absent))
        for role in _roles(task, absent or caller, table, row)
    )


def _roles(task: Task, holder: Official, table: Authority, row: Row) -> Iterator[Role]:
    for role in holder.roles:
        if task.official is None and role is not task.role:
            continue
        if task.official is not None and holder.id != task.official:
            continue
        if table.row((role,), task.duty, row.case.channel) is not None:
            yield role
