"""Whose signed tokens a worker believes: our own issuer's, and a provider's if set."""

import asyncio
from types import TracebackType
from typing import Self

from application.office.access_tokens import Issuer
from application.office.key_sets import KeyFile
from application.office.principals import Principals
from application.office.signed_tokens import SignedTokens, ours
from interfaces.clock import now
from interfaces.data_folder import DataFolder
from interfaces.provider.signing_in import ProviderSignIn
from interfaces.provider.trusting import TrustedProvider
from interfaces.settings import Settings


class Identities:
    """Made with the worker; within `async with` the provider is asked for its keys."""

    def __init__(self, settings: Settings) -> None:
        self.issuer = issuer_of(settings)
        # A key that nobody can read is told at the start, not at the first sign-in.
        self.issuer.keys.signing()
        chosen = settings.provider
        self._provider = None if chosen is None else TrustedProvider(chosen)
        trusted = [ours(self.issuer)]
        if self._provider is not None:
            trusted.append(self._provider.trust)
        self.signed = SignedTokens(trusted, now)
        self.sign_in = self._sign_in(settings)
        """At the provider, where we are known to it as a client."""
        self._first: asyncio.Task[None] | None = None

    def _sign_in(self, settings: Settings) -> ProviderSignIn | None:
        client = settings.client
        if client is None or self._provider is None:
            return None
        return ProviderSignIn(client, self._provider, settings.issuer, now)

    def tell(self, principals: Principals) -> None:
        """Whom to tell when a key of the provider went away."""
        if self._provider is not None:
            self._provider.keys.changed = principals.forget

    async def __aenter__(self) -> Self:
        """Ask for the keys beforehand; nobody waits for it."""
        if self._provider is not None:
            self._first = asyncio.create_task(self._provider.keys.refresh())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        raised: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Ask the provider no more."""
        if self._provider is not None:
            await self._provider.close()
        if self._first is not None:
            await asyncio.gather(self._first, return_exceptions=True)


def issuer_of(settings: Settings) -> Issuer:
    """Our own issuer, with its key file in the data folder."""
    keys = KeyFile(DataFolder(settings.data_path).issuer, now)
    return Issuer(settings.issuer, keys)
