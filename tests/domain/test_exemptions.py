"""A refusal cites what the law knows, and nothing else."""

import pytest

from application.office import legal_book
from domain import exemptions

KNOWN = legal_book.load()


def test_a_known_ground_may_be_cited():
    assert exemptions.unknown(["kip17.c", "kip17.h"], KNOWN) == ()


def test_unknown_grounds_are_named_in_the_order_cited():
    cited = ["kip17.z", "kip17.c", "kip6.3e"]
    assert exemptions.unknown(cited, KNOWN) == ("kip17.z", "kip6.3e")


@pytest.mark.parametrize(
    "reason",
    [
        "UU 27/2022",
        "dilarang UU Nomor 5 Tahun 2011 Pasal 9",
        "Undang-Undang Nomor 8 Tahun 1999 tentang Perlindungan Konsumen",
        "undang-undang republik indonesia no. 10 tahun 1998",
        "UU 14/2008 Pasal 17 huruf j jo. UU RI No.27 / 2022",
    ],
)
def test_the_other_act_is_named_as_people_name_it(reason):
    assert KNOWN["kip17.j"].is_told_by(reason)


@pytest.mark.parametrize(
    "reason",
    [
        None,
        "",
        "dilarang undang-undang",
        "UU Perbankan",
        "UU 14/2008 Pasal 17 huruf j",
        "Undang-Undang Nomor 14 Tahun 2008",
        "Perda 5/2011",
    ],
)
def test_no_act_is_named_by_a_hint_nor_the_act_itself_by_its_own_number(reason):
    assert not KNOWN["kip17.j"].is_told_by(reason)


def test_every_other_ground_stands_for_itself():
    others = [basis for code, basis in KNOWN.items() if code != "kip17.j"]
    assert all(basis.is_told_by(None) for basis in others)
