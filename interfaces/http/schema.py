"""The OpenAPI document and a page to read it; open to everyone, without the internet.

The page is Swagger UI (Apache-2.0), kept in schema_page/ beside its licence. It has no
script or style of its own in the HTML, so that the strict content policy stays.
"""

from functools import cache
from pathlib import Path
from typing import Any, Final

from litestar import Controller, Response, get
from litestar.datastructures import State
from litestar.params import FromPath

from interfaces.http.identity import OPEN
from interfaces.http.problems import RequestFaultError

_FOLDER: Final = Path(__file__).with_name("schema_page")
_TYPES: Final = {
    "index.html": "text/html",
    "start.js": "text/javascript",
    "swagger-ui-bundle.js": "text/javascript",
    "swagger-ui.css": "text/css",
    "LICENSE": "text/plain",
    "NOTICE": "text/plain",
    "swagger-ui-bundle.js.LICENSE.txt": "text/plain",
}
_KEEP: Final = "public, max-age=3600"


class SchemaController(Controller):
    """How this API is called."""

    path = "/schema"
    tags = ("schema",)
    opt = {OPEN: True}  # noqa: RUF012 - declared so by Litestar

    @get(
        "/",
        operation_id="ReadSchemaPage",
        include_in_schema=False,
        media_type=_TYPES["index.html"],
    )
    async def page(self) -> bytes:
        """The page for people."""
        return _read("index.html")

    @get(
        "/openapi.json",
        operation_id="ReadSchemaDocument",
        include_in_schema=False,
        media_type="application/json",
    )
    async def document(self, state: State) -> bytes:
        """The document for programs."""
        described: bytes = state.described
        return described

    @get("/{name:str}", operation_id="ReadSchemaPart", include_in_schema=False)
    async def part(self, name: FromPath[str]) -> Response[Any]:
        """A part of the page."""
        if name not in _TYPES:
            raise RequestFaultError("not-found")
        return Response(
            content=_read(name),
            media_type=_TYPES[name],
            headers={"Cache-Control": _KEEP},
        )


@cache
def _read(name: str) -> bytes:
    return (_FOLDER / name).read_bytes()
