"""Sessions for pages: a cookie, and short-lived tokens that its page gets for it.

The cookie is no authority for commands: pages get a token here and use that.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from litestar import Controller, Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from application.office import sessions
from application.office.account_errors import SessionRefusedError
from application.office.doorkeeper import Begun
from domain.values import OfficialId
from interfaces.http import session_cookie
from interfaces.http.bodies.accounts import Credentials, Nothing, PasswordAgain
from interfaces.http.call import Call
from interfaces.http.headers import path_id
from interfaces.http.identity import OPEN
from interfaces.http.openapi_operation import APART, BY_COOKIE
from interfaces.http.problems import RequestFaultError
from interfaces.http.session_cookie import (
    counter_of,
    limits_of,
    must_come_from_our_page,
    must_have_secret,
)
from interfaces.http.signing_in import REFUSED, AccessToken, token_for


class SessionTold(msgspec.Struct, frozen=True, kw_only=True):
    """A session, and what its page sends along in X-Disposisi-Synchronizer."""

    session: UUID
    official: OfficialId
    began_at: datetime
    authenticated_at: datetime
    ends_at: datetime
    """However much it is used; half an hour without use ends it sooner."""
    synchronizer: str


class SessionRow(msgspec.Struct, frozen=True, kw_only=True):
    """A session in the list of one's own."""

    session: UUID
    began_at: datetime
    seen_at: datetime
    """To the minute."""
    ends_at: datetime


class SessionList(msgspec.Struct, frozen=True):
    """All of one's sessions on one page."""

    items: tuple[SessionRow, ...]
    next: str | None = None


class SessionController(Controller):
    """The session of the browser that asks."""

    path = "/v1/session"
    tags = ("accounts",)

    @post(
        "/",
        operation_id="BeginSession",
        status_code=200,
        opt={OPEN: True, APART: (*REFUSED, 403)},
    )
    async def begin(
        self, data: JSONBody[Credentials], request: Request[Any, Any, Any]
    ) -> Response[SessionTold]:
        """Give a password and get a session; its cookie's value is always a new one."""
        must_come_from_our_page(request)
        counter = counter_of(request)
        former = session_cookie.secret_in(request)
        with limits_of(request).sign_in(request.scope, data.official):
            begun = await counter.doorkeeper.begin_session(
                data.official, data.password, former
            )
        return _begun(begun)

    @get(
        "/",
        operation_id="ReadSession",
        opt={OPEN: True, BY_COOKIE: True, APART: (401, 403)},
    )
    async def look(self, request: Request[Any, Any, Any]) -> Response[SessionTold]:
        """The session of the cookie, for a page that was loaded anew."""
        must_come_from_our_page(request)
        secret = session_cookie.secret_in(request)
        if secret is None:
            raise SessionRefusedError
        found = await counter_of(request).doorkeeper.session(secret)
        return Response(content=told(Begun(found, secret)))

    @post(
        "/token",
        operation_id="TakeToken",
        status_code=200,
        opt={OPEN: True, BY_COOKIE: True, APART: (401, 403)},
    )
    async def token(
        self,
        data: JSONBody[Nothing],  # noqa: ARG002 - an empty form, and no other
        request: Request[Any, Any, Any],
    ) -> AccessToken:
        """Get a token for some minutes, as old as the password was last given.

        It ends with the session.
        """
        secret = must_have_secret(request)
        counter = counter_of(request)
        found = await counter.doorkeeper.session(secret)
        return token_for(
            counter,
            found.official,
            found.authenticated_at,
            found.basis,
            found.ends_at,
        )

    @post(
        "/step-up",
        operation_id="StepUp",
        status_code=200,
        opt={OPEN: True, BY_COOKIE: True, APART: (*REFUSED, 403)},
    )
    async def step_up(
        self, data: JSONBody[PasswordAgain], request: Request[Any, Any, Any]
    ) -> Response[SessionTold]:
        """Give the password again, for what wants it fresh; the cookie changes."""
        secret = must_have_secret(request)
        counter = counter_of(request)
        found = await counter.doorkeeper.session(secret)
        with limits_of(request).password_again(found.official):
            begun = await counter.doorkeeper.step_up(secret, data.password)
        return _begun(begun)

    @post(
        "/ending",
        operation_id="EndSession",
        status_code=200,
        opt={OPEN: True, BY_COOKIE: True, APART: (401, 403)},
    )
    async def end(
        self,
        data: JSONBody[Nothing],  # noqa: ARG002 - the same
        request: Request[Any, Any, Any],
    ) -> Response[Nothing]:
        """Sign out: the session ends and its cookie goes."""
        secret = must_have_secret(request)
        doorkeeper = counter_of(request).doorkeeper
        found = await doorkeeper.session(secret)
        await doorkeeper.end_session(found.official, found.session)
        return Response(content=Nothing(), headers=session_cookie.taken())


class SessionListController(Controller):
    """One's own sessions, in whichever browsers."""

    path = "/v1/sessions"
    tags = ("accounts",)

    @get("/", operation_id="ListSessions")
    async def all(self, call: NamedDependency[Call]) -> SessionList:
        """One's own sessions that have not ended."""
        call.agency_for("own-account")
        mine = await call.counter.doorkeeper.sessions_of(call.principal.official)
        return SessionList(
            items=tuple(
                SessionRow(
                    session=one.session,
                    began_at=one.began_at,
                    seen_at=one.seen_at,
                    ends_at=one.ends_at,
                )
                for one in mine
            )
        )

    @post(
        "/{session:str}/ending",
        operation_id="EndOneSession",
        status_code=200,
        opt={APART: ()},
    )
    async def end(
        self,
        data: JSONBody[Nothing],
        session: FromPath[str],
        call: NamedDependency[Call],
    ) -> Nothing:
        """End one of one's own sessions."""
        call.agency_for("own-account")
        official = call.principal.official
        if not await call.counter.doorkeeper.end_session(official, path_id(session)):
            raise RequestFaultError("not-found")
        return data


def _begun(begun: Begun) -> Response[SessionTold]:
    return Response(content=told(begun), headers=session_cookie.given(begun.secret))


def told(begun: Begun) -> SessionTold:
    """What the browser's page learns of its session."""
    found = begun.session
    return SessionTold(
        session=found.session,
        official=found.official,
        began_at=found.began_at,
        authenticated_at=found.authenticated_at,
        ends_at=found.ends_at,
        synchronizer=sessions.synchronizer(begun.secret),
    )
