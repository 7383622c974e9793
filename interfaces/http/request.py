"""A request as the desk reads it: JSON decoded strictly into the handler's struct."""

from datetime import datetime
from functools import cache
from typing import Any

from litestar import Request
from litestar.exceptions import InternalServerException
from litestar.handlers import HTTPRouteHandler
from typing_extensions import override

from interfaces.http.headers import must_be_id
from interfaces.http.problems import RequestFaultError
from interfaces.http.strict_json import decode


@cache
def _body_of(handler: HTTPRouteHandler) -> Any:  # noqa: ANN401 - any struct or union of them
    return handler.parsed_fn_signature.parameters["data"].annotation


class OfficeRequest(Request[Any, Any, Any]):
    """Litestar hands a handler's `data` what `json` answers; ours is decoded already.

    Litestar's own decoding is lax ("1" for 1, true for "true") and takes any content
    type for JSON. What is wrong is told in the contract's order: 413, 415, 400, 422.
    """

    @override
    async def body(self) -> bytes:
        try:
            body = await super().body()
        except InternalServerException:
            # The client went away in the middle; nobody is left to answer.
            raise RequestFaultError("malformed-json") from None
        if not body and "data" in self.route_handler.parsed_fn_signature.parameters:
            # The framework would take it for a body that may be left out.
            self._must_be_json()
            raise RequestFaultError("malformed-json")
        return body

    @override
    async def json(self) -> Any:
        body = await self.body()
        self._must_be_json()
        now: datetime = self.app.state.now()
        return decode(body, _body_of(self.route_handler), now)

    def _must_be_json(self) -> None:
        kind = self.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != "application/json":
            raise RequestFaultError("unsupported-media-type")
        if "case" in self.path_params:
            must_be_id(self.path_params["case"])
