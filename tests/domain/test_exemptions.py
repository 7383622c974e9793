"""A refusal cites what the law knows, and nothing else."""

from application.office import legal_book
from domain import exemptions

KNOWN = legal_book.load()


def test_a_known_ground_may_be_cited():
    assert exemptions.unknown(["kip17.c", "kip17.h"], KNOWN) == ()


def test_unknown_grounds_are_named_in_the_order_cited():
    cited = ["kip17.z", "kip17.c", "kip6.3e"]
    assert exemptions.unknown(cited, KNOWN) == ("kip17.z", "kip6.3e")
