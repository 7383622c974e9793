"""Deadlines by a second method: counted over the decrees, without our program.

Nothing here is imported from the packages under test. The free days are those of
`decrees.csv`, taken from PyPI `holidays` 0.109 and the decrees' texts, not from the
program's holiday files; zones are fixed offsets (Indonesia has no summer time); a day
is its ordinal number. A term ends on the n-th element of the set of days that count.

`python -m tests.golden.deadlines_asked` writes `deadlines.csv` where it is missing.
"""

import csv
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
TABLE = HERE / "deadlines.csv"
DECREES = HERE / "decrees.csv"

HOURS_EAST = {"Asia/Jakarta": 7, "Asia/Makassar": 8, "Asia/Jayapura": 9}
"""WIB, WITA and WIT."""
CLOSES = 16 * 60
"""16:00, in minutes: what comes later is late where the office says so."""
FAR = 400
"""No term of the table is longer, in days."""


class Asked(NamedTuple):
    """What a row of the table asks."""

    shows: str
    """Why the row is there."""
    clock: str
    received_at: str
    """RFC 3339, in whatever offset the sender's clock had."""
    day_kind: str
    length: int
    zone: str = "Asia/Makassar"
    extension: int = 0
    pauses: str = ""
    """`first..last`, local days inclusive, several apart by a blank."""
    both: str = ""
    """`both` where the other reading of "hari" is shown beside."""
    late: str = ""
    """`next_day` where a late receipt counts from the next working day."""


class Row(NamedTuple):
    """A row of the table: question and answer."""

    shows: str
    clock: str
    zone: str
    received_at: str
    late: str
    day_kind: str
    length: str
    extension: str
    pauses: str
    due_on: str
    due_at: str
    also_due_on: str
    provisional: str


def decreed() -> list[dict[str, str]]:
    """The decrees' days, as the file has them."""
    with DECREES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


FREED = {date.fromisoformat(day["date"]).toordinal() for day in decreed()}
KNOWN = range(date(2024, 1, 1).toordinal(), date(2028, 1, 1).toordinal())
"""The days whose holidays the decrees fix."""


def works(ordinal: int) -> bool:
    """Day 1 of all days was a Monday, so Saturdays leave 6 and Sundays 0."""
    return ordinal % 7 not in {6, 0} and ordinal not in FREED


def local(received_at: str, zone: str) -> tuple[int, int, int]:
    """The local day's ordinal, and minutes and seconds of it, without a zone file."""
    at = datetime.fromisoformat(received_at).astimezone(UTC)
    seconds = at.toordinal() * 86400 + at.hour * 3600 + at.minute * 60 + at.second
    day, rest = divmod(seconds + HOURS_EAST[zone] * 3600, 86400)
    return day, rest // 60, rest % 60


def day_zero(asked: Asked) -> int:
    """The day that is not counted: of receipt, or the next where that was too late."""
    day, minutes, seconds = local(asked.received_at, asked.zone)
    if asked.late and (not works(day) or (minutes, seconds) > (CLOSES, 0)):
        return next(later for later in range(day + 1, day + FAR) if works(later))
    return day


def paused(pauses: str) -> Iterator[int]:
    """Every day that any pause covers."""
    for pause in pauses.split():
        first, last = map(date.fromisoformat, pause.split(".."))
        yield from range(first.toordinal(), last.toordinal() + 1)


def ends(asked: Asked, kind: str) -> int:
    """The n-th of the days after day zero that count."""
    zero = day_zero(asked)
    days = set(range(zero + 1, zero + FAR)) - set(paused(asked.pauses))
    if kind == "working":
        days = set(filter(works, days))
    return sorted(days)[asked.length + asked.extension - 1]


def answer(asked: Asked) -> Row:
    """The row that the table has for the question."""
    other = {"calendar": "working", "working": "calendar"}[asked.day_kind]
    kinds = (asked.day_kind, other) if asked.both else (asked.day_kind,)
    last = {kind: ends(asked, kind) for kind in kinds}
    due_on = date.fromordinal(last[asked.day_kind])
    midnight = datetime(due_on.year, due_on.month, due_on.day, tzinfo=UTC)
    due_at = midnight + timedelta(days=1, hours=-HOURS_EAST[asked.zone])
    unsure = "working" in last and not (
        day_zero(asked) in KNOWN and last["working"] in KNOWN
    )
    return Row(
        shows=asked.shows,
        clock=asked.clock,
        zone=asked.zone,
        received_at=asked.received_at,
        late=asked.late,
        day_kind=asked.day_kind,
        length=str(asked.length),
        extension=str(asked.extension),
        pauses=asked.pauses,
        due_on=due_on.isoformat(),
        due_at=due_at.isoformat(),
        also_due_on=date.fromordinal(last[other]).isoformat() if asked.both else "",
        provisional="provisional" if unsure else "",
    )


def table() -> list[Row]:
    """The table as it was committed."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [Row(**row) for row in csv.DictReader(file)]


def write(questions: Iterable[Asked]) -> None:
    """Write the table; an existing one is never written over."""
    with TABLE.open("x", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(Row._fields)
        rows.writerows(map(answer, questions))
