"""The tasks of cases as rows, beside the cases' own: what waits for whom."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from application import arrays, named_sql
from application.register import Connection
from domain.values import OfficialId, Role
from projections.case_row import Row
from projections.owed import Task, owed

_SQL = named_sql.load(__file__)
CREATE = _SQL["create"]
INDEX = _SQL["index"]
ROWS = _SQL["rows"]
_DROP = _SQL["drop"]
_WRITE = _SQL["write"]


async def write(
    connection: Connection, rows: Iterable[Row], stood: Mapping[UUID, Row]
) -> None:
    """Write what changed since the rows stood as they are in the table.

    A page mostly holds entries that leave the tasks as they were, or whole histories
    that end with none.
    """
    dropped: list[UUID] = []
    written: list[tuple[UUID, Task]] = []
    for row in rows:
        before = owed(stood[row.case_id]) if row.case_id in stood else ()
        after = owed(row)
        if before == after:
            continue
        if before:
            dropped.append(row.case_id)
        written += ((row.case_id, task) for task in after)
    if dropped:
        cases = arrays.uuids(dropped)
        await connection.execute(_DROP, {"cases": cases}, prepare=True, binary=True)
    if written:
        await connection.execute(_WRITE, _columns(written), prepare=True, binary=True)


def whose(role: Role, official: OfficialId | None) -> str:
    """In whose pile a task lies: the role's, or that of the one who alone may do it."""
    return role if official is None else f"@{official}"


def _columns(written: list[tuple[UUID, Task]]) -> dict[str, object]:
    tasks = [task for _, task in written]
    return {
        "case_id": arrays.uuids([case_id for case_id, _ in written]),
        "task": arrays.texts([task.duty for task in tasks]),
        "role": arrays.texts([task.role for task in tasks]),
        "whose": arrays.texts([whose(task.role, task.official) for task in tasks]),
        "unit": arrays.texts_or_null([task.unit for task in tasks]),
        "drafted_by": arrays.texts_or_null([task.drafted_by for task in tasks]),
        # Ids are slugs, and hold no comma.
        "not_by": arrays.texts([",".join(task.not_by) for task in tasks]),
        "on_behalf": arrays.texts([str(task.on_behalf) for task in tasks]),
        "since": arrays.instants([task.since for task in tasks]),
        "from_on": arrays.dates_or_null([task.from_on for task in tasks]),
        "due_on": arrays.dates_or_null([task.due_on for task in tasks]),
        "due_at": arrays.instants_or_null([task.due_at for task in tasks]),
        "target_at": arrays.instants_or_null([task.target_at for task in tasks]),
    }
