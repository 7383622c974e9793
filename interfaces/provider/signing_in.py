"""Signing in at the provider: where a browser is sent, and who it was that came back.

Authorization code flow with PKCE, state and nonce (OpenID Connect Core, 3.1).
"""

from collections.abc import Callable
from datetime import datetime
from typing import Final

import httpx
from msgspec.structs import replace

from application.office import identity_tokens, provider_sign_ins
from application.office.identity_tokens import Asked
from application.office.provider_door import OLDEST
from application.office.signed_tokens import Verified
from application.office.token_checks import InvalidTokenError
from interfaces.provider.fetching import FetchError, send
from interfaces.provider.registered import Client
from interfaces.provider.trusting import TrustedProvider

RETURN: Final = "/v1/sign-in/provider/return"
"""The only address of ours that the provider sends browsers to."""

_REFUSED: Final = str(httpx.codes.BAD_REQUEST.value)


class CodeRefusedError(Exception):
    """The provider gives no token for the code: it was used, or is another's."""


class MixedUpError(Exception):
    """Another provider answered than the one that was asked (RFC 9207)."""


class ProviderSignIn:
    """One worker's way to the provider's doors; `ours` is our public address."""

    def __init__(
        self,
        client: Client,
        provider: TrustedProvider,
        ours: str,
        clock: Callable[[], datetime],
    ) -> None:
        self._client = client
        self._provider = provider
        # Never from what a request says of its host: that is anybody's word.
        self._return_to = ours + RETURN
        self._clock = clock
        self._trust = replace(provider.trust, audience=client.id)

    async def address(self, secret: str, *, step_up: bool) -> str:
        """Where to send the browser that has this secret; raises `FetchError`."""
        doors = await self._provider.doors.find()
        said = {
            "response_type": "code",
            "client_id": self._client.id,
            "redirect_uri": self._return_to,
            "scope": self._scope(),
            "state": provider_sign_ins.state(secret),
            "nonce": provider_sign_ins.nonce(secret),
            "code_challenge": provider_sign_ins.challenge(secret),
            "code_challenge_method": "S256",
        }
        if step_up:
            said |= {"prompt": "login", "max_age": "0"}
        else:
            # Asked for, so that the provider says when he signed in.
            said |= {"max_age": str(int(OLDEST.total_seconds()))}
        if step_up and self._trust.strong:
            said |= {"acr_values": " ".join(sorted(self._trust.strong))}
        return str(httpx.URL(doors.authorization).copy_merge_params(said))

    async def must_be_ours(self, issuer: str | None) -> None:
        """Raise `MixedUpError` unless the answer is the provider's own word."""
        doors = await self._provider.doors.find()
        is_silent = issuer is None and not doors.names_itself
        if not is_silent and issuer != self._trust.issuer:
            raise MixedUpError

    async def who(self, secret: str, code: str) -> Verified:
        """Whom the provider let in.

        Raises `FetchError`, `CodeRefusedError` or `InvalidTokenError`.
        """
        doors = await self._provider.doors.find()
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._return_to,
            "code_verifier": provider_sign_ins.verifier(secret),
        }
        try:
            told = await send(
                self._provider.http,
                doors.token,
                form | self._client.form(),
                self._client.headers(),
            )
        except FetchError as fault:
            if fault.why == _REFUSED:
                raise CodeRefusedError from None
            raise
        token, beside = told.get("id_token"), told.get("access_token")
        if not isinstance(token, str):
            raise InvalidTokenError("form")
        asked = Asked(
            nonce=provider_sign_ins.nonce(secret),
            access_token=beside if isinstance(beside, str) else None,
        )
        return await identity_tokens.verify(token, self._trust, asked, self._clock)

    def _scope(self) -> str:
        # `email` is told for its own scope alone (OpenID Connect Core, 5.4).
        more = " email" if self._trust.official_claim == "email" else ""
        return f"openid profile{more}"
