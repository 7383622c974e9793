"""An answer that is written already: the desk's bytes go out as they are."""

from typing import Any

from litestar import Request, Response
from litestar.types import ASGIApp, Receive, Scope, Send
from typing_extensions import override

JSON = (b"content-type", b"application/json")


class Written(Response[bytes]):
    """JSON with its status and headers; the framework has nothing to render."""

    def __init__(
        self, body: bytes, status: int, headers: tuple[tuple[bytes, bytes], ...]
    ) -> None:
        super().__init__(content=body, status_code=status)
        self._headers = (JSON, (b"content-length", b"%d" % len(body)), *headers)

    @override
    def to_asgi_response(  # type: ignore[override]  # whatever sends will do
        self, app: None, request: Request[Any, Any, Any], **_: object
    ) -> ASGIApp:
        return self._send

    async def _send(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        await send(
            {
                "type": "http.response.start",
                "status": self.status_code or 200,
                "headers": list(self._headers),
            }
        )
        await send(
            {"type": "http.response.body", "body": self.content, "more_body": False}
        )
