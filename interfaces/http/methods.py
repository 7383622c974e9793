"""What an address answers to a method that it does not know, and to OPTIONS.

The framework would tell strangers 405 before it asks for a token, and name one method
alone to OPTIONS; here both go through the same checks as everything else.
"""

from typing import Any, Final

from litestar import Litestar, Request, Response, Router, route
from litestar.enums import HttpMethod
from litestar.handlers import HTTPRouteHandler
from litestar.routes import HTTPRoute
from litestar.types import RouteHandlerType
from litestar.types.internal_types import RouteHandlerMapItem
from typing_extensions import override

from interfaces.http.identity import OPEN
from interfaces.http.problems import RequestFaultError
from interfaces.http.query import ANY_QUERY

KNOWN: Final = (HttpMethod.GET, HttpMethod.POST)
UNKNOWN: Final = HttpMethod.DELETE
QUESTION: Final = HttpMethod.PATCH
"""Two that no address has, since nothing is ever changed or deleted, stand for all
unknown ones and for OPTIONS, which the framework keeps for itself."""

_SERVED_AS: Final = {
    "GET": HttpMethod.GET,
    "HEAD": HttpMethod.GET,
    "OPTIONS": QUESTION,
    "POST": HttpMethod.POST,
}
_ALLOW: Final = "allow"


def served_as(method: str) -> HttpMethod:
    """The method as the routes know it; HEAD gets what GET would, without the body."""
    return _SERVED_AS.get(method, UNKNOWN)


class Addresses(Litestar):
    """Lets several controllers share an address.

    The framework gives every controller's address an OPTIONS of its own, and then
    refuses the second one.
    """

    @override
    @classmethod
    def get_route_handler_map(
        cls, value: "RouteHandlerType | Router"
    ) -> dict[str, RouteHandlerMapItem]:
        found = super().get_route_handler_map(value)
        for handlers in found.values():
            handlers.pop("OPTIONS", None)
        return found


def complete(app: Litestar) -> None:
    """Give every address an answer to the methods that it lacks."""
    for address in [each for each in app.routes if isinstance(each, HTTPRoute)]:
        app.register(_rest(address))


def _rest(address: HTTPRoute) -> HTTPRouteHandler:
    methods = {method.value for method in KNOWN if method in address.methods}
    allowed = methods | {"OPTIONS"} | ({"HEAD"} if "GET" in methods else set())
    is_open = any(handler.opt.get(OPEN) for handler in address.route_handlers)
    lacking = [each for each in (*KNOWN, UNKNOWN) if each.value not in methods]
    return route(
        address.path,
        http_method=[*lacking, QUESTION],
        status_code=204,
        include_in_schema=False,
        opt={_ALLOW: ", ".join(sorted(allowed)), ANY_QUERY: True}
        | ({OPEN: True} if is_open else {}),
    )(_say_what_is_allowed)


async def _say_what_is_allowed(request: Request[Any, Any, Any]) -> Response[None]:
    allow = {"Allow": str(request.route_handler.opt[_ALLOW])}
    if request.method != QUESTION:
        raise RequestFaultError("method-not-allowed", headers=allow)
    return Response(content=None, status_code=204, headers=allow)
