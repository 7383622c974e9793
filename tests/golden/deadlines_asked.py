"""What the table of deadlines asks: the days on which counts go wrong.

Clocks and lengths are those of the Act, the two standards and SP4N-LAPOR!; receipts
stand before every long holiday of 2024-2027, around midnight in each zone, on free
days, late in the day, on the leap day and before the calendar's end.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from tests.golden.second_method import Asked, write

EVES = {
    "before Imlek and the election 2024": "2024-02-07",
    "the eve of the election 2024": "2024-02-13",
    "before Lebaran 2024": "2024-04-05",
    "the eve of Ascension 2024": "2024-05-08",
    "before Idul Adha 2024": "2024-06-14",
    "a week before the regional election": "2024-11-20",
    "the eve of the regional election": "2024-11-26",
    "before Christmas 2024": "2024-12-20",
    "Christmas Eve 2024": "2024-12-24",
    "before Isra Mikraj and Imlek 2025": "2025-01-24",
    "before Nyepi and Lebaran 2025": "2025-03-27",
    "before Idul Adha 2025": "2025-06-05",
    "before the leave announced late in 2025": "2025-08-15",
    "Christmas Eve 2025": "2025-12-24",
    "before Nyepi and Lebaran 2026": "2026-03-17",
    "before Idul Adha 2026": "2026-05-26",
    "New Year's Eve 2026": "2026-12-31",
    "before Nyepi and Lebaran 2027": "2027-03-05",
    "before Easter 2027": "2027-03-24",
    "before Idul Adha and Waisak 2027": "2027-05-14",
    "before Christmas 2027": "2027-12-23",
}
"""The last working days before offices close for long.

Three more such days are asked in `the_notes`.
"""

LENGTHS = (1, 3, 5, 7, 8, 10, 14, 17, 30, 60)

CLOCKS = (
    ("completion", "working", 3, ""),
    ("lapor_follow_up", "working", 5, ""),
    ("lapor_auto_close", "working", 10, ""),
    ("objection", "working", 30, ""),
    ("objection_reply", "working", 30, ""),
    ("dispute", "working", 14, ""),
    ("complaint", "calendar", 60, ""),
    ("complaint", "working", 14, ""),
    ("complaint", "working", 60, ""),
)
"""Every other clock by its own rule."""


def morning(day: str) -> str:
    """Nine o'clock in Kupang."""
    return f"{day}T09:00:00+08:00"


def both_families(shows: str, at: str) -> Iterator[Asked]:
    """A letter's promise, a report's, and the statute."""
    yield Asked(shows, "standard", at, "calendar", 7, both="both")
    yield Asked(shows, "standard", at, "calendar", 8, both="both")
    yield Asked(shows, "statute", at, "working", 10)


def the_notes() -> Iterator[Asked]:
    """The vectors and test requests of which the notes on the domain give the dates."""
    shows = "counted by hand"
    for day in ("2026-03-16", "2026-02-13", "2026-05-13", "2026-12-18"):
        yield from both_families(shows, morning(day))
        yield Asked(shows, "statute", morning(day), "working", 10, extension=7)
        yield Asked(shows, "objection", morning(day), "working", 30)
    for day in ("2026-11-09", "2026-02-10", "2026-04-06", "2026-06-02", "2026-08-18"):
        yield from both_families("a test request", morning(day))
    posted = morning("2026-08-26")
    yield Asked("a test request", "lapor_auto_close", posted, "working", 10)
    box = morning("2026-11-10")
    yield Asked("a test request", "complaint", box, "calendar", 60)


def weekdays() -> Iterator[Asked]:
    """Each day of a plain week."""
    monday = date(2025, 7, 7)
    for ahead in range(7):
        day = monday + timedelta(days=ahead)
        yield from both_families(f"received on a {day:%A}", morning(day.isoformat()))


def midnights() -> Iterator[Asked]:
    """The last second of a day and the first of the next, told in four offsets."""
    east = {"Asia/Jakarta": 7, "Asia/Makassar": 8, "Asia/Jayapura": 9}
    for zone, hours in east.items():
        for shows, second in (("the last second", -1), ("the first second", 0)):
            for offset in (7, 8, 9, 0):
                told = 86400 * 12 + second + (offset - hours) * 3600
                day, rest = divmod(told, 86400)
                clock = f"{rest // 3600:02}:{rest // 60 % 60:02}:{rest % 60:02}"
                sign = f"+{offset:02}:00" if offset else "Z"
                at = f"2026-05-{day + 1:02}T{clock}{sign}"
                yield Asked(shows, "statute", at, "working", 10, zone)
                yield Asked(shows, "standard", at, "calendar", 8, zone, both="both")


def long_holidays() -> Iterator[Asked]:
    """Both families before each, the extended statute, and a term that spans it."""
    for shows, day in EVES.items():
        yield from both_families(shows, morning(day))
        yield Asked(shows, "statute", morning(day), "working", 10, extension=7)
        yield Asked(shows, "objection", morning(day), "working", 30)


def lengths() -> Iterator[Asked]:
    """Every length by both kinds of day, around the leap day and in each year."""
    for day in ("2024-02-22", "2025-04-14", "2026-08-14", "2027-10-01"):
        for length in LENGTHS:
            for kind in ("working", "calendar"):
                yield Asked("every length", "standard", morning(day), kind, length)


