"""What a query string may not be, whatever its address makes of it."""

import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from types import NoneType
from typing import Final, get_args
from urllib.parse import parse_qsl

from litestar.handlers import BaseRouteHandler
from litestar.params import QueryParameter
from litestar.types import Scope
from litestar.typing import FieldDefinition

from interfaces.http.problems import RequestFaultError

_WHOLE: Final = re.compile("-?[0-9]+")
_DATE: Final = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ]")
_TEXTS: Final = (str, str | None)


ANY_QUERY: Final = "any_query"
"""Route option of answers that look at no query string."""


def must_be_plain(scope: Scope) -> None:
    """Every parameter known and once, none with a NUL, none "null" that is no text.

    PostgreSQL's texts hold no NUL. Of a parameter said twice the framework would take
    the last one, "null" for one that was left out, and a number for an instant. One
    that it does not know it would pass over, and a mistyped filter filters nothing.
    """
    handler = scope["route_handler"]
    if handler.opt.get(ANY_QUERY):
        return
    parameters = _parameters(handler)
    said = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    names = [name for name, _ in said]
    for name, value in said:
        told = parameters.get(name)
        if names.count(name) > 1:
            raise _fault(name, "said more than once")
        if "\0" in value:
            raise _fault(name, "holds a NUL")
        if told is None:
            raise _fault(name, "not known here")
        if value == "null" and told.annotation not in _TEXTS:
            raise _fault(name, "not null, but left out")
        if _is_no_instant(value, told):
            raise _fault(name, "an instant is written as in RFC 3339")
    for name, told in parameters.items():
        if told.is_required and name not in names:
            raise _fault(name, "left out")


@cache
def _parameters(handler: BaseRouteHandler) -> Mapping[str, FieldDefinition]:
    """What may stand in the query string, by the names that clients say."""
    return {
        name: told
        for name, told in by_said_name(handler.parsed_fn_signature.parameters).items()
        if isinstance(told.kwarg_definition, QueryParameter)
    }


def by_said_name(
    parameters: Mapping[str, FieldDefinition],
) -> dict[str, FieldDefinition]:
    """A handler's parameters by the names that clients say.

    They are other names where Python keeps the word for itself, as `from`.
    """
    return {
        getattr(field.kwarg_definition, "name", None) or name: field
        for name, field in parameters.items()
    }


def _is_no_instant(value: str, told: FieldDefinition) -> bool:
    kinds = get_args(told.annotation)
    if datetime not in kinds:
        return False
    has_versions = len([kind for kind in kinds if kind is not NoneType]) > 1
    if has_versions and _WHOLE.fullmatch(value):
        return False
    return _DATE.match(value) is None


def _fault(name: str, detail: str) -> RequestFaultError:
    # A name that no parameter has could be anything.
    place = f"/{name}" if name.isidentifier() else ""
    return RequestFaultError("invalid-query", pointer=place, detail=detail)
