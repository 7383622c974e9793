"""How far a provider is believed, and where its keys come from."""

import time
from datetime import timedelta
from typing import Any, Final

import httpx
from joserfc.jwk import Key

from application.office.token_checks import Trust
from interfaces.provider.chosen import Chosen, is_safe
from interfaces.provider.doors import Doors, KnownDoors, doors_in
from interfaces.provider.fetching import FetchError, client, fetch
from interfaces.provider.key_cache import KeyCache
from interfaces.provider.key_reading import readable

LASTS: Final = timedelta(hours=24)
"""Of a provider's access token; one that lasts longer is taken for a mistake."""

DISCOVERY: Final = "/.well-known/openid-configuration"


class Provider:
    """A provider's published documents.

    Where its keys and doors stand is asked once and pinned: whoever can change the
    discovery document later moves nothing in a running worker.
    """

    def __init__(self, chosen: Chosen, http: httpx.AsyncClient) -> None:
        self._chosen = chosen
        self._http = http
        self._keys_at = chosen.jwks_url
        self.doors = KnownDoors(self._look_for_doors, time.monotonic)

    async def keys(self) -> dict[str, Key]:
        """Its keys as published now; raises `FetchError`."""
        if self._keys_at is None:
            self._keys_at = await self._discover()
        return readable(await fetch(self._http, self._keys_at))

    async def _look_for_doors(self) -> Doors:
        return doors_in(await self._read())

    async def _read(self) -> dict[str, Any]:
        told = await fetch(self._http, self._chosen.issuer.rstrip("/") + DISCOVERY)
        if told.get("issuer") != self._chosen.issuer:
            raise FetchError("another issuer")
        return told

    async def _discover(self) -> str:
        address = (await self._read()).get("jwks_uri")
        if not isinstance(address, str) or not is_safe(address):
            raise FetchError("no safe address of keys")
        return address


class TrustedProvider:
    """A provider that we believe, and its keys; to be closed at the end."""

    def __init__(self, chosen: Chosen) -> None:
        self.http = client()
        documents = Provider(chosen, self.http)
        self.doors = documents.doors
        self.keys = KeyCache(documents.keys, time.monotonic)
        self.trust = Trust(
            issuer=chosen.issuer,
            audience=chosen.audience,
            algorithms=chosen.algorithms,
            types=chosen.types,
            keys=self.keys,
            lasts=LASTS,
            official_claim=chosen.claim,
            strong=chosen.strong,
        )

    async def close(self) -> None:
        """Ask it no more."""
        await self.keys.close()
        await self.http.aclose()
