"""The OpenAPI document, made once at start from the routes as they are served.

Bodies and answers are described by the very types that decode and encode them, so
that the description can't drift from what is done.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import reduce
from inspect import cleandoc, getdoc
from operator import or_
from types import NoneType
from typing import Annotated, Any, Final, TypeAlias, get_args

import msgspec
from litestar import Litestar
from litestar.routes import HTTPRoute
from litestar.typing import FieldDefinition

from domain.values import AgencyCode
from interfaces import release
from interfaces.http import csv_answer
from interfaces.http import openapi_headers as headers
from interfaces.http.openapi_operation import Operation
from interfaces.http.problems import MEDIA_TYPE, TEXTS, Problem

Json: TypeAlias = dict[str, Any]

TITLE: Final = "Disposisi"
ABOUT: Final = (
    "Public-information requests from receipt to answer. Commands about a case need "
    "its version in If-Match; a repeated Idempotency-Key gets its first answer again. "
    "A query parameter that an address does not know is refused."
)
_REFERENCE: Final = "#/components/schemas/{name}"


def document(app: Litestar, agencies: Iterable[AgencyCode]) -> bytes:
    """The document as JSON; `agencies` are the codes that a body may name."""
    operations = sorted(_operations(app), key=lambda each: (each.path, each.method))
    types = list(dict.fromkeys(_types(operations)))
    schemas, components = msgspec.json.schema_components(types, ref_template=_REFERENCE)
    known = dict(zip(types, schemas, strict=True))
    components["Problem"]["properties"]["code"] = {"enum": sorted(TEXTS)}
    for component in components.values():
        agency = component.get("properties", {}).get("agency", {})
        if agency.get("type") == "string":
            agency["enum"] = sorted(agencies)
    paths: dict[str, Json] = {}
    for each in operations:
        told = _operation(each, known)
        if links := headers.links(each, operations):
            told["responses"]["201"]["links"] = links
        paths.setdefault(each.path, {})[each.method] = told
    return msgspec.json.encode(
        {
            "openapi": "3.1.0",
            "info": {
                "title": TITLE,
                "version": release.version(),
                "description": ABOUT,
            },
            "paths": paths,
            "components": {
                "schemas": components,
                "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
            },
            "security": [{"bearer": []}],
        }
    )


def _operations(app: Litestar) -> Iterator[Operation]:
    for route in app.routes:
        if not isinstance(route, HTTPRoute):
            continue
        for handler in route.route_handlers:
            if handler.operation_id and handler.include_in_schema:
                yield Operation(
                    route.path_format, handler, tuple(route.path_parameters)
                )


def _types(operations: list[Operation]) -> Iterator[Any]:
    yield Problem
    for each in operations:
        if each.body is not None:
            yield each.body
        if each.answer is not bytes:
            yield each.answer
        yield from map(_plain, each.queries.values())
        for said in (each.handler.responses or {}).values():
            yield said.data_container


def _operation(operation: Operation, known: Mapping[Any, Json]) -> Json:
    handler = operation.handler
    told: Json = {
        "operationId": handler.operation_id,
        "tags": sorted(handler.resolve_tags()),
        "summary": cleandoc(getdoc(handler.fn) or "").split("\n\n")[0],
        "parameters": [
            *headers.of_path(operation.variables),
            *(
                _query(name, field, known[_plain(field)])
                for name, field in operation.queries.items()
            ),
            *headers.of_request(operation),
        ],
        "responses": _responses(operation, known),
    }
    if operation.is_open:
        told["security"] = []
    if operation.body is not None:
        told["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": known[operation.body]}},
        }
    elif operation.method == "post":
        told["requestBody"] = {"required": True, "content": headers.ANY_BYTES}
    return told


def _query(name: str, field: FieldDefinition, schema: Json) -> Json:
    said = {"name": name, "in": "query", "required": field.is_required}
    return said | {"schema": schema}


def _plain(field: FieldDefinition) -> Any:  # noqa: ANN401 - any type of a plain value
    """Its type; a parameter that is left out is never null."""
    kinds = get_args(field.annotation) or (field.annotation,)
    kind = reduce(or_, (one for one in kinds if one is not NoneType))
    limits = field.kwarg_definition
    if limits is None:
        return kind
    said = {
        "ge": getattr(limits, "ge", None),
        "le": getattr(limits, "le", None),
        "max_length": getattr(limits, "max_length", None),
    }
    given = {name: limit for name, limit in said.items() if limit is not None}
    return Annotated[kind, msgspec.Meta(**given)] if given else kind


def _responses(operation: Operation, known: Mapping[Any, Json]) -> Json:
    status = operation.handler.status_code
    if operation.answer is bytes:
        content = headers.ANY_TYPE
    elif operation.answer is NoneType:
        content = {}
    elif operation.answer is str:
        content = {"text/plain": {"schema": {"type": "string"}}}
    else:
        content = {"application/json": {"schema": known[operation.answer]}}
    if "format" in operation.queries:
        content = content | {csv_answer.MEDIA_TYPE: {"schema": {"type": "string"}}}
    responses: Json = {
        str(status): {
            "description": "Recorded" if operation.method == "post" else "As asked",
            "headers": headers.of_answer(operation),
            "content": content,
        }
    }
    for refused in headers.refusals(operation):
        responses[str(refused)] = {
            "description": headers.PHRASES[refused],
            "headers": headers.OF_REFUSALS.get(refused, {}),
            "content": {MEDIA_TYPE: {"schema": known[Problem]}},
        }
    for other, said in (operation.handler.responses or {}).items():
        responses[str(other)] = {
            "description": said.description,
            "content": {"application/json": {"schema": known[said.data_container]}},
        }
    return responses
