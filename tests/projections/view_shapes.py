"""What the rows of each view look like, in a few signs: its tables, its fold's form.

`python -m tests.projections.view_shapes` renews the pins once versions are raised. What
a fold says in the same form is not seen here: who changes that has to think of it.
"""

import re
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Final

import msgspec
from msgspec import inspect

from domain.complaint import Complaint
from projections import (
    breach_row,
    case_row,
    complaint_row,
    data_request_row,
    guest_row,
    objection_row,
    trail_row,
)
from projections.view import View
from projections.views import VIEWS

PINS: Final = Path(__file__).with_suffix(".toml")

FOLDED: Final[dict[str, tuple[type[msgspec.Struct], ...]]] = {
    "cases": (case_row.Folded,),
    "complaints": (complaint_row.Folded,),
    "objections": (objection_row.Folded,),
    "guest_book": (guest_row.Guest,),
    "data_requests": (data_request_row.Folded,),
    "breaches": (breach_row.Folded,),
    "trail": (trail_row.Row, Complaint),
}
"""What a view's rows are folded on, and kept as."""


class Shape(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A view's version, and what may not change without it."""

    version: int
    tables: str
    """Digest of the statements that make its tables and their indexes."""
    folded: str
    """Digest of the names and kinds of the fields that a row is folded on."""


def shape(view: View) -> Shape:
    """The view as it is now."""
    kinds = inspect.multi_type_info(FOLDED[view.name])
    return Shape(
        version=view.version,
        tables=_digest("; ".join(map(_plain, (view.create, view.index)))),
        folded=_digest("; ".join(_told(kind, frozenset()) for kind in kinds)),
    )


def pinned() -> dict[str, Shape]:
    """The views as they were when their versions were raised last."""
    return msgspec.toml.decode(PINS.read_bytes(), type=dict[str, Shape])


def grown(view: View, pin: Shape | None) -> str | None:
    """What is to be done about a view that is not as it was pinned."""
    now = shape(view)
    if now == pin:
        return None
    if pin is not None and now.version <= pin.version:
        return f"raise version of {view.name}: its tables or its fold changed"
    return f"renew {PINS.name}: python -m tests.projections.view_shapes"


def renewed() -> Iterator[str]:
    """The pins as lines of their file."""
    yield "# What may not change in a view unless its version is raised. Renewed by"
    yield "# `python -m tests.projections.view_shapes`, which refuses where it was not."
    for view in VIEWS:
        now = shape(view)
        yield f"\n[{view.name}]\nversion = {now.version}"
        yield f'tables = "{now.tables}"\nfolded = "{now.folded}"'


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]


def _plain(statements: str) -> str:
    """Without comments, and however its lines are broken."""
    return " ".join(re.sub(r"--.*", "", statements).split())


def _told(kind: inspect.Type, within: frozenset[type]) -> str:
    """A kind in words: of structs every field, of an enumeration its name alone."""
    match kind:
        case inspect.StructType(cls=of) if of in within:
            return of.__name__
        case inspect.StructType(cls=of, fields=fields):
            inner = within | {of}
            told = (f"{one.encode_name}: {_told(one.type, inner)}" for one in fields)
            return f"{of.__name__}({', '.join(told)})"
        case inspect.EnumType(cls=of):
            return of.__name__
        case inspect.UnionType(types=kinds):
            return " | ".join(sorted(_told(one, within) for one in kinds))
        case inspect.TupleType(item_types=kinds):
            return f"({', '.join(_told(one, within) for one in kinds)})"
        case inspect.DictType(key_type=key, value_type=value):
            return f"{{{_told(key, within)}: {_told(value, within)}}}"
        case inspect.CollectionType(item_type=item):
            return f"[{_told(item, within)}]"
        case _:
            return type(kind).__name__


if __name__ == "__main__":
    before = pinned() if PINS.exists() else {}
    faults = [grown(view, before.get(view.name)) for view in VIEWS]
    if refused := [one for one in faults if one and one.startswith("raise")]:
        sys.exit("\n".join(refused))
    PINS.write_text("\n".join(renewed()) + "\n")
