"""The book of standards: two agencies as published, a third as one more file."""

from datetime import date
from pathlib import Path

import msgspec
import pytest

from application.office import standards_book
from application.office.strict_toml import DataFileError
from domain.calendar import Calendar
from domain.values import Channel, DayKind

OURS = standards_book.FOLDER
BPPD = (OURS / "ntt" / "bppd.toml").read_text(encoding="utf-8")
THIRD = (Path(__file__).parent / "third_agency.toml").read_text(encoding="utf-8")


def refusal(folder: Path) -> tuple[str, int, str]:
    with pytest.raises(DataFileError) as caught:
        standards_book.load(OURS, folder)
    return caught.value.file.name, caught.value.line, caught.value.field


def line_in(text: str, words: str) -> int:
    lines = text.splitlines()
    return next(n for n, line in enumerate(lines, 1) if line.startswith(words))


def test_both_agencies_have_a_standard():
    assert standards_book.load().agencies == ("biro-organisasi", "bppd")


def test_a_third_agency_is_one_more_file(tmp_path):
    (tmp_path / "arsip.toml").write_text(THIRD, encoding="utf-8")
    book = standards_book.load(OURS, tmp_path)
    third = book.in_force("arsip-uji", date(2026, 1, 1))
    assert third is not None
    assert third in book
    assert third.agency.prefix == "ARS"
    letters = third.channel(Channel.LETTER)
    assert letters is not None
    assert letters.target.day_kind is DayKind.WORKING
    assert third.channel(Channel.FACE_TO_FACE) is None


def test_an_agency_nobody_published_has_no_standard():
    assert standards_book.load().in_force("dinas-lain", date(2026, 1, 1)) is None


@pytest.mark.parametrize(
    ("typo", "for_", "field"),
    [
        ("retention_year = ", "retention_years = ", "retention_year"),
        ('name_ = "Badan', 'name = "Badan', "agency.name_"),
        ('prefix = "B-D', 'prefix = "B', "agency.prefix"),
        ('day_kind = "minuts"', 'day_kind = "minutes"', None),
        ('superior = "sekda"', 'superior = "regional_secretary"', None),
        ('zone = "Asia/Makasar"', 'zone = "Asia/Makassar"', "agency.zone"),
        ("answer = 0", "answer = 10", "statute.answer"),
        ("opens = 17:00:00", "opens = 08:00:00", "office_hours"),
    ],
)
def test_a_typo_stops_the_start_with_file_line_and_field(tmp_path, typo, for_, field):
    wrong = BPPD.replace(for_, typo, 1)
    assert wrong != BPPD
    (tmp_path / "typo.toml").write_text(wrong, encoding="utf-8")
    with pytest.raises(DataFileError) as caught:
        standards_book.load(tmp_path)
    at = "[office_hours]" if field == "office_hours" else typo
    assert caught.value.file.name == "typo.toml"
    assert caught.value.line == line_in(wrong, at)
    assert field is None or caught.value.field == field


CHAIN = '[["subdivision_head"], ["division_head", "agency_secretary"], ["agency_head"]]'


@pytest.mark.parametrize(
    "chain",
    [
        '[["agency_head"], ["division_head"]]',
        '[["division_head"], ["agency_secretary"], ["agency_head"]]',
        '[["subdivision_head", "agency_head"], ["agency_head"]]',
        '[["subdivision_head"], ["ppid"], ["agency_head"]]',
        '[["letter_clerk"]]',
        '[["subdivision_head"], ["division_head", "agency_secretary"]]',
    ],
    ids=["falling", "level", "twice", "no-rank", "a-desk", "two-signers"],
)
def test_a_chain_that_nobody_can_climb_stops_the_start(tmp_path, chain):
    wrong = BPPD.replace(CHAIN, chain, 1)
    assert wrong != BPPD
    (tmp_path / "chain.toml").write_text(wrong, encoding="utf-8")
    told = ("chain.toml", line_in(wrong, "approval_chain"), "approval_chain")
    with pytest.raises(DataFileError) as caught:
        standards_book.load(tmp_path)
    refused = caught.value
    assert (refused.file.name, refused.line, refused.field) == told


