"""What a parameter of a query may be, in words for who said something else."""

from collections.abc import Iterator
from datetime import date, datetime
from enum import Enum
from types import NoneType
from typing import get_args

from litestar.params import QueryParameter
from litestar.typing import FieldDefinition


def expected(told: FieldDefinition) -> str:
    """Its words, range or form; nothing that the client said."""
    kinds = get_args(told.annotation) or (told.annotation,)
    bounds = told.kwarg_definition
    limits = bounds if isinstance(bounds, QueryParameter) else QueryParameter()
    return " or ".join(
        form for kind in kinds if kind is not NoneType for form in _forms(kind, limits)
    )


def _forms(kind: object, limits: QueryParameter) -> Iterator[str]:
    if not isinstance(kind, type):
        return
    if issubclass(kind, Enum):
        yield f"one of {', '.join(str(each.value) for each in kind)}"
    elif issubclass(kind, bool):
        yield "true or false"
    elif issubclass(kind, int):
        yield f"a whole number{_range(limits)}"
    elif issubclass(kind, datetime):
        yield "an instant as 2026-03-31T08:30:00+08:00 (+ sent as %2B)"
    elif issubclass(kind, date):
        yield "a day as 2026-03-31"
    elif limits.max_length is not None:
        yield f"at most {limits.max_length} characters"


def _range(limits: QueryParameter) -> str:
    first = "" if limits.ge is None else f" from {limits.ge}"
    return first if limits.le is None else f"{first} to {limits.le}"
