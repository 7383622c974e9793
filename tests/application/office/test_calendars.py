"""The holiday files: every free day names its decree or says that it is estimated."""

from collections import Counter
from datetime import date

import pytest

from application.office import calendars
from application.office.strict_toml import DataFileError
from domain.calendar import HolidayKind

TABLE = calendars.load()
EDITION = 'edition = "test"\ncollective_leave_is_free = true\n'
YEAR = 'year = 2026\n[decrees]\nskb = "SKB 1497/2025"\n'
DAY = '[[days]]\ndate = 2026-01-01\nname = "Tahun Baru"\nkind = "national"\n'


def test_the_set_reaches_over_four_whole_years():
    assert (TABLE.first, TABLE.last) == (date(2024, 1, 1), date(2027, 12, 31))
    assert TABLE.calendar("Asia/Makassar").edition == TABLE.edition


@pytest.mark.parametrize(
    ("year", "national", "leave"),
    [(2024, 19, 10), (2025, 17, 11), (2026, 17, 8)],
)
def test_each_year_has_as_many_days_as_its_decrees(year, national, leave):
    kinds = Counter(
        holiday.kind for day, holiday in TABLE.holidays.items() if day.year == year
    )
    assert kinds[HolidayKind.NATIONAL] == national
    assert kinds[HolidayKind.COLLECTIVE_LEAVE] == leave


def test_every_day_names_a_decree_or_is_estimated():
    assert all(day.decree or day.estimated for day in TABLE.holidays.values())


def test_only_the_islamic_days_of_the_last_year_are_estimated():
    estimated = {
        day: each.name for day, each in TABLE.holidays.items() if each.estimated
    }
    assert {day.year for day in estimated} == {2027}
    assert date(2027, 3, 10) in estimated
    assert date(2027, 5, 17) in estimated
    assert date(2027, 3, 26) not in estimated


@pytest.mark.parametrize(
    ("day", "decree"),
    [
        (date(2024, 2, 14), "Keputusan Presiden Nomor 10 Tahun 2024"),
        (date(2024, 11, 27), "Keputusan Presiden Nomor 33 Tahun 2024"),
        (date(2025, 8, 18), "Nomor 933 Tahun 2025"),
        (date(2026, 3, 23), "Nomor 1497 Tahun 2025"),
    ],
)
def test_days_decreed_apart_name_their_own_decree(day, decree):
    assert decree in TABLE.holidays[day].decree


def load(folder, years, edition=EDITION):
    (folder / "edition.toml").write_text(edition)
    for name, text in years.items():
        (folder / name).write_text(text)
    return calendars.load(folder)


def test_an_estimated_day_needs_no_decree(tmp_path):
    table = load(tmp_path, {"2026.toml": YEAR + DAY + "estimated = true\n"})
    assert table.holidays[date(2026, 1, 1)].decree == ""


@pytest.mark.parametrize(
    ("days", "line", "field"),
    [
        (DAY, 4, "days[0]"),
        (DAY + 'decree = "keppres"\n', 8, "days[0].decree"),
        (DAY + 'decree = "skb"\n' + DAY + 'decree = "skb"\n', 10, "days[1].date"),
        (DAY.replace("2026-", "2025-") + 'decree = "skb"\n', 5, "days[0].date"),
        (DAY + 'decree = "skb"\nestimate = true\n', 9, "days[0].estimate"),
        (DAY.replace('"national"', '"nasional"'), 7, "days[0].kind"),
        (DAY.replace("2026-01-01", '"1 Januari"'), 5, "days[0].date"),
    ],
)
def test_a_wrong_day_is_named_with_line_and_field(tmp_path, days, line, field):
    with pytest.raises(DataFileError) as caught:
        load(tmp_path, {"2026.toml": YEAR + days})
    refused = caught.value
    assert (refused.file.name, refused.line, refused.field) == (
        "2026.toml",
        line,
        field,
    )


def test_a_year_may_not_be_left_out(tmp_path):
    later = 'year = 2028\ndays = []\n[decrees]\nskb = "SKB"\n'
    with pytest.raises(DataFileError) as caught:
        load(
            tmp_path,
            {
                "2026.toml": YEAR + "\n[[days]]\n" + DAY[9:] + 'decree = "skb"\n',
                "2028.toml": later,
            },
        )
    assert (caught.value.file.name, caught.value.field) == ("2028.toml", "year")


def test_a_set_without_a_year_is_refused(tmp_path):
    with pytest.raises(DataFileError):
        load(tmp_path, {})
