"""What a query string may not be, whatever its address makes of it."""

from typing import Final
from urllib.parse import parse_qsl

from litestar.types import Scope

from interfaces.http.problems import RequestFaultError

_TEXTS: Final = (str, str | None)


def must_be_plain(scope: Scope) -> None:
    """Every parameter once, none with a NUL, and none "null" that is no text.

    PostgreSQL's texts hold no NUL. Of a parameter said twice the framework would take
    the last one, and "null" for one that was left out.
    """
    said = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    names = [name for name, _ in said]
    parameters = scope["route_handler"].parsed_fn_signature.parameters
    for name, value in said:
        told = parameters.get(name)
        if names.count(name) > 1:
            raise _fault(name, "said more than once")
        if "\0" in value:
            raise _fault(name, "holds a NUL")
        if told is not None and value == "null" and told.annotation not in _TEXTS:
            raise _fault(name, "not null, but left out")


def _fault(name: str, detail: str) -> RequestFaultError:
    # A name that no parameter has could be anything.
    place = f"/{name}" if name.isidentifier() else ""
    return RequestFaultError("invalid-query", pointer=place, detail=detail)
