"""`report compliance` tells figures of now and of then, or nothing at all."""

import asyncio
import csv
import io
import json
from pathlib import Path

import psycopg
import pytest

from application import register
from application.entries import NewEntry
from projections.cases import CasesView
from projections.copies import Copy
from projections.reports.standing import VIEWS
from tests.domain.receipts import lettered, visited
from tests.domain.scenarios import wita
from tests.projections import lives
from tests.projections.projecting import projected
from tests.served import run

FEBRUARY = ("--from", "2026-02-01", "--to", "2026-02-28")
MORNING = wita("2026-02-10 09:00")


async def record(url: str, *made: list[NewEntry]) -> int:
    """Record lives and project them; answers the last position."""
    async with await psycopg.AsyncConnection.connect(
        url, autocommit=True
    ) as connection:
        for life in made:
            await lives.record(connection, life)
        await projected(url, connection, views=VIEWS)
        return await register.head(connection)


@pytest.fixture
def report(database_url, tmp_path: Path):
    """A letter and a visit of February; give the position, and a way to report."""
    made = [
        lives.entries([lettered(at=MORNING)], "BPPD-2026-00001"),
        lives.entries(visited(at=MORNING), "BPPD-2026-00002"),
    ]
    position = asyncio.run(record(database_url, *made))

    def told(*arguments: str, of: str = "compliance"):
        environ = {"DATABASE_URL": database_url}
        return run("report", of, *arguments, data=tmp_path, environ=environ)

    return position, told


def counted(done) -> dict[str, int]:
    """The figures of all agencies."""
    figures: dict[str, int] = json.loads(done.stdout)["groups"][0]["figures"]
    return figures


def test_an_operator_sees_all_agencies(report):
    position, told = report
    done = told(*FEBRUARY, "--json")

    assert done.returncode == 0
    stated = json.loads(done.stdout)
    assert stated["position"] == stated["head"] == position
    assert set(stated["zones"]) == {"biro-organisasi", "bppd"}
    assert counted(done)["received"] == counted(done)["backlog_at_end"] == 2


def test_one_agency_and_channel_can_be_asked_for(report):
    _, told = report
    only = ("--agency", "bppd", "--channel", "letter")

    assert counted(told(*FEBRUARY, "--json", *only))["received"] == 1
    other = counted(told(*FEBRUARY, "--json", "--agency", "biro-organisasi"))
    assert not any(other.values())


@pytest.mark.parametrize(
    ("only", "named", "places"),
    [
        (
            ("--agency", "bppd", "--channel", "letter"),
            ", bppd, letter",
            ["bppd, letter"],
        ),
        (
            ("--channel", "letter"),
            ", letter",
            ["all agencies, letter", "biro-organisasi, letter", "bppd, letter"],
        ),
        (
            ("--agency", "bppd"),
            ", bppd",
            ["bppd, all channels"]
            + [f"bppd, {each}" for each in ("face_to_face", "letter", "sp4n_lapor")],
        ),
    ],
)
def test_what_was_left_out_by_a_filter_is_in_no_heading(report, only, named, places):
    _, told = report

    lines = told(*FEBRUARY, *only).stdout.splitlines()
    rows = csv.DictReader(io.StringIO(told(*FEBRUARY, *only, "--csv").stdout))

    assert lines[0] == f"compliance 2026-02-01 - 2026-02-28{named}"
    assert [lines[n + 1] for n, line in enumerate(lines) if not line] == places, (
        "a line that is empty comes before each"
    )
    asked = dict(zip(only[::2], only[1::2], strict=True))
    stated = {row["figure"]: row["value"] for row in rows if row["unit"] == "statement"}
    assert stated["asked_agency"] == asked.get("--agency", "all")
    assert stated["asked_channel"] == asked.get("--channel", "all")


def test_a_report_runs_again_to_the_same_figures_after_more_was_told(
    report, database_url
):
    position, told = report
    stated = json.loads(told(*FEBRUARY, "--json").stdout)
    late = lives.entries([lettered(at=MORNING)], "BPPD-2026-00003")
    asyncio.run(record(database_url, late))

    then = json.loads(
        told(
            *(*FEBRUARY, "--json", "--position", str(position)),
            *("--calendar", stated["calendar_edition"]),
            *("--as-of", stated["generated_at"]),
        ).stdout
    )

    assert counted(told(*FEBRUARY, "--json"))["received"] == 3
    assert then.pop("head") > stated.pop("head")
    assert then == stated
    cases = told(*FEBRUARY, "--position", str(position), "--cases", "received")
    assert cases.stdout.count("BPPD-2026-") == 2


