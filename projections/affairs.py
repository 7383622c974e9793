"""Whose affairs somebody may read: complaints of some kinds, and none about himself."""

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from domain.values import AgencyCode, ComplaintKind, OfficialId


class Affair(NamedTuple):
    """Complaints of a kind, which somebody may read in one post."""

    agency: AgencyCode
    kind: ComplaintKind
    post: OfficialId | None
    """His own, or an absent one's; None is no official's."""


class Affairs(msgspec.Struct, frozen=True):
    """Whose affairs somebody may read, and who he is.

    Nobody reads what is about himself, nor in the post of whom it is about.
    """

    reader: OfficialId | None
    """None is no official: nothing is about him."""
    read: Sequence[Affair]

    def asked(self) -> dict[str, object]:
        """The same, as statements ask for it; the lists go together."""
        return {
            "reader": self.reader,
            "affair_agencies": [one.agency for one in self.read],
            "affairs": [one.kind.value for one in self.read],
            "affair_posts": [one.post for one in self.read],
        }
