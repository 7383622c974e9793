"""Signing in with a browser at the organisation's provider, into a session of ours.

The provider sends the browser back, so its cookie for the way there and back must come
along from another site; it lasts some minutes, serves once and opens nothing.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any, Final

import structlog
from litestar import Controller, Request, Response, get
from litestar.datastructures import Cookie
from litestar.params import FromQuery, QueryParameter

from application.office import provider_sign_ins
from application.office.account_errors import AccountError
from application.office.token_checks import InvalidTokenError
from interfaces.http import session_cookie
from interfaces.http.counter import Reception
from interfaces.http.identity import OPEN
from interfaces.http.openapi_operation import APART, BY_COOKIE
from interfaces.http.problems import (
    BEARER,
    RETRY_AFTER_SECONDS,
    TEXTS,
    RequestFaultError,
)
from interfaces.http.query import must_be_plain
from interfaces.http.session_cookie import counter_of, limits_of
from interfaces.http.sessions import SessionTold, told
from interfaces.provider.fetching import FetchError
from interfaces.provider.signing_in import CodeRefusedError, MixedUpError

NAME: Final = "__Host-disposisi-sign-in"

_CODE: Final = re.compile(r"[\x20-\x7e]{1,2048}")
_LONGEST: Final = 200
_SAID: Final = ("code", "state", "iss", "error")

log = structlog.get_logger()


class ProviderSignInController(Controller):
    """The way to the provider and back; served only where one is set."""

    path = "/v1/sign-in/provider"
    tags = ("accounts",)

    @get(
        "/",
        operation_id="LeaveForProvider",
        status_code=303,
        opt={OPEN: True, BY_COOKIE: True, APART: (403, 422, 429, 503)},
    )
    async def leave(
        self,
        request: Request[Any, Any, Any],
        *,
        step_up: FromQuery[bool] = False,
    ) -> Response[None]:
        """Be sent to the organisation's provider to sign in, or to do so once more."""
        limits_of(request).must_allow_knock(request.scope)
        must_be_plain(request.scope)
        _must_not_be_sent(request)
        reception = _reception(request)
        former = session_cookie.secret_in(request)
        secret = await reception.door.leave(former, step_up=step_up)
        with _told_apart():
            place = await reception.provider.address(secret, step_up=step_up)
        return Response(
            content=None,
            headers={"Location": place},
            cookies=[_cookie(secret, int(provider_sign_ins.LASTS.total_seconds()))],
        )

    @get(
        "/return",
        operation_id="ComeBackFromProvider",
        opt={OPEN: True, APART: (401, 403, 422, 429, 503)},
    )
    async def come_back(
        self,
        request: Request[Any, Any, Any],
        code: FromQuery[str | None] = None,
        sent_with: Annotated[str | None, QueryParameter(name="state")] = None,
        iss: FromQuery[str | None] = None,
        error: FromQuery[str | None] = None,
    ) -> Response[SessionTold]:
        """Come back from the provider and get a session; its cookie is a new one."""
        limits_of(request).must_allow_knock(request.scope)
        _must_be_said_once(request)
        reception = _reception(request)
        secret = request.cookies.get(NAME, "")
        if not _is_same_browser(secret, sent_with):
            raise RequestFaultError("sign-in-not-begun")
        with _told_apart():
            left = await reception.door.come_back(secret)
            if left is None:
                raise RequestFaultError("sign-in-not-begun", headers=_taken())
            await reception.provider.must_be_ours(iss)
            if error is not None or code is None or not _CODE.fullmatch(code):
                raise CodeRefusedError
            verified = await reception.provider.who(secret, code)
            begun = await reception.door.let_in(verified, left)
        return Response(
            content=told(begun),
            headers=session_cookie.given(begun.secret),
            cookies=[_cookie("", 0)],
        )


def _reception(request: Request[Any, Any, Any]) -> Reception:
    reception = counter_of(request).reception
    assert reception is not None, "the routes are served with a provider alone"
    return reception


def _must_not_be_sent(request: Request[Any, Any, Any]) -> None:
    """No other site begins a sign-in for the browser; 403 `cross-site` otherwise."""
    if request.headers.get("sec-fetch-site") not in {None, "same-origin", "none"}:
        raise RequestFaultError("cross-site")


def _must_be_said_once(request: Request[Any, Any, Any]) -> None:
    # What a provider says besides is its own affair (RFC 6749, 4.1.2).
    for name in _SAID:
        if len(request.query_params.getall(name, [])) > 1:
            raise RequestFaultError(
                "invalid-query", pointer=f"/{name}", detail="said more than once"
            )


def _is_same_browser(secret: str, state: str | None) -> bool:
    """Whether the answer is to what this very browser was sent with."""
    if not 0 < len(secret) <= _LONGEST or state is None:
        return False
    return provider_sign_ins.is_state_of(secret, state)


@contextmanager
def _told_apart() -> Iterator[None]:
    """What went wrong, as a problem; the cookie has served its turn."""
    try:
        yield
    except FetchError as fault:
        log.warning("provider_away", why=fault.why)
        raise _refusal("provider-away") from None
    except InvalidTokenError as fault:
        log.warning("provider_not_believed", why=fault.why)
        raise _refusal("provider-not-believed") from None
    except MixedUpError:
        log.warning("provider_not_believed", why="issuer of the answer")
        raise _refusal("provider-not-believed") from None
    except CodeRefusedError:
        log.info("provider_refused")
        raise _refusal("provider-refused") from None
    except AccountError as refusal:
        raise _refusal(refusal.code) from None


def _refusal(code: str) -> RequestFaultError:
    more = {
        401: {"WWW-Authenticate": BEARER},
        503: {"Retry-After": str(RETRY_AFTER_SECONDS)},
    }
    return RequestFaultError(code, headers=_taken() | more.get(TEXTS[code].status, {}))


def _taken() -> dict[str, str]:
    return {"Set-Cookie": _cookie("", 0).to_header(header="")}


def _cookie(secret: str, seconds: int) -> Cookie:
    return Cookie(
        key=NAME,
        value=secret,
        max_age=seconds,
        path="/",
        secure=True,
        httponly=True,
        samesite="lax",
    )
