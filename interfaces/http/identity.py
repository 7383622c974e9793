"""The only place that reads a token: whom a request comes from."""

from typing import Final

from litestar.datastructures import Headers
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send
from typing_extensions import override

from application.office.access_tokens import is_signed
from application.office.principals import Principals
from application.office.token_checks import LONGEST
from interfaces.http.problems import BEARER, RequestFaultError
from interfaces.http.query import must_be_plain

OPEN: Final = "open_to_everyone"
"""Route option of the few addresses that need no token."""

_LONGEST_TOKEN: Final = 512
"""Of an opaque token; a signed one says much more."""

_NOT_BELIEVED: Final = {"WWW-Authenticate": f'{BEARER}, error="invalid_token"'}
"""To every token that does not serve, whatever is wrong with it (RFC 6750, 3.1)."""


class Identity(ASGIMiddleware):
    """Everything but the open routes answers 401 without a valid bearer token."""

    def __init__(self, principals: Principals) -> None:
        self._principals = principals

    @override
    async def handle(
        self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp
    ) -> None:
        """Find the principal, or stop here."""
        is_open = scope["route_handler"].opt.get(OPEN)
        if not is_open:
            await self._find(scope)
        _must_be_readable(scope)
        if not is_open:
            # No open address asks a query anything.
            must_be_plain(scope)
        await next_app(scope, receive, send)

    async def _find(self, scope: Scope) -> None:
        said = Headers.from_scope(scope).getall("authorization", [])
        if not said:
            raise RequestFaultError("unauthenticated")
        scheme, _, token = said[0].partition(" ")
        if len(said) > 1 or scheme.lower() != "bearer" or not _is_possible(token):
            raise RequestFaultError("unauthenticated", headers=_NOT_BELIEVED)
        principal = self._principals.recall(token)
        if principal is None:
            principal = await self._principals.resolve(token)
        if principal is None:
            raise RequestFaultError("unauthenticated", headers=_NOT_BELIEVED)
        scope["user"] = principal


def _is_possible(token: str) -> bool:
    longest = LONGEST if is_signed(token) else _LONGEST_TOKEN
    return 0 < len(token) <= longest


def _must_be_readable(scope: Scope) -> None:
    """PostgreSQL's texts hold no NUL, so none may come in by the path."""
    if b"%00" in scope["raw_path"] or "\0" in scope["path"]:
        raise RequestFaultError("malformed-path")
