"""Letters and attachments: bytes in, SHA-256 out."""

import re
from functools import partial
from typing import Any, Final, assert_never
from urllib.parse import quote, unquote

from litestar import Controller, Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from application import papers, register, restricting
from application.desk_errors import ForbiddenError
from application.documents import DocumentErasedError, SealedDocument, Stored
from application.readings import Ground
from application.sight import Leave
from domain.breach import Breach
from domain.case import Case
from domain.complaint import Complaint
from domain.data_request import DataRequest
from domain.histories import Matter, folded
from domain.holds import HoldsData, person_of
from domain.objection import Objection
from domain.seating import followed
from interfaces.http import asking, posts
from interfaces.http.call import Call
from interfaces.http.problems import RequestFaultError
from interfaces.http.strict_json import has_control

LARGEST: Final = 25 * 1024 * 1024
"""Bytes of one document."""

_TYPE: Final = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,63}/[a-z0-9!#$&^_.+-]{1,64}")
_SHA256: Final = re.compile("[0-9a-f]{64}")
_LONGEST_NAME: Final = 200

# RFC 6266. Only the two charsets that it knows: the standard library would try any
# codec of Python's that a header names.
_EXTENDED: Final = re.compile(
    r"filename\*=(utf-8|iso-8859-1)'[^']*'([^;\s]*)", re.IGNORECASE
)
_QUOTED: Final = re.compile(r'filename="((?:[^"\\]|\\.)*)"', re.IGNORECASE)
_TOKEN: Final = re.compile(r'filename=([^\s;"]+)', re.IGNORECASE)


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
        """Keep raw bytes under their digest; type and name come from the headers.

        Every agency keeps them in which the caller may keep documents.
        """
        content = await request.body()
        said = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if not _TYPE.fullmatch(said):
            raise RequestFaultError("unsupported-media-type")
        name = _file_name(request.headers.get("content-disposition", ""))
        if not content:
            raise RequestFaultError("invalid-body", pointer="", detail="no bytes")
        call.agency_for("documents")
        async with call.counter.pool.connection() as connection:
            for agency in reversed(call.agencies_for("documents")):
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
        """The bytes as they were kept, always as an attachment; 410 once erased."""
        if not _SHA256.fullmatch(sha256):
            raise RequestFaultError("malformed-path")
        call.agency_for("read-document")
        found = await _found(call, sha256)
        leave = await _leave(call, found)
        room = call.room()
        document = await room.document(call.counter.documents, found, leave)
        return Response(
            content=document.content,
            # As a header: of a media type the framework makes its own.
            headers={
                "content-type": document.type,
                "content-disposition": _attachment(document.name),
            },
        )


async def _found(call: Call, sha256: str) -> SealedDocument:
    """In the first of the caller's agencies that keeps it; 404, or 410 once erased."""
    lacking = "unknown-document"
    async with call.counter.pool.connection() as connection:
        for agency in call.agencies_for("read-document"):
            try:
                found = await call.counter.documents.find(connection, agency, sha256)
            except DocumentErasedError:
                lacking = "document-erased"
                continue
            if found is not None:
                return found
    raise RequestFaultError(lacking)


async def _leave(call: Call, found: SealedDocument) -> Leave:
    """What lets the caller open it; 403 where no matter that names it is open to him.

    What was only brought so far is open to whoever may read documents of the agency.
    """
    async with call.counter.pool.connection() as connection:
        subjects = await papers.subjects(connection, found.sha256)
        histories = await register.entries_of_all(connection, subjects)
        matters = [
            folded((one.event, one.by()) for one in entries)
            for entries in histories.values()
        ]
        persons = {person_of(one) for one in matters if isinstance(one, HoldsData)}
        if persons and await restricting.any_closed(connection, persons):
            raise ForbiddenError  # whose data it holds wished that nobody uses them
    if not subjects:
        official = asking.member(call, found.agency)
        leaves = [posts.leave(call.counter, official, "read-document")]
    else:
        leaves = [
            _leave_of(call, matter)
            for matter in matters
            if matter is not None and matter.agency == found.agency
        ]
    for leave in leaves:
        if leave is not None:
            return leave
    raise ForbiddenError


def _leave_of(call: Call, matter: Matter) -> Leave | None:
    """By which row he may read what the matter names; its own kind is asked."""
    official = asking.member(call, matter.agency)
    leave = partial(posts.leave, call.counter, official)
    match matter:
        case Case():
            seat = asking.seat(call, matter.agency, call.counter.now())
            return seat.leave("read-document", followed(matter, seat.office))
        case Complaint(opened=opened, kind=kind):
            if official.id == opened.about:
                return None
            why = Ground.COMPLAINT
            return leave("read-complaint-words", why, kind, about=opened.about)
        case Objection():
            return leave("read-objection-words", Ground.OBJECTION)
        case DataRequest():
            return leave("read-person", Ground.SUBJECT_REQUEST)
        case Breach():
            return None
        case _:
            assert_never(matter)


def _file_name(header: str) -> str:
    """The name in a Content-Disposition, without any folder; `document` if none."""
    said = _said_name(header).replace("\\", "/").rpartition("/")[2].strip()
    name = said or "document"
    if len(name) > _LONGEST_NAME:
        raise RequestFaultError("text-too-long", pointer="", detail="file name")
    if has_control(name):
        raise RequestFaultError("control-character", pointer="", detail="file name")
    return name


def _said_name(header: str) -> str:
    if extended := _EXTENDED.search(header):
        return unquote(extended[2], extended[1], errors="replace")
    plain = _QUOTED.search(header) or _TOKEN.search(header)
    if plain is None:
        return ""
    name = plain[1].replace('\\"', '"')
    try:
        # Headers are read as Latin-1, and many clients send UTF-8.
        return name.encode("latin-1").decode()
    except UnicodeError:
        return name


def _attachment(name: str) -> str:
    return f"attachment; filename*=UTF-8''{quote(name, safe='')}"
