"""What every answer gets, whatever answered: id, security headers, a line in the log.

It stands outside the framework, whose own middleware is passed by for unknown paths.
"""

import re
import secrets
from time import perf_counter
from typing import Final

import structlog
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from interfaces.http.methods import served_as

log = structlog.get_logger()

_ID: Final = re.compile(rb"[A-Za-z0-9._-]{8,64}")
_UUID: Final = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")

_KINDS: Final = ("case", "complaint", "objection", "visit")
"""What a path may be about."""

_CONTENT_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_FEATURES: Final = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
SECURITY: Final = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cache-control", b"no-store"),
    (b"x-frame-options", b"DENY"),
    (b"content-security-policy", _CONTENT_POLICY.encode()),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", _FEATURES.encode()),
)

_HTTPS_ONLY: Final = (b"strict-transport-security", b"max-age=31536000")
"""For a year, and for this name alone: what else stands under it is not ours to say.
It is told where clients come by https; over plain http browsers pass it by (RFC 6797,
7.2), and an office that has no TLS yet must not be locked out by it."""


class Front:
    """Wraps the application; passes everything but HTTP through untouched.

    `behind_tls` says that clients come by https, whatever the last step is.
    """

    def __init__(self, app: ASGIApp, *, behind_tls: bool = False) -> None:
        self._app = app
        self._given = (*SECURITY, _HTTPS_ONLY) if behind_tls else SECURITY

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
            return
        request_id = _request_id(scope)
        method = scope["method"]
        # A copy: the server itself leaves the body of an answer to HEAD away.
        scope = {**scope, "method": served_as(method)}
        scope["request_id"] = request_id  # type: ignore[typeddict-unknown-key]  # ours
        extra = (*self._given, (b"x-request-id", request_id.encode()))
        started = perf_counter()
        status = 0

        async def say(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                given = list(message["headers"])
                names = {name for name, _ in given}
                given.extend(pair for pair in extra if pair[0] not in names)
                message["headers"] = given
            await send(message)

        # The server gives every request a context of its own: nothing to take back.
        structlog.contextvars.bind_contextvars(request_id=request_id)
        await self._app(scope, receive, say)
        log.info(
            "request_answered",
            method=method,
            route=scope.get("path_template", ""),
            case=_subject(scope),
            status=status,
            ms=round((perf_counter() - started) * 1000, 2),
        )


def _subject(scope: Scope) -> str | None:
    """The id of the case, or of what stands beside; of a path only what is an id."""
    told = scope.get("path_params", {})
    said = str(
        scope.get("subject") or next((told[one] for one in _KINDS if one in told), "")
    )
    return said if _UUID.fullmatch(said) else None


def _request_id(scope: Scope) -> str:
    """The client's own id where it can stand in a log, else a new one."""
    for name, value in scope["headers"]:
        if name == b"x-request-id" and _ID.fullmatch(value):
            return value.decode()
    return secrets.token_hex(12)
