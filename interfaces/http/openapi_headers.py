"""What the OpenAPI document says of headers, path parameters and refusals."""

from collections.abc import Iterable, Iterator
from typing import Any, Final, TypeAlias

from application.readings import Purpose
from interfaces.http.bounds import LIMITED
from interfaces.http.openapi_operation import Operation
from interfaces.http.route_actions import ROUTES

Json: TypeAlias = dict[str, Any]

ANY_BYTES: Final[Json] = {
    "application/octet-stream": {"schema": {"type": "string", "format": "binary"}}
}

ANY_TYPE: Final[Json] = {"*/*": {"schema": {"type": "string", "format": "binary"}}}
"""Of an answer: a document has the type with which it was brought."""

PHRASES: Final = {
    400: "The path or the JSON can't be read",
    401: "No valid bearer token",
    403: "The authority table does not allow it, or it is another agency's",
    404: "Nothing bears this id",
    409: "A rule of the case forbids it",
    410: "It was here, and was erased with the person it was about",
    412: "The case has moved on, or If-Match can't be read",
    413: "The body is too large",
    415: "The body is not of the type that is read here",
    422: "A field or a parameter is wrong",
    428: "If-Match is missing",
    429: "Asked too often; Retry-After says how long to wait",
    503: "Too much waits, or the database is away; try again",
}

OF_REFUSALS: Final[dict[int, Json]] = {
    401: {"WWW-Authenticate": {"schema": {"type": "string"}}},
    429: {"Retry-After": {"schema": {"type": "string"}}},
    503: {"Retry-After": {"schema": {"type": "string"}}},
}

_IDS: Final = frozenset({"case", "complaint", "visit", "objection"})
_UUID: Final[Json] = {"type": "string", "format": "uuid"}
_FORMATS: Final[dict[str, Json]] = {
    "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
    "session": _UUID,
    "person": _UUID,
    "data_request": _UUID,
    "breach": _UUID,
    "id": _UUID,
}

_IF_MATCH: Final = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "description": 'The version that was looked at, as "3" with its quotes.',
    "schema": {"type": "string"},
}
_IDEMPOTENCY_KEY: Final = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "The same request under the same key gets its first answer again.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200},
}
_SESSION: Final = {
    "name": "__Host-disposisi",
    "in": "cookie",
    "required": False,
    "description": "The session; a browser sends it by itself.",
    "schema": {"type": "string", "maxLength": 200},
}
_SYNCHRONIZER: Final = {
    "name": "X-Disposisi-Synchronizer",
    "in": "header",
    "required": False,
    "description": "The session's own word, which no page of another site can know.",
    "schema": {"type": "string", "maxLength": 200},
}
_PURPOSE: Final = {
    "name": "Reading-Purpose",
    "in": "header",
    "required": False,
    "description": "Why you read; stands in the trail of readings beside your name.",
    "schema": {"enum": [purpose.value for purpose in Purpose]},
}
_SHOWS: Final = frozenset(
    {
        "read-words",
        "read-requester",
        "read-document",
        "read-complaint-words",
        "read-objection-words",
        "read-person",
        "search-persons",
    }
)
"""Actions by which somebody is shown what is sealed."""
_FILE_NAME: Final = {
    "name": "Content-Disposition",
    "in": "header",
    "required": False,
    "description": 'attachment; filename="..."',
    "schema": {"type": "string"},
}

_ETAG: Final[Json] = {
    "ETag": {
        "description": "The version, strong",
        "schema": {"type": "string", "pattern": '^"[1-9][0-9]*"$'},
    }
}
_REPLAYED: Final[Json] = {
    "Idempotency-Replayed": {
        "description": "Where the answer was kept from the first time",
        "schema": {"enum": ["true"]},
    }
}
_WITH_PLACE: Final = (201, 303)
_LOCATION: Final[Json] = {"Location": {"schema": {"type": "string"}}}


def of_path(variables: tuple[str, ...]) -> Iterator[Json]:
    """The parameters of a path."""
    for name in variables:
        usual: Json = {"type": "string"}
        schema = usual | {"format": "uuid"} if name in _IDS else usual
        schema = _FORMATS.get(name, schema)
        yield {"name": name, "in": "path", "required": True, "schema": schema}


def of_request(operation: Operation) -> Iterator[Json]:
    """The headers of a command, or of reading what is sealed."""
    if not _SHOWS.isdisjoint(ROUTES.get(operation.name, ())):
        yield _PURPOSE
    if operation.is_about_something:
        yield _IF_MATCH
    if operation.is_by_cookie:
        yield _SESSION
        if operation.method == "post":
            yield _SYNCHRONIZER
    if operation.is_apart:
        return
    if operation.body is not None:
        yield _IDEMPOTENCY_KEY
    elif operation.method == "post":
        yield _FILE_NAME


def of_answer(operation: Operation) -> Json:
    """The headers of what succeeded."""
    if operation.is_apart:
        sends_on = operation.handler.status_code in _WITH_PLACE
        return _LOCATION if sends_on else {}
    if operation.method == "get":
        # What is asked about its past is of many versions.
        is_itself = operation.path.endswith("}")
        return _ETAG if is_itself and _IDS.intersection(operation.variables) else {}
    kept = {} if operation.body is None else _ETAG | _REPLAYED
    return kept if operation.is_about_something else kept | _LOCATION


def links(created: Operation, operations: Iterable[Operation]) -> Json:
    """What can be done next with what a creation made, with its version."""
    if created.method != "post" or created.is_about_something:
        return {}
    told: Json = {}
    for each in operations:
        path, _, rest = each.path.partition("/{")
        if path != created.path or not rest:
            continue
        (variable,) = each.variables
        given = {f"path.{variable}": f"$response.body#/{variable}"}
        if each.is_about_something:
            given["header.If-Match"] = "$response.header.ETag"
        told[each.name] = {"operationId": each.name, "parameters": given}
    return told


def refusals(operation: Operation) -> Iterator[int]:
    """Every status of a refusal that can come, in order."""
    # A query that is not known is refused wherever a token is asked for.
    told = {401, 403, 422} if not operation.is_open else set()
    if operation.variables:
        told |= {400, 404}
    if operation.method == "post":
        told |= {413, 415}
    if operation.body is not None and not operation.is_apart:
        told |= {400, 409}
    if operation.body is not None and operation.is_apart:
        told |= {400, 422, 503}
    if operation.is_apart and operation.variables:
        told |= {404}
    told |= set(operation.refuses_besides)
    if operation.is_about_something:
        told |= {412, 428}
    if operation.name in LIMITED:
        told |= {429}
    if operation.answer is bytes:
        told |= {410}
    if not operation.is_open or operation.variables:
        told |= {503}
    yield from sorted(told)
