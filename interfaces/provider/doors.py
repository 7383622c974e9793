"""Where a provider lets people in, and where it gives tokens for the codes it gave."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import msgspec

from interfaces.provider.chosen import is_safe
from interfaces.provider.fetching import FetchError
from interfaces.provider.key_cache import BETWEEN_SECONDS


class Doors(msgspec.Struct, frozen=True):
    """What its discovery document says of signing in."""

    authorization: str
    token: str
    names_itself: bool
    """Whether it says with every answer who it is (RFC 9207); then it must."""


class KnownDoors:
    """Asked for when somebody first signs in, by one at a time, and pinned."""

    def __init__(
        self, read: Callable[[], Awaitable[Doors]], monotonic: Callable[[], float]
    ) -> None:
        self._read = read
        self._monotonic = monotonic
        self._found: Doors | None = None
        self._asked_at: float | None = None
        self._asking = asyncio.Lock()

    async def find(self) -> Doors:
        """The provider's doors; raises `FetchError`, at once after one just now."""
        return self._found or await self._ask()

    async def _ask(self) -> Doors:
        async with self._asking:
            if self._found is None:
                now = self._monotonic()
                last = self._asked_at
                if last is not None and now - last < BETWEEN_SECONDS:
                    raise FetchError("asked just now")
                self._asked_at = now
                self._found = await self._read()
            return self._found


def doors_in(told: dict[str, Any]) -> Doors:
    """What a discovery document says; raises `FetchError` where that is unsafe."""
    methods = told.get("code_challenge_methods_supported", ["S256"])
    if not isinstance(methods, list) or "S256" not in methods:
        raise FetchError("no S256")
    return Doors(
        authorization=_address(told, "authorization_endpoint"),
        token=_address(told, "token_endpoint"),
        names_itself=told.get("authorization_response_iss_parameter_supported") is True,
    )


def _address(told: dict[str, Any], name: str) -> str:
    said = told.get(name)
    if not isinstance(said, str) or not is_safe(said):
        raise FetchError("no safe door")
    try:
        return str(httpx.URL(said))
    except httpx.InvalidURL:
        raise FetchError("no safe door") from None