def test_rows_for_a_spreadsheet_and_a_table_for_people(report):
    _, told = report

    rows = list(csv.reader(io.StringIO(told(*FEBRUARY, "--csv").stdout)))
    lines = told(*FEBRUARY).stdout.splitlines()

    assert rows[0][:5] == ["agency", "channel", "figure", "value", "unit"]
    assert ["bppd", "letter", "received", "1", "case"] in [row[:5] for row in rows]
    assert lines[0] == "compliance 2026-02-01 - 2026-02-28"
    assert "bppd, letter" in lines
    assert any(line.split() == ["received", "2"] for line in lines)


def test_the_annual_report_is_told_as_json_and_as_rows(report):
    _, told = report

    year = json.loads(told("--year", "2026", "--json", of="annual").stdout)
    rows = list(csv.reader(io.StringIO(told("--year", "2026", of="annual").stdout)))

    by_agency = {one["agency"]: one for one in year["agencies"]}
    assert by_agency["bppd"]["requests"] == by_agency[None]["requests"] == 2
    assert by_agency["bppd"]["granted"] == by_agency["bppd"]["refused"] == 0
    numbers = [row[:5] for row in rows]
    assert ["bppd", "requests", "", "2", ""] in numbers
    assert ["bppd", "backlog_at_end", "", "2", ""] in numbers
    assert ["bppd", "zone", "", "Asia/Makassar", "statement"] in numbers
    assert all(any(row[5:]) for row in rows if row[4] not in {"statement", "check"})
    assert told("--year", "26", of="annual").returncode == 2
    beyond = told("--year", "2026", "--position", "99999", of="annual")
    assert (beyond.returncode, beyond.stdout) == (2, "")


def test_the_cases_of_a_figure_are_listed(report):
    _, told = report

    listed = json.loads(told(*FEBRUARY, "--cases", "received", "--json").stdout)

    assert [one["registration_number"] for one in listed] == [
        "BPPD-2026-00002",
        "BPPD-2026-00001",
    ]
    rows = csv.DictReader(io.StringIO(told(*FEBRUARY, "--cases", "received").stdout))
    assert [row["registration_number"] for row in rows] == [
        "BPPD-2026-00002",
        "BPPD-2026-00001",
    ]
    none = told(*FEBRUARY, "--cases", "answered")
    assert none.stdout.splitlines() == [",".join(listed[0])]
    assert json.loads(told(*FEBRUARY, "--cases", "answered", "--json").stdout) == []


def test_figures_that_do_not_add_up_end_with_1_and_are_named(report, database_url):
    _, told = report
    schema = Copy.serving(CasesView()).schema
    looking = f"-c search_path={schema}"
    with psycopg.connect(database_url, autocommit=True, options=looking) as connection:
        connection.execute(
            "update cases set received_at = received_at - interval '1 month'"
        )

    done = told(*FEBRUARY, "--json")

    assert done.returncode == 1
    assert json.loads(done.stdout)["adds_up"] is False
    assert "backlog_at_start + received + reopened - finished" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("--from", "2026-02-01"),
        ("--from", "2026-02-30", "--to", "2026-03-01"),
        ("--from", "2026-03-01", "--to", "2026-02-01"),
        (*FEBRUARY, "--agency", "dinas-lain"),
        (*FEBRUARY, "--cases", "beauty"),
        (*FEBRUARY, "--position", "1000000"),
        (*FEBRUARY, "--position", "1000000", "--cases", "received"),
        ("--from", "1900-01-01", "--to", "2100-12-31"),
        (*FEBRUARY, "--calendar", "id-none"),
        (*FEBRUARY, "--json", "--csv"),
    ],
)
def test_a_wrong_call_ends_with_2_and_prints_no_figure(report, arguments):
    _, told = report

    done = told(*arguments)

    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr


def test_without_views_it_is_told_what_to_do(url_without_views, tmp_path):
    done = run(
        *("report", "compliance", *FEBRUARY),
        data=tmp_path,
        environ={"DATABASE_URL": url_without_views},
    )

    assert done.returncode == 1
    assert done.stdout == ""
    assert "--position" in done.stderr
