"""Letters and attachments: bytes in, SHA-256 out."""

import re
from email.message import Message
from typing import Any, Final
from urllib.parse import quote

from litestar import Controller, Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from application.documents import Stored
from interfaces.http.call import Call
from interfaces.http.problems import RequestFaultError
from interfaces.http.strict_json import has_control

LARGEST: Final = 25 * 1024 * 1024
"""Bytes of one document."""

_TYPE: Final = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,63}/[a-z0-9!#$&^_.+-]{1,64}")
_SHA256: Final = re.compile("[0-9a-f]{64}")
_LONGEST_NAME: Final = 200


class DocumentController(Controller):
    """Documents are kept per agency and sealed at rest."""

    path = "/v1/documents"
    tags = ("documents",)

    @post(
        "/",
        operation_id="KeepDocument",
        request_max_body_size=LARGEST,
    )
    async def keep(
        self, request: Request[Any, Any, Any], call: NamedDependency[Call]
    ) -> Response[Stored]:
        """Keep raw bytes under their digest; type and name come from the headers."""
        content = await request.body()
        said = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if not _TYPE.fullmatch(said):
            raise RequestFaultError("unsupported-media-type")
        name = _file_name(request.headers.get("content-disposition", ""))
        if not content:
            raise RequestFaultError("invalid-body", pointer="", detail="no bytes")
        agency = call.agency_for("documents")
        async with call.counter.pool.connection() as connection:
            stored = await call.counter.documents.store(
                connection,
                agency,
                call.principal.official,
                content=content,
                type_=said,
                name=name,
            )
        return Response(
            content=stored,
            status_code=201,
            headers={"Location": f"/v1/documents/{stored.sha256}"},
        )

    @get("/{sha256:str}", operation_id="FetchDocument")
    async def fetch(
        self, sha256: FromPath[str], call: NamedDependency[Call]
    ) -> Response[bytes]:
        """The bytes as they were kept, always as an attachment."""
        if not _SHA256.fullmatch(sha256):
            raise RequestFaultError("malformed-path")
        call.agency_for("read-document")
        async with call.counter.pool.connection() as connection:
            for agency in call.agencies_for("read-document"):
                document = await call.counter.documents.fetch(
                    connection, agency, sha256
                )
                if document is not None:
                    return Response(
                        content=document.content,
                        media_type=document.type,
                        headers={"Content-Disposition": _attachment(document.name)},
                    )
        raise RequestFaultError("unknown-document")


def _file_name(header: str) -> str:
    """The name in a Content-Disposition, without any folder; `document` if none."""
    message = Message()
    message["Content-Disposition"] = header
    said = message.get_filename("") or "document"
    name = said.replace("\\", "/").rpartition("/")[2].strip() or "document"
    if len(name) > _LONGEST_NAME:
        raise RequestFaultError("text-too-long", pointer="", detail="file name")
    if has_control(name):
        raise RequestFaultError("control-character", pointer="", detail="file name")
    return name


def _attachment(name: str) -> str:
    return f"attachment; filename*=UTF-8''{quote(name, safe='')}"
