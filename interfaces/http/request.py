"""A request as the desk reads it: JSON decoded strictly into the handler's struct."""

from datetime import datetime
from functools import cache
from typing import Any

from litestar import Request
from litestar.handlers import HTTPRouteHandler
from typing_extensions import override

from interfaces.http.problems import RequestFaultError
from interfaces.http.strict_json import decode


@cache
def _body_of(handler: HTTPRouteHandler) -> Any:  # noqa: ANN401 - any struct or union of them
    return handler.parsed_fn_signature.parameters["data"].annotation


class OfficeRequest(Request[Any, Any, Any]):
    """Litestar hands a handler's `data` what `json` answers; ours is decoded already.

    Litestar's own decoding is lax ("1" for 1, true for "true") and takes any content
    type for JSON.
    """

    @override
    async def json(self) -> Any:
        kind = self.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != "application/json":
            raise RequestFaultError("unsupported-media-type")
        now: datetime = self.app.state.now()
        return decode(await self.body(), _body_of(self.route_handler), now)
