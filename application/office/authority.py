"""The authority table: which role may do what; everything else is forbidden.

A row says for which roles and actions it is, and where it holds: in which agencies, for
which channels or kinds of complaint, for matters how confidential, for whom of those
before the matter, and whether in an absent official's stead too. That an official's own
agency is the matter's is the caller's to see, since roles are held in one agency; whose
turn it is in a case is the domain's.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Final, Literal, TypeAlias, get_args

import msgspec

from application.office import strict_toml
from application.office.actions import Action, Command
from domain.values import AgencyCode, Channel, ComplaintKind, Role, Secrecy

FILE: Final = Path(__file__).parent / "authority" / "roles.toml"
"""The table that comes with the program."""

_Id: TypeAlias = Annotated[str, msgspec.Meta(pattern="^[a-z0-9-]{1,64}$")]
_Text: TypeAlias = Annotated[str, msgspec.Meta(min_length=1)]
Only: TypeAlias = Literal["assigned", "unit", "concerned"]
_COMMANDS: Final = frozenset(get_args(Command))
SEALED: Final[frozenset[Action]] = frozenset(
    {
        "read-words",
        "read-requester",
        "read-nik",
        "read-document",
        "read-complaint-words",
        "read-objection-words",
        "read-person",
    }
)
"""What opens something sealed: a row has to say of matters how secret."""
Of: TypeAlias = Channel | ComplaintKind | None
"""What narrows a row: a case's channel, a complaint's kind; None is neither's act."""

_Key: TypeAlias = tuple[Role, str, Of]


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One permission, as its file says it."""

    id: _Id
    """Stands in the register with every act it allowed; never given away again."""
    roles: Annotated[tuple[Role, ...], msgspec.Meta(min_length=1)]
    actions: Annotated[tuple[Action, ...], msgspec.Meta(min_length=1)]
    source: _Text
    """What it rests on: the published page's sentence, or the law."""
    channels: Annotated[tuple[Channel, ...], msgspec.Meta(min_length=1)] | None = None
    """Only for cases that came in so; None is every case, and acts without one."""
    complaints: (
        Annotated[tuple[ComplaintKind, ...], msgspec.Meta(min_length=1)] | None
    ) = None
    """Only for complaints of that kind; None is every complaint."""
    agencies: Annotated[tuple[AgencyCode, ...], msgspec.Meta(min_length=1)] | None = (
        None
    )
    """Only in these; None is in every agency, in each of which one's roles are held."""
    confidentiality: (
        Annotated[tuple[Secrecy, ...], msgspec.Meta(min_length=1)] | None
    ) = None
    """Only for matters held so; None is for all, where nothing sealed is opened."""
    only: Only | None = None
    """Of reading: only the assignee, heads over who answers, or who is concerned."""
    acting_for: bool = False
    """Whether it serves in an absent official's stead as well."""

    def holds(self, agency: AgencyCode | None, secrecy: Secrecy) -> bool:
        """Whether it is for the agency, and for matters held so."""
        return (self.agencies is None or agency in self.agencies) and (
            self.confidentiality is None or secrecy in self.confidentiality
        )

    def meets(self, other: "Row") -> bool:
        """Whether both may hold in one agency for one matter."""
        return _overlap(self.agencies, other.agencies) and _overlap(
            self.confidentiality, other.confidentiality
        )


class Grant(msgspec.Struct, frozen=True):
    """What allows an act: the row, and the role in which the official does it."""

    row: str
    role: Role
    only: Only | None = None
    """Holds only for some of those before the matter; the caller looks."""


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    row: tuple[Row, ...]


class Authority:
    """The table in memory; a question is a look-up."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = tuple(rows)
        self._granted: Mapping[_Key, Sequence[tuple[Row, Grant]]] = _granted(rows)

    def row(
        self,
        roles: Sequence[Role],
        action: str,
        of: Of = None,
        *,
        agency: AgencyCode | None = None,
        secrecy: Secrecy = Secrecy.ORDINARY,
        acting_for: bool = False,
    ) -> Grant | None:
        """Find what allows the action to one of the roles; None is a refusal.

        `of` is the case's channel or the complaint's kind; `acting_for` says that the
        roles are an absent official's. Without an agency it is what holds in all. Of
        several roles the first that may serves, one that may in every case before one
        that may not.
        """
        narrower = None
        for role in roles:
            for row, grant in self._granted.get((role, action, of), ()):
                if not row.holds(agency, secrecy) or acting_for > row.acting_for:
                    continue
                if grant.only is None:
                    return grant
                narrower = narrower or grant
        return narrower

    def table(self) -> tuple[Row, ...]:
        """Give all rows in the order of their file, for people to read."""
        return self._rows


def load(file: Path = FILE) -> Authority:
    """Read the table; raises DataFileError for a fault, or two rows for one act."""
    rows = strict_toml.read(file, _Table).row
    ids: set[str] = set()
    for n, row in enumerate(rows):
        if row.id in ids:
            raise strict_toml.fault(file, ("row", n, "id"), f"{row.id} stands twice")
        ids.add(row.id)
        for column, problem in _misplaced(row):
            raise strict_toml.fault(file, ("row", n, column), problem)
        for role, action, other in _allowed_before(rows[:n], row):
            problem = f"{role} may already do {action} by the row {other}"
            raise strict_toml.fault(file, ("row", n, "actions"), problem)
    return Authority(rows)


def _misplaced(row: Row) -> Iterator[tuple[str, str]]:
    """Columns that say something of actions that it can't be said of."""
    if not _COMMANDS.isdisjoint(row.actions):
        if row.only:
            yield "only", "whose turn a command is, the rules of the case say"
        if row.confidentiality:
            yield "confidentiality", "a secret matter is handled like any other"
    if row.confidentiality is None and not SEALED.isdisjoint(row.actions):
        yield "confidentiality", "what opens sealed words has to say of which matters"


def _allowed_before(
    earlier: Sequence[Row], row: Row
) -> Iterator[tuple[Role, str, str]]:
    granted = _granted(earlier)
    for role, action, of in _keys(row):
        for other, _ in granted.get((role, action, of), ()):
            if other.meets(row):
                yield role, action, other.id


def _granted(rows: Sequence[Row]) -> dict[_Key, list[tuple[Row, Grant]]]:
    granted: dict[_Key, list[tuple[Row, Grant]]] = {}
    for row in rows:
        for key in _keys(row):
            grant = Grant(row=row.id, role=key[0], only=row.only)
            granted.setdefault(key, []).append((row, grant))
    return granted


def _keys(row: Row) -> Iterator[_Key]:
    narrowed: tuple[Of, ...] = (*(row.channels or ()), *(row.complaints or ()))
    places = narrowed or (None, *Channel, *ComplaintKind)
    for role in row.roles:
        for action in row.actions:
            for place in places:
                yield role, action, place


def _overlap(these: tuple[str, ...] | None, those: tuple[str, ...] | None) -> bool:
    return these is None or those is None or not set(these).isdisjoint(those)
