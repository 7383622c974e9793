"""A provider's keys in memory: asked for seldom, by one at a time, kept in an outage.

A token under a key that is not known makes one request to the provider, whoever and how
many send such tokens: guesses must not become a flood.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Final

import structlog
from joserfc.jwk import Key

from interfaces.provider.fetching import FetchError

FRESH_SECONDS: Final = 300.0
"""So long keys count as the provider's own word; then they are asked for again."""
BETWEEN_SECONDS: Final = 10.0
"""At least, from one request to the next, whether or not it was answered."""
STALE_SECONDS: Final = 86_400.0
"""Through an outage of so long the last keys serve; after it nobody is believed."""

_log = structlog.get_logger()


class KeyCache:
    """The keys of one provider; `monotonic` is a clock in seconds.

    `changed` is called when a key went away, so that tokens believed under it are
    checked again.
    """

    def __init__(
        self,
        fetch: Callable[[], Awaitable[dict[str, Key]]],
        monotonic: Callable[[], float],
        changed: Callable[[], None] = lambda: None,
    ) -> None:
        self._fetch = fetch
        self._monotonic = monotonic
        self.changed = changed
        self._keys: dict[str, Key] = {}
        self._read_at: float | None = None
        self._asked_at: float | None = None
        self._asking: asyncio.Task[None] | None = None

    async def find(self, kid: str) -> Key | None:
        """The key of that id; asks the provider where it may be a new one."""
        age = self._age()
        if age is None or age > STALE_SECONDS:
            await self.refresh()
        elif age > FRESH_SECONDS:
            self._ask()  # Nobody waits: the keys we have serve meanwhile.
        if kid not in self._usable():
            await self.refresh()
        return self._usable().get(kid)

    def good_for(self) -> timedelta:
        """Until the keys are asked for again."""
        age = self._age()
        left = 0.0 if age is None else FRESH_SECONDS - age
        return timedelta(seconds=max(left, BETWEEN_SECONDS))

    async def refresh(self) -> None:
        """Ask the provider, unless that was done just now; joins who asks already."""
        asking = self._ask()
        if asking is not None:
            # Whoever began it may hang up; the others still wait for it.
            await asyncio.shield(asking)

    async def close(self) -> None:
        """Ask no more."""
        if self._asking is not None:
            self._asking.cancel()
            await asyncio.gather(self._asking, return_exceptions=True)

    def _ask(self) -> asyncio.Task[None] | None:
        if self._asking is not None and not self._asking.done():
            return self._asking
        now = self._monotonic()
        if self._asked_at is not None and now - self._asked_at < BETWEEN_SECONDS:
            return None
        self._asked_at = now
        self._asking = asyncio.create_task(self._read())
        return self._asking

    async def _read(self) -> None:
        try:
            keys = await self._fetch()
        except FetchError as fault:
            _log.warning("provider_keys_not_read", why=fault.why)
            return
        went = {kid for kid, key in self._keys.items() if keys.get(kid) != key}
        self._keys, self._read_at = keys, self._monotonic()
        if went:
            self.changed()

    def _age(self) -> float | None:
        return None if self._read_at is None else self._monotonic() - self._read_at

    def _usable(self) -> dict[str, Key]:
        age = self._age()
        return {} if age is None or age > STALE_SECONDS else self._keys