def odd_days() -> Iterator[Asked]:
    """Received on the leap day, around it, and on days when nobody works."""
    for shows, day in (
        ("before the leap day", "2024-02-28"),
        ("on the leap day", "2024-02-29"),
        ("no leap day in 2025", "2025-02-28"),
        ("on the election day", "2024-02-14"),
        ("on Idul Fitri", "2024-04-10"),
        ("on collective leave", "2026-03-23"),
        ("on a Sunday that is Easter", "2026-04-05"),
        ("on New Year", "2027-01-01"),
    ):
        yield from both_families(shows, morning(day))
    for clock, kind, length, both in CLOCKS:
        at = morning("2026-02-12")
        yield Asked("every clock", clock, at, kind, length, both=both)


def late_receipts() -> Iterator[Asked]:
    """After closing, where the office's file says that it counts next day."""
    for at in (
        "2026-02-06T07:00:00+08:00",
        "2026-02-06T16:00:00+08:00",
        "2026-02-06T16:00:01+08:00",
        "2026-02-06T15:30:00+07:00",
        "2026-02-07T10:00:00+08:00",
        "2026-02-13T22:00:00+08:00",
        "2026-03-17T16:30:00+08:00",
        "2026-03-21T09:00:00+08:00",
        "2024-02-13T08:00:01Z",
        "2026-12-31T23:59:59+08:00",
    ):
        late = "next_day"
        yield Asked("a late receipt", "statute", at, "working", 10, late=late)
        yield Asked(
            "a late receipt", "standard", at, "calendar", 7, both="both", late=late
        )


def extensions() -> Iterator[Asked]:
    """One to seven days more."""
    for days in range(1, 8):
        for day in ("2026-03-02", "2024-12-11"):
            at = morning(day)
            yield Asked("extended", "statute", at, "working", 10, extension=days)


def pauses() -> Iterator[Asked]:
    """Days that are not counted, of both kinds, also with an extension."""
    for shows, day, several in (
        ("paused inside", "2025-07-07", "2025-07-09..2025-07-11"),
        ("paused for one day", "2025-07-07", "2025-07-10..2025-07-10"),
        ("paused over a weekend", "2025-07-07", "2025-07-11..2025-07-14"),
        ("paused on a weekend only", "2025-07-07", "2025-07-12..2025-07-13"),
        ("paused from the day of receipt", "2025-07-07", "2025-07-07..2025-07-08"),
        ("paused before the receipt", "2025-07-07", "2025-07-01..2025-07-04"),
        ("paused from before the receipt", "2025-07-07", "2025-07-01..2025-07-08"),
        ("paused on the last day", "2025-07-07", "2025-07-21..2025-07-21"),
        ("paused the day after the last", "2025-07-07", "2025-07-22..2025-07-25"),
        ("paused twice", "2025-07-07", "2025-07-09..2025-07-10 2025-07-15..2025-07-16"),
        (
            "paused thrice",
            "2025-07-07",
            "2025-07-08..2025-07-08 2025-07-10..2025-07-10 2025-07-14..2025-07-18",
        ),
        (
            "paused, overlapping",
            "2025-07-07",
            "2025-07-09..2025-07-14 2025-07-11..2025-07-16",
        ),
        (
            "paused, told in no order",
            "2025-07-07",
            "2025-07-15..2025-07-16 2025-07-09..2025-07-10",
        ),
        (
            "paused, one after the other",
            "2025-07-07",
            "2025-07-09..2025-07-10 2025-07-11..2025-07-14",
        ),
        ("paused over Lebaran", "2026-03-16", "2026-03-17..2026-03-27"),
        ("paused into Lebaran", "2025-03-24", "2025-03-26..2025-04-02"),
        ("paused out of Lebaran", "2024-04-05", "2024-04-12..2024-04-18"),
        ("paused in Lebaran only", "2024-04-05", "2024-04-08..2024-04-15"),
        ("paused over the year's end", "2026-12-18", "2026-12-23..2027-01-06"),
        ("paused over the leap day", "2024-02-27", "2024-02-28..2024-03-01"),
        ("paused past the calendar's end", "2027-12-20", "2027-12-27..2028-01-05"),
        (
            "paused again where it had moved to",
            "2025-07-07",
            "2025-07-21..2025-07-25 2025-07-28..2025-07-31",
        ),
    ):
        at = morning(day)
        yield Asked(shows, "statute", at, "working", 10, pauses=several)
        yield Asked(
            f"{shows}, extended",
            "statute",
            at,
            "working",
            10,
            extension=7,
            pauses=several,
        )
        yield Asked(shows, "standard", at, "calendar", 7, pauses=several, both="both")


def the_edges() -> Iterator[Asked]:
    """Beyond the decrees only weekends are known."""
    for at in ("2027-12-17", "2027-12-29", "2027-12-31", "2028-01-03", "2023-12-29"):
        yield from both_families("where the decrees end", morning(at))
    before = "2023-12-31T23:30:00+08:00"
    yield Asked("a calendar day before 2024", "statute", before, "working", 1)
    inside = "2023-12-31T23:30:00+07:00"
    yield Asked("the first day of 2024", "statute", inside, "working", 1)


QUESTIONS = (
    *the_notes(),
    *weekdays(),
    *midnights(),
    *long_holidays(),
    *lengths(),
    *odd_days(),
    *late_receipts(),
    *extensions(),
    *pauses(),
    *the_edges(),
)


if __name__ == "__main__":
    write(QUESTIONS)
