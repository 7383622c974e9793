"""Mistakes about holidays that other systems of this kind make, one test for each."""

import ast
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
import time_machine
from msgspec.structs import fields, replace

import application
import domain
from application.office import calendars
from domain import deadlines
from domain.values import Clock, DayKind
from interfaces.settings import Settings
from tests.domain.resting import CALENDAR
from tests.domain.scenarios import wita


def dates_in(source: Path) -> list[str]:
    """Dates that the code itself holds, docstrings aside."""
    tree = ast.parse(source.read_text(encoding="utf-8"))
    told = {id(each.value) for each in ast.walk(tree) if isinstance(each, ast.Expr)}
    found: list[str] = []
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str() as text) if id(node) not in told:
                found += re.findall(r"\b(?:19|20)\d\d-\d\d(?:-\d\d)?\b", text)
            case ast.Call(
                func=ast.Name(id="date" | "datetime")
                | ast.Attribute(attr="date" | "datetime"),
                args=[ast.Constant(), *_],
            ):
                found.append(ast.unparse(node))
            case _:
                pass
    return found


def test_no_holiday_stands_in_code():
    # NYC, Froide, FFL and e-PPID list them in code or in settings.
    sources = [
        source
        for package in (domain, application)
        for source in Path(package.__path__[0]).rglob("*.py")
    ]
    found = {source.name: dates for source in sources if (dates := dates_in(source))}
    # PostgreSQL counts its instants from this day on; it frees nobody.
    assert found == {"arrays.py": ["datetime(2000, 1, 1, tzinfo=UTC)"]}


def test_no_holiday_stands_in_settings():
    names = {each.name for each in fields(Settings)}
    assert {name for name in names if not name.startswith("oidc_")} == {
        "database_url",
        "data",
        "port",
        "pg_bin",
        "public_url",
        "checkpoint_seconds",
    }


def test_without_its_files_a_calendar_frees_weekends_only():
    bare = replace(CALENDAR, holidays={})
    for year in range(2024, 2028):
        days = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]
        assert [
            day for day in days if bare.is_working(day) != (day.weekday() < 5)
        ] == []


@pytest.mark.parametrize("today", ["2019-01-01", "2026-07-01", "2035-12-31"])
def test_holidays_of_all_years_count_whatever_year_it_is(today):
    # FFL knows the holidays of last year, this year and the next one only.
    with time_machine.travel(today):
        kupang = calendars.load().calendar("Asia/Makassar")
        for at, end in (
            ("2024-04-05 10:00", date(2024, 4, 29)),
            ("2027-03-05 10:00", date(2027, 3, 31)),
        ):
            due = deadlines.term(Clock.STATUTE, wita(at), 10, DayKind.WORKING, kupang)
            assert (due.due_on, due.provisional) == (end, False)


def test_beyond_the_years_it_knows_a_calendar_does_not_pretend():
    at = wita("2027-12-20 10:00")
    due = deadlines.term(Clock.STATUTE, at, 10, DayKind.WORKING, CALENDAR)
    assert due.provisional
