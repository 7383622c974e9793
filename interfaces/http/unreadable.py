"""What somebody is told whose request is no HTTP: a problem, as everybody else.

The server answers such bytes itself, before any application is asked; its own words
would lack the security headers, the id and the two languages.
"""

import secrets
from typing import Final

import msgspec
import structlog
from typing_extensions import override
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from interfaces.http.front import SECURITY
from interfaces.http.problems import MEDIA_TYPE, TEXTS, Problem

_CODE: Final = "malformed-request"
log = structlog.get_logger()


class Protocol(HttpToolsProtocol):
    """The server's protocol, but for what it says to the unreadable."""

    @override
    def send_400_response(self, msg: str) -> None:
        """Tell the problem and close; nothing after it on the connection is read."""
        request_id = secrets.token_hex(12)
        self.transport.write(_answer(request_id))
        self.transport.close()
        log.info("request_unreadable", request_id=request_id)


def _answer(request_id: str) -> bytes:
    text = TEXTS[_CODE]
    body = msgspec.json.encode(
        Problem(
            type=f"/problems/{_CODE}",
            title=text.title,
            detail=text.detail,
            title_id=text.title_id,
            detail_id=text.detail_id,
            status=text.status,
            code=_CODE,
            request_id=request_id,
        )
    )
    headers = (
        (b"content-type", MEDIA_TYPE.encode()),
        (b"content-length", b"%d" % len(body)),
        (b"connection", b"close"),
        (b"x-request-id", request_id.encode()),
        *SECURITY,
    )
    lines = [b"HTTP/1.1 %d Bad Request" % text.status]
    lines += [name + b": " + value for name, value in headers]
    return b"\r\n".join([*lines, b"", body])
