"""Units renamed or merged from a day on; what was recorded keeps the unit it named."""

from collections.abc import Iterable
from datetime import date

import msgspec

from domain.values import AgencyCode


class UnitChange(msgspec.Struct, frozen=True):
    """A unit and all below it go by another path from a local day on.

    A merger is two units that come to bear one path; a split is no change of this
    kind, since each official moves for himself.
    """

    agency: AgencyCode
    old: str
    new: str
    effective_on: date
    decree: str
    """What ordered it, such as a regulation on the agency's structure."""

    def is_of(self, path: str) -> bool:
        """Whether a unit is the one that changes, or lies below it."""
        return path == self.old or path.startswith(f"{self.old}/")

    def renamed(self, path: str) -> str:
        """The new path of such a unit."""
        return self.new + path.removeprefix(self.old)


def path_on(path: str, changes: Iterable[UnitChange], day: date) -> str:
    """The path that a unit bears on a day, whichever of its paths one knows.

    `changes` are one agency's. The earlier goes first, and of the same day the one
    of the lower unit; each is taken once, so that it ends whatever was entered.
    """
    left = sorted(
        (one for one in changes if one.effective_on <= day),
        key=lambda one: (one.effective_on, -len(one.old)),
    )
    while found := next((one for one in left if one.is_of(path)), None):
        left.remove(found)
        path = found.renamed(path)
    return path


def is_circular(changes: Iterable[UnitChange]) -> bool:
    """Whether a unit would come back to a path that it has left."""
    known = tuple(changes)
    ends = [path_on(one.new, known, date.max) for one in known]
    return any(one.is_of(end) for one in known for end in ends)
