"""How officials prove who they are: password, one-time link, a password changed."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final, Literal

import msgspec
from litestar import Controller, Request, post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from application.office import tokens
from application.office.access_tokens import ends_at
from application.office.account_errors import PasswordRefusedError
from application.office.basis import Basis
from application.office.doorkeeper import Newcomer
from domain.values import OfficialId
from interfaces.http import session_cookie
from interfaces.http.bodies.accounts import Credentials, NewPassword, Redemption
from interfaces.http.call import Call
from interfaces.http.counter import Counter
from interfaces.http.identity import OPEN
from interfaces.http.openapi_operation import APART
from interfaces.http.problems import RequestFaultError
from interfaces.http.session_cookie import counter_of, limits_of

REFUSED: Final = (401, 429)
"""What an address that reads a password may answer besides."""


class AccessToken(msgspec.Struct, frozen=True, kw_only=True):
    """A token that lasts some minutes, as OAuth tells it."""

    official: OfficialId
    access_token: str
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105 - a word, no secret
    expires_in: int
    """Seconds."""


class Whose(msgspec.Struct, frozen=True):
    """Whose password was set."""

    official: OfficialId


class SigningInController(Controller):
    """Without a token, or to get another password."""

    path = "/v1"
    tags = ("accounts",)

    @post(
        "/sign-in",
        operation_id="SignIn",
        status_code=200,
        opt={OPEN: True, APART: REFUSED},
    )
    async def sign_in(
        self, data: JSONBody[Credentials], request: Request[Any, Any, Any]
    ) -> AccessToken:
        """Give a password and get a token for some minutes."""
        counter = counter_of(request)
        with limits_of(request).sign_in(request.scope, data.official):
            let_in = await counter.doorkeeper.sign_in(data.official, data.password)
        return token_for(counter, *let_in)

    @post(
        "/sign-in/link",
        operation_id="RedeemLink",
        status_code=200,
        opt={OPEN: True, APART: REFUSED},
    )
    async def redeem(
        self, data: JSONBody[Redemption], request: Request[Any, Any, Any]
    ) -> AccessToken:
        """Set a password with a one-time link, and get a token for some minutes.

        The token at once: whoever is kept out by others' wrong tries gets in so.
        """
        counter = counter_of(request)
        tried = tokens.digest(data.link).hex()
        limit = limits_of(request).sign_in(request.scope, tried)
        with limit, told_at("/password"):
            let_in = await counter.doorkeeper.redeem(
                data.link, data.password, Newcomer(data.official, data.name)
            )
        return token_for(counter, *let_in)

    @post(
        "/password",
        operation_id="ChangePassword",
        status_code=200,
        opt={APART: REFUSED},
    )
    async def change(
        self,
        data: JSONBody[NewPassword],
        request: Request[Any, Any, Any],
        call: NamedDependency[Call],
    ) -> Whose:
        """Change one's own password; one's other sessions end."""
        call.agency_for("own-account")
        official = call.principal.official
        with limits_of(request).password_again(official), told_at("/new"):
            await call.counter.doorkeeper.change_password(
                official, data.current, data.new, session_cookie.secret_in(request)
            )
        return Whose(official)


def token_for(
    counter: Counter,
    official: OfficialId,
    authenticated_at: datetime,
    basis: Basis,
    until: datetime | None = None,
) -> AccessToken:
    """A token of our own issuer for somebody who was let in."""
    at = counter.now()
    issued = counter.issuer.issue(
        official, at, authenticated_at, basis=basis, until=until
    )
    return AccessToken(
        official=official,
        access_token=issued,
        expires_in=int((ends_at(at, until) - at).total_seconds()),
    )


@contextmanager
def told_at(pointer: str) -> Iterator[None]:
    """Say of a refused password in which field it stood."""
    try:
        yield
    except PasswordRefusedError as refusal:
        raise RequestFaultError(
            refusal.code, pointer=pointer, **vars(refusal)
        ) from None
