"""The legal bases a refusal may cite: UU 14/2008 article 17 as data, not as code.

What an agency does not hold (tidak dikuasai) or never documented is no exemption and
has no legal basis here; see article 6(3)e.
"""

import re
from collections.abc import Iterable, Mapping
from typing import TypeAlias

import msgspec

from domain.outcome import ItemOutcome
from domain.values import LegalBasisCode, Outcome


class LegalBasis(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One ground on which information may be withheld (dasar hukum pengecualian)."""

    code: LegalBasisCode
    """For example `kip17.c`; events cite it, so it never changes its meaning."""
    citation: str
    """As a letter cites it: "UU 14/2008 Pasal 17 huruf c"."""
    text: str
    """The Act's own words, in Indonesian."""
    gloss: str
    """What it means, in English."""
    source: str
    """Where the text was read."""
    details: tuple[str, ...] = ()
    """The Act's numbered sub-points, in its own words."""
    names_another_act: str | None = None
    """How an Act is cited, as a regular expression: who relies on this ground names
    the Act that he means (letter j)."""

    def __post_init__(self) -> None:
        """Refuse a pattern that is none."""
        try:
            re.compile(self.names_another_act or "")
        except re.error as fault:
            message = f"no regular expression: {fault}"
            raise ValueError(message) from None

    def is_told_by(self, reason: str | None) -> bool:
        """Whether a reason says all that this ground wants to be said."""
        if self.names_another_act is None:
            return True
        return re.search(self.names_another_act, reason or "") is not None


LegalCatalogue: TypeAlias = Mapping[LegalBasisCode, LegalBasis]
"""Every ground that may be cited, by its code."""


def withholds(item: ItemOutcome) -> bool:
    """Whether information is kept back as exempt: the whole item, or parts of it.

    A partial answer that cites a legal basis blacks something out (UU 14/2008 art. 17,
    22(7)e); one that cites none only gives what there is.
    """
    if item.outcome is Outcome.REFUSED_AS_EXEMPT:
        return True
    return item.outcome is Outcome.PARTIAL and bool(item.legal_basis)


def unknown(
    cited: Iterable[LegalBasisCode], catalogue: LegalCatalogue
) -> tuple[LegalBasisCode, ...]:
    """The cited codes that no legal basis bears, in the order cited."""
    return tuple(code for code in cited if code not in catalogue)
