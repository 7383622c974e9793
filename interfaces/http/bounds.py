"""What a known official may not do now, though his roles would allow it.

A token may be narrowed to some actions; signing and refusing want somebody who proved
himself just now; and nobody may ask without end. Roles are the authority table's.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

import msgspec
from litestar.handlers import BaseRouteHandler
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send
from typing_extensions import override

from application.office.principals import Principal
from interfaces.http.problems import BEARER, RequestFaultError
from interfaces.http.rate_limits import RateLimits
from interfaces.http.route_actions import ROUTES, STEP_UP

STEP_UP_WITHIN: Final = timedelta(minutes=5)
"""Since the official proved who he is, for an action of `STEP_UP`."""

INTAKE: Final = frozenset(
    {"Receive", "NoteVisit", "KeepDocument", "Complain", "FileObjection"}
)
"""Operations that file something new."""

_STATUS: Final = "ReadStatus"

LIMITED: Final = INTAKE | {_STATUS}
"""Operations that may answer 429."""

_RECENT: Final = (
    f'{BEARER}, error="insufficient_user_authentication", '
    'error_description="A more recent sign-in is needed", '
    f'max_age="{int(STEP_UP_WITHIN.total_seconds())}"'
)
"""As RFC 9470 says it, so that clients know to ask the person."""


class Bound(msgspec.Struct, frozen=True):
    """What is asked before a route, beside who it is."""

    actions: frozenset[str]
    wants_recent: bool
    is_intake: bool
    is_status: bool


class Bounds(ASGIMiddleware):
    """Stands behind identity: what it asks needs to know who it is."""

    def __init__(self, limits: RateLimits, now: Callable[[], datetime]) -> None:
        self._limits = limits
        self._now = now
        self._bounds: dict[BaseRouteHandler, Bound] = {}

    @override
    async def handle(
        self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp
    ) -> None:
        """Let pass what stays within its bounds."""
        handler = scope["route_handler"]
        bound = self._bounds.get(handler)
        if bound is None:
            bound = self._bounds[handler] = _bound(handler)
        if bound.is_status:
            self._limits.must_allow_status(scope)
        principal: Principal | None = scope.get("user")
        if principal is not None:
            if principal.scopes is not None:
                _must_be_within(principal.scopes, bound.actions)
            if bound.wants_recent:
                self._must_be_recent(principal.authenticated_at)
            if bound.is_intake:
                self._limits.must_allow_intake(principal.official)
        await next_app(scope, receive, send)

    def _must_be_recent(self, authenticated_at: datetime | None) -> None:
        # A token that the operator issued is proof by itself: nobody signs in with it.
        if authenticated_at is None:
            return
        if self._now() - authenticated_at > STEP_UP_WITHIN:
            raise RequestFaultError(
                "step-up-required", headers={"WWW-Authenticate": _RECENT}
            )


def _bound(handler: BaseRouteHandler) -> Bound:
    # What an address says to methods it lacks is no operation, and asks nothing.
    name = str(getattr(handler, "operation_id", None))
    actions = frozenset(ROUTES.get(name, ()))
    return Bound(
        actions=actions,
        wants_recent=not STEP_UP.isdisjoint(actions),
        is_intake=name in INTAKE,
        is_status=name == _STATUS,
    )


def _must_be_within(scopes: frozenset[str], actions: frozenset[str]) -> None:
    # All that a route may ask, not some of it: which of them it will ask stands in
    # bodies that nobody has read yet.
    if not actions <= scopes:
        needed = " ".join(sorted(actions))
        raise RequestFaultError(
            "forbidden",
            headers={
                "WWW-Authenticate": f'{BEARER}, error="insufficient_scope", '
                f'scope="{needed}"'
            },
        )
