"""The file that announces a calendar: what it changes, and what in it is refused."""

import re
from datetime import date

import pytest

from application.office import calendars
from application.office.announcement import Announcement
from application.office.editions import Editions
from application.office.strict_toml import DataFileError
from domain.calendar import HolidayKind

BUILT_IN = calendars.load()
KNOWN = Editions.alone(BUILT_IN)
AGENCIES = {"bppd", "biro-organisasi"}
HEAD = 'edition = "ntt-2026.2"\n'
DECREES = '[decrees]\nkeppres = "Keputusan Presiden Nomor 1 Tahun 2026"\n'
DAY = '[[days]]\ndate = 2026-06-03\nname = "Pemilihan"\nkind = "national"\n'
DECREED = DAY + 'decree = "keppres"\n'
WORKED = '[[working]]\ndate = 2026-02-16\ndecree = "keppres"\n'
"""The collective leave before Imlek, which is taken back."""


@pytest.fixture
def announced(tmp_path):
    """Give what makes an edition of a file's text."""

    def of(text, known=KNOWN):
        file = tmp_path / "announcement.toml"
        file.write_text(text)
        return Announcement(file).against(known, AGENCIES)

    return of


def test_a_day_is_added_to_the_edition_in_force(announced):
    table, base = announced(HEAD + DECREES + DECREED)
    assert (table.edition, base) == ("ntt-2026.2", BUILT_IN.edition)
    added = table.holidays[date(2026, 6, 3)]
    assert added.decree == "Keputusan Presiden Nomor 1 Tahun 2026"
    assert {**table.holidays} == {**BUILT_IN.holidays, added.date: added}


def test_a_day_is_taken_back(announced):
    table, _ = announced(HEAD + DECREES + WORKED)
    assert date(2026, 2, 16) in BUILT_IN.holidays
    assert table.calendar("Asia/Makassar", "bppd").is_working(date(2026, 2, 16))


def test_a_day_of_an_agency_frees_that_agency_alone(announced):
    table, _ = announced(HEAD + DECREES + DECREED + 'agencies = ["bppd"]\n')
    day = date(2026, 6, 3)
    assert not table.calendar("Asia/Makassar", "bppd").is_working(day)
    assert table.calendar("Asia/Makassar", "biro-organisasi").is_working(day)


def test_an_agencys_day_is_taken_back_from_that_agency_alone(announced):
    both = 'agencies = ["bppd", "biro-organisasi"]\n'
    older, _ = announced(HEAD + DECREES + DECREED + both)
    known = Editions(
        in_force=older,
        kept={**KNOWN.kept, older.edition: older},
        bases={older.edition: BUILT_IN.edition},
    )
    worked = WORKED.replace("02-16", "06-03") + 'agencies = ["bppd"]\n'
    table, base = announced('edition = "ntt-2026.3"\n' + DECREES + worked, known)
    assert base == older.edition
    assert list(table.agency_days) == ["biro-organisasi"]


def test_an_estimated_day_that_is_confirmed_is_estimated_no_longer(announced):
    day = '[[days]]\ndate = 2027-03-10\nname = "Idul Fitri"\nkind = "national"\n'
    table, _ = announced(HEAD + DECREES + day + 'decree = "keppres"\n')
    assert BUILT_IN.holidays[date(2027, 3, 10)].estimated
    assert not table.holidays[date(2027, 3, 10)].estimated
    assert table.holidays[date(2027, 3, 10)].kind is HolidayKind.NATIONAL


def test_a_year_is_known_with_its_days(announced):
    day = DECREED.replace("2026-06-03", "2028-01-01")
    table, _ = announced(HEAD + "years = [2028]\n" + DECREES + day)
    assert table.last == date(2028, 12, 31)


def test_the_file_that_made_an_edition_makes_it_again(announced):
    text = HEAD + DECREES + DECREED
    table, _ = announced(text)
    known = Editions(
        in_force=table,
        kept={**KNOWN.kept, table.edition: table},
        bases={table.edition: BUILT_IN.edition},
    )
    assert announced(text, known) == (table, BUILT_IN.edition)
    with pytest.raises(DataFileError, match="other days") as caught:
        announced(text.replace("06-03", "06-04"), known)
    assert caught.value.field == "edition"


def test_the_handbooks_example_can_be_announced(announced):
    handbook = (calendars.FOLDER / "README.md").read_text(encoding="utf-8")
    [example] = re.findall(r"```toml\n(.*?)```", handbook, re.DOTALL)
    table, _ = announced(example)
    bppd = table.calendar("Asia/Makassar", "bppd")
    assert not bppd.is_working(date(2026, 8, 14))
    assert bppd.is_working(date(2026, 5, 15))


@pytest.mark.parametrize(
    ("text", "line", "field"),
    [
        ("", 1, "edition"),
        (HEAD, 1, "edition"),
        ('edition = "Edisi Baru"\n' + DECREES + DECREED, 1, "edition"),
        (f'edition = "{BUILT_IN.edition}"\n' + DECREES + DECREED, 1, "edition"),
        (HEAD + 'base = "id-1999"\n' + DECREES + DECREED, 2, "base"),
        (HEAD + "zone = 8\n" + DECREES + DECREED, 2, "zone"),
        (HEAD + "years = [2029]\n" + DECREES + DECREED, 2, "years[0]"),
        (HEAD + "years = [2028]\n" + DECREES + DECREED, 2, "years[0]"),
        (HEAD + DECREES + DAY, 4, "days[0]"),
        (HEAD + DECREES + DAY + 'decree = "skb"\n', 8, "days[0].decree"),
        (HEAD + DECREES + DAY.replace("2026", "2028"), 5, "days[0].date"),
        (HEAD + DECREES + DECREED + DECREED, 10, "days[1].date"),
        (HEAD + DECREES + DECREED + 'agencies = ["dinas"]\n', 9, "days[0].agencies"),
        (HEAD + DECREES + DECREED + "agencies = []\n", 9, "days[0].agencies"),
        (HEAD + DECREES + DAY.replace("national", "bebas"), 7, "days[0].kind"),
        (HEAD + DECREES + WORKED.replace("16", "18"), 5, "working[0].date"),
        (HEAD + WORKED, 4, "working[0].decree"),
        (HEAD + DECREES + WORKED + 'agencies = ["bppd"]\n', 5, "working[0].date"),
        (
            HEAD + DECREES + WORKED + DECREED.replace("06-03", "02-16"),
            5,
            "working[0].date",
        ),
    ],
)
def test_a_file_that_cannot_be_right_is_refused_where_it_is_wrong(
    announced, text, line, field
):
    with pytest.raises(DataFileError) as caught:
        announced(text)
    assert (caught.value.line, caught.value.field) == (line, field)
