"""The exemptions of the Act: ten letters, each with its words and its source."""

import pytest

from application.office import legal_book
from application.office.strict_toml import DataFileError

ONE = (
    'act = "UU"\n[[bases]]\ncode = "uu.a"\ncitation = "Pasal 1"\ntext = "isi"\n'
    'gloss = "content"\nsource = "lembaran negara"\n'
)


def test_the_act_has_ten_exemptions():
    assert [code[-1] for code in legal_book.load()] == list("abcdefghij")


def test_every_exemption_is_quoted_glossed_and_sourced():
    for basis in legal_book.load().values():
        assert basis.citation.endswith(f"huruf {basis.code[-1]}")
        assert basis.text
        assert basis.gloss
        assert basis.source


def test_only_the_last_one_rests_on_another_act():
    elsewhere = [b.code for b in legal_book.load().values() if b.names_another_act]
    assert elsewhere == ["kip17.j"]


def test_an_agency_may_add_an_act_of_its_own(tmp_path):
    (tmp_path / "uu.toml").write_text(ONE)
    assert list(legal_book.load(tmp_path)) == ["uu.a"]


def test_a_code_means_one_thing(tmp_path):
    (tmp_path / "uu.toml").write_text(ONE)
    (tmp_path / "vv.toml").write_text("# again\n" + ONE)
    with pytest.raises(DataFileError) as caught:
        legal_book.load(tmp_path)
    assert (caught.value.file.name, caught.value.line) == ("vv.toml", 4)
    assert caught.value.field == "bases[0].code"


def test_a_typo_is_named_with_its_line(tmp_path):
    (tmp_path / "uu.toml").write_text(ONE.replace("gloss", "glos"))
    with pytest.raises(DataFileError) as caught:
        legal_book.load(tmp_path)
    assert (caught.value.line, caught.value.field) == (6, "bases[0].glos")


def test_how_an_act_is_cited_is_a_pattern_or_a_fault(tmp_path):
    (tmp_path / "uu.toml").write_text(ONE + "names_another_act = '(UU'\n")
    with pytest.raises(DataFileError) as caught:
        legal_book.load(tmp_path)
    assert caught.value.file.name == "uu.toml"


def test_a_folder_without_law_is_refused(tmp_path):
    with pytest.raises(DataFileError):
        legal_book.load(tmp_path)
