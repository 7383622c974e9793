"""The cookie of the pages' sessions, and the proof that our own page sent a request.

The cookie alone gives nobody anything: a browser sends it along whoever made the
request. What it allows is asked with a word that only our pages can know.
"""

import hmac
from typing import Any, Final
from urllib.parse import urlsplit

from litestar import Request

from application.office.account_errors import SessionRefusedError
from application.office.sessions import synchronizer
from interfaces.http.counter import Counter
from interfaces.http.problems import RequestFaultError
from interfaces.http.rate_limits import RateLimits

NAME: Final = "__Host-disposisi"
"""Browsers take a cookie so called only with Secure, for the whole of one host."""
SYNCHRONIZER: Final = "x-disposisi-synchronizer"

_ATTRIBUTES: Final = "Path=/; Secure; HttpOnly; SameSite=Strict"
_LONGEST: Final = 200


def counter_of(request: Request[Any, Any, Any]) -> Counter:
    """The worker's counter, for addresses that ask for no token."""
    counter: Counter = request.app.state.counter
    return counter


def limits_of(request: Request[Any, Any, Any]) -> RateLimits:
    """How often somebody may try."""
    limits: RateLimits = request.app.state.limits
    return limits


def given(secret: str) -> dict[str, str]:
    """The header that gives a browser its cookie; it goes when the browser closes."""
    return {"Set-Cookie": f"{NAME}={secret}; {_ATTRIBUTES}"}


def taken() -> dict[str, str]:
    """The header that takes the cookie away."""
    return {"Set-Cookie": f"{NAME}=; Max-Age=0; {_ATTRIBUTES}"}


def secret_in(request: Request[Any, Any, Any]) -> str | None:
    """What the cookie holds; None without one."""
    said = request.cookies.get(NAME)
    return said if said and len(said) <= _LONGEST else None


def must_come_from_our_page(request: Request[Any, Any, Any]) -> None:
    """No other site had the browser send it; 403 `cross-site` otherwise.

    What is no browser says nothing of that, and has no cookie that was stolen so.
    """
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    if site is not None:
        is_ours = site == "same-origin"
    else:
        is_ours = origin is None or urlsplit(origin).netloc == request.headers.get(
            "host"
        )
    if not is_ours:
        raise RequestFaultError("cross-site")


def must_have_secret(request: Request[Any, Any, Any]) -> str:
    """The cookie's secret, sent by our own page with the session's synchronizer.

    403 `cross-site` where it is not; raises `SessionRefusedError` without a cookie.
    """
    must_come_from_our_page(request)
    secret = secret_in(request)
    if secret is None:
        raise SessionRefusedError
    said = request.headers.get(SYNCHRONIZER, "")
    if not hmac.compare_digest(said.encode(), synchronizer(secret).encode()):
        raise RequestFaultError("cross-site")
    return secret
