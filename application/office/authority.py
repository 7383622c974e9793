"""The authority table: which role may do what; everything else is forbidden.

It answers for role, action, and channel of the case or kind of the complaint. The
agency is the caller's to match, since an official's roles are held in one agency; whose
turn it is in a case is the domain's.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Final, Literal, TypeAlias, get_args

import msgspec

from application.office import strict_toml
from application.office.actions import Action, Command
from domain.values import Channel, ComplaintKind, Role

FILE: Final = Path(__file__).parent / "authority" / "roles.toml"
"""The table that comes with the program."""

_Id: TypeAlias = Annotated[str, msgspec.Meta(pattern="^[a-z0-9-]{1,64}$")]
_Text: TypeAlias = Annotated[str, msgspec.Meta(min_length=1)]
Only: TypeAlias = Literal["assigned", "unit"]
_COMMANDS: Final = frozenset(get_args(Command))
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
    only: Only | None = None
    """Of reading: only the assignee, or only heads over who answers."""


class Grant(msgspec.Struct, frozen=True):
    """What allows an act: the row, and the role in which the official does it."""

    row: str
    role: Role
    only: Only | None = None
    """Holds only for the assignee, or over the unit that answers; the caller looks."""


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    row: tuple[Row, ...]


class Authority:
    """The table in memory; a question is a look-up."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = tuple(rows)
        self._grants = {key: grant for row in rows for key, grant in _grants(row)}

    def row(self, roles: Sequence[Role], action: str, of: Of = None) -> Grant | None:
        """Find what allows the action to one of the roles; None is a refusal.

        `of` is the case's channel or the complaint's kind. Of several roles the
        first that may serves, one that may in every case before one that may not.
        """
        narrower = None
        for role in roles:
            grant = self._grants.get((role, action, of))
            if grant is None:
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
    seen: dict[_Key, str] = {}
    ids: set[str] = set()
    for n, row in enumerate(rows):
        if row.id in ids:
            raise strict_toml.fault(file, ("row", n, "id"), f"{row.id} stands twice")
        ids.add(row.id)
        if row.only and not _COMMANDS.isdisjoint(row.actions):
            problem = "whose turn a command is, the rules of the case say"
            raise strict_toml.fault(file, ("row", n, "only"), problem)
        for key, _ in _grants(row):
            if other := seen.get(key):
                problem = f"{key[0]} may already do {key[1]} by the row {other}"
                raise strict_toml.fault(file, ("row", n, "actions"), problem)
            seen[key] = row.id
    return Authority(rows)


def _grants(row: Row) -> Iterable[tuple[_Key, Grant]]:
    narrowed: tuple[Of, ...] = (*(row.channels or ()), *(row.complaints or ()))
    places = narrowed or (None, *Channel, *ComplaintKind)
    for role in row.roles:
        grant = Grant(row=row.id, role=role, only=row.only)
        for action in row.actions:
            for place in places:
                yield (role, action, place), grant
