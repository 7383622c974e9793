"""What a query string may not be, whatever its address makes of it."""

import re
from collections.abc import Mapping
from datetime import datetime
from types import NoneType
from typing import Final, get_args
from urllib.parse import parse_qsl

from litestar.params import QueryParameter
from litestar.types import Scope
from litestar.typing import FieldDefinition

from interfaces.http.problems import RequestFaultError

_WHOLE: Final = re.compile("-?[0-9]+")
_DATE: Final = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ]")
_TEXTS: Final = (str, str | None)


def must_be_plain(scope: Scope) -> None:
    """Every parameter once, none with a NUL, and none "null" that is no text.

    PostgreSQL's texts hold no NUL. Of a parameter said twice the framework would take
    the last one, "null" for one that was left out, and a number for an instant.
    """
    said = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    names = [name for name, _ in said]
    parameters = by_said_name(scope["route_handler"].parsed_fn_signature.parameters)
    for name, value in said:
        told = parameters.get(name)
        if names.count(name) > 1:
            raise _fault(name, "said more than once")
        if "\0" in value:
            raise _fault(name, "holds a NUL")
        if told is not None and value == "null" and told.annotation not in _TEXTS:
            raise _fault(name, "not null, but left out")
        if told is not None and _is_no_instant(value, told):
            raise _fault(name, "an instant is written as in RFC 3339")
    for name, told in parameters.items():
        in_query = isinstance(told.kwarg_definition, QueryParameter)
        if in_query and told.is_required and name not in names:
            raise _fault(name, "left out")


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