def test_a_signer_alone_is_a_chain(tmp_path):
    flat = BPPD.replace(CHAIN, '[["agency_head"]]', 1)
    (tmp_path / "flat.toml").write_text(flat, encoding="utf-8")
    assert standards_book.load(tmp_path).agencies == ("bppd",)


@pytest.mark.parametrize(
    "nothing", ["sk_numer", "channels.letter.target.day", "channels.telegram", "zone."]
)
def test_a_gap_that_points_at_nothing_stops_the_start(tmp_path, nothing):
    wrong = BPPD.replace('field = "sk_number"', f'field = "{nothing}"', 1)
    (tmp_path / "gap.toml").write_text(wrong, encoding="utf-8")
    with pytest.raises(DataFileError) as caught:
        standards_book.load(tmp_path)
    assert caught.value.field == "gaps[1].field"
    assert caught.value.line == line_in(wrong, f'field = "{nothing}"')


def test_a_later_version_holds_from_its_day_on(tmp_path):
    later = BPPD.replace("version = 1", "version = 2", 1)
    later = later.replace("effective_from = 2024-01-01", "effective_from = 2026-07-01")
    (tmp_path / "bppd-2.toml").write_text(later, encoding="utf-8")
    book = standards_book.load(OURS, tmp_path)
    held = [
        book.in_force("bppd", on)
        for on in (date(2020, 1, 1), date(2026, 6, 30), date(2026, 7, 1))
    ]
    assert [each.version for each in held if each] == [1, 1, 2]


@pytest.mark.parametrize(
    ("changed", "line_of", "field"),
    [
        ({}, "version", "version"),
        ({"version = 1": "version = 2", 'id = "bppd': 'id = "lain'}, "id", "id"),
        (
            {'code = "bppd"': 'code = "lain"', 'id = "bppd-ntt': 'id = "lain'},
            "prefix",
            "agency.prefix",
        ),
        (
            {
                'code = "bppd"': 'code = "lain"',
                "version = 1": "version = 2",
                'prefix = "BPPD"': 'prefix = "LAIN"',
            },
            "id",
            "id",
        ),
    ],
)
def test_files_that_contradict_each_other_are_refused(
    tmp_path, changed, line_of, field
):
    text = BPPD
    for old, new in changed.items():
        text = text.replace(old, new, 1)
    (tmp_path / "other.toml").write_text(text, encoding="utf-8")
    assert refusal(tmp_path) == ("other.toml", line_in(text, line_of), field)


def test_a_folder_without_any_standard_is_refused(tmp_path):
    with pytest.raises(DataFileError):
        standards_book.load(tmp_path)


def test_every_gap_points_at_the_field_that_carries_its_default():
    for standard in standards_book.load():
        shown = msgspec.json.decode(msgspec.json.encode(standard))
        assert standard.gaps
        for gap in standard.gaps:
            inner = shown
            for step in gap.field.split("."):
                assert step in inner, gap.field
                inner = inner[step]


def test_every_assumed_step_is_marked_as_a_gap():
    for standard in standards_book.load():
        marked = {gap.field for gap in standard.gaps}
        for channel in Channel:
            offered = standard.channel(channel)
            assert offered is not None
            if any(step.assumed for step in offered.procedure.steps):
                assert f"channels.{channel}.procedure.steps" in marked


def test_the_zone_of_every_agency_keeps_its_days():
    for standard in standards_book.load():
        day = date(2026, 2, 10)
        calendar = Calendar(
            edition="test",
            zone=standard.agency.zone,
            first=day,
            last=day,
            holidays={},
        )
        assert calendar.date_of(calendar.start_of(day)) == day
