"""How often somebody may ask: token buckets in a worker's memory.

Each worker counts for itself: with several, a client may get as many times more. Whose
address it is the connection alone says; headers that proxies add are anybody's word.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ipaddress import IPv6Address, ip_address
from math import ceil
from typing import Final

import msgspec
from litestar.types import Scope

from application.office.account_errors import SignInPausedError
from domain.values import OfficialId
from interfaces.http.problems import RequestFaultError

KEPT: Final = 16_384
"""Buckets of a kind, about 200 bytes each; the longest unused makes room."""

_NETWORK_BITS: Final = 64
"""Of an IPv6 address: whoever has one has all that share them."""

_LONGEST_ID: Final = 64


class Rate(msgspec.Struct, frozen=True):
    """So many at once, and so many more with every second."""

    burst: int
    per_second: float


STATUS: Final = Rate(burst=120, per_second=2.0)
"""By address. An office behind one address looks up now and then; walking through all
numbers of a year takes hours and shows in the log."""

SIGN_IN_ADDRESS: Final = Rate(burst=60, per_second=0.5)
"""By address. A morning's sign-ins of a whole office come from one; each try costs a
worker 19 ms, so that strangers get no more than a hundredth of its time."""

SIGN_IN_ACCOUNT: Final = Rate(burst=10, per_second=1 / 30)
"""By account, from wherever: a guesser tries 2,880 passwords a day, not millions. As
many again within, of a guesser with somebody's session; there the address is not asked.
"""

INTAKE: Final = Rate(burst=20_000, per_second=1_000.0)
"""By official. A desk files a few in a minute, an import of old paper some hundred in a
second; a program gone wild must leave a part of the desk to the others."""


class Buckets:
    """A bucket a key; `monotonic` is a clock in seconds."""

    def __init__(
        self, rate: Rate, monotonic: Callable[[], float], kept: int = KEPT
    ) -> None:
        self._rate = rate
        self._monotonic = monotonic
        self._kept = kept
        self._full_at: dict[str, float] = {}

    def wait(self, key: str) -> float:
        """Take one; seconds until there is one, 0 when it was there."""
        now = self._monotonic()
        each = 1 / self._rate.per_second
        # A bucket is the instant at which it is full again: absent ones are full.
        full_at = max(self._full_at.pop(key, now), now) + each
        over = full_at - now - self._rate.burst * each
        if over > 0:
            full_at -= each
        elif len(self._full_at) >= self._kept:
            del self._full_at[next(iter(self._full_at))]
        self._full_at[key] = full_at
        # So small a remainder is the clock's own rounding.
        return over if over > 1e-9 else 0.0  # noqa: PLR2004 - see above

    def give_back(self, key: str) -> None:
        """Put back one that was taken."""
        if (full_at := self._full_at.get(key)) is not None:
            self._full_at[key] = full_at - 1 / self._rate.per_second

    def __len__(self) -> int:
        return len(self._full_at)


class RateLimits:
    """One worker's limits; raise 429 `rate-limited` with the seconds to wait."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._status = Buckets(STATUS, monotonic)
        self._sign_in_address = Buckets(SIGN_IN_ADDRESS, monotonic)
        self._sign_in_account = Buckets(SIGN_IN_ACCOUNT, monotonic)
        self._password_again = Buckets(SIGN_IN_ACCOUNT, monotonic)
        self._intake = Buckets(INTAKE, monotonic)

    def must_allow_status(self, scope: Scope) -> None:
        """A look at the public status, by whom it comes from."""
        _must_not_wait(self._status.wait(address(scope)))

    @contextmanager
    def sign_in(self, scope: Scope, account: str) -> Iterator[None]:
        """A try to sign in, with what looks at the password inside.

        The address is asked first: who is stopped there takes nothing of the account's.
        """
        self.must_allow_knock(scope)
        # No id is longer; whatever is sent instead of one must not fill the memory.
        with _wrong_ones_taking(self._sign_in_account, account[:_LONGEST_ID]):
            yield

    @contextmanager
    def password_again(self, official: OfficialId) -> Iterator[None]:
        """The same of an official who was let in before.

        What strangers take, at the door or from the same address, is not his.
        """
        with _wrong_ones_taking(self._password_again, official):
            yield

    def must_allow_knock(self, scope: Scope) -> None:
        """A try to sign in that names no account, by whom it comes from."""
        _must_not_wait(self._sign_in_address.wait(address(scope)))

    def must_allow_intake(self, official: OfficialId) -> None:
        """Something new that an official files."""
        _must_not_wait(self._intake.wait(official))


def address(scope: Scope) -> str:
    """Who is at the other end of the connection, as far as it tells."""
    client = scope.get("client")
    if client is None:
        return ""
    try:
        told = ip_address(client[0])
    except ValueError:
        return client[0]
    if isinstance(told, IPv6Address):
        if told.ipv4_mapped is not None:
            return str(told.ipv4_mapped)
        return f"{int(told) >> _NETWORK_BITS:x}"
    return str(told)


@contextmanager
def _wrong_ones_taking(buckets: Buckets, key: str) -> Iterator[None]:
    """Take one at once, and give it back unless a wrong password was compared.

    Else tries in a pause, which are not looked at, would outlast the pause here.
    """
    _must_not_wait(buckets.wait(key))
    try:
        yield
    except SignInPausedError:
        buckets.give_back(key)
        raise
    buckets.give_back(key)


def _must_not_wait(seconds: float) -> None:
    if seconds > 0:
        raise RequestFaultError(
            "rate-limited", headers={"Retry-After": str(ceil(seconds))}
        )
