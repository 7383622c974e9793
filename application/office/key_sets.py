"""The keys that our own access tokens are signed with: one in use, and former ones.

They stand in a file that only the server may read, outside the database: a dump signs
nothing. A former key stays without its secret until the last token under it has ended.
"""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import msgspec
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from application import secret_files
from application.secret_files import Fault, KeyFileError

ALGORITHM: Final = "Ed25519"
"""As RFC 9864 names it; plain `EdDSA` is deprecated there, for it names no curve."""

KEPT_FOR: Final = timedelta(hours=1)
"""How long a former key is still known: longer than any token under it lasts."""

_LONGEST_FILE: Final = 65_536


class KeptKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One key of the file; the newest one alone still has its secret."""

    made_at: datetime
    retired_at: datetime | None = None
    key: dict[str, Any]
    """A JSON Web Key (RFC 7517)."""


class KeyFile:
    """The key file, read again whenever somebody has replaced it."""

    def __init__(self, path: Path, clock: Callable[[], datetime]) -> None:
        self._path = path
        self._clock = clock
        self._stamp: tuple[int, int] | None = None
        self._signing: OKPKey
        self._public: dict[str, tuple[OKPKey, datetime | None]] = {}
        """With the instant after which nothing under it is good any longer."""

    def signing(self) -> OKPKey:
        """The key in use, made on the first start; `KeyFileError` when it is unfit."""
        self._look()
        return self._signing

    def public(self) -> dict[str, OKPKey]:
        """Every key under which a token may still be good, by its id."""
        self._look()
        at = self._clock()
        return {
            kid: key
            for kid, (key, until) in self._public.items()
            if until is None or at < until
        }

    async def find(self, kid: str) -> OKPKey | None:
        """The public key of that id, if it is ours."""
        return self.public().get(kid)

    def good_for(self) -> timedelta:
        """As long as any token: who rotates the keys tells the workers himself."""
        return KEPT_FOR

    def rotate(self, *, keep_former: bool = True) -> str:
        """Put a new key to use and say its id; workers see it at the next token.

        A key that somebody may have seen is not kept: its tokens end at once.
        """
        at = self._clock()
        new = _new(at)
        # Of two at once the second retires the first one's key, and loses none.
        with secret_files.held(self._path):
            former = [
                KeptKey(
                    made_at=one.made_at,
                    retired_at=one.retired_at or at,
                    key=_read_key(self._path, one).as_dict(private=False),
                )
                for one in (self._kept() if keep_former and self._path.exists() else [])
                if one.retired_at is None or one.retired_at + KEPT_FOR > at
            ]
            secret_files.replace(self._path, msgspec.json.encode([new, *former]))
        return str(new.key["kid"])

    def _look(self) -> None:
        try:
            stamp = self._stamped()
        except FileNotFoundError:
            # Of several who make the first file one wins; its key is the key.
            secret_files.make(self._path, msgspec.json.encode([_new(self._clock())]))
            stamp = self._stamped()
        except OSError as error:
            raise KeyFileError(self._path, Fault.UNREADABLE, error.errno) from None
        if stamp != self._stamp:
            kept = self._kept()
            keys = [_read_key(self._path, one) for one in kept]
            if not keys[0].is_private:
                raise KeyFileError(self._path, Fault.NOTHING_TO_SIGN_WITH)
            self._signing = keys[0]
            self._public = {
                str(key.kid): (key, one.retired_at and one.retired_at + KEPT_FOR)
                for key, one in zip(keys, kept, strict=True)
            }
            self._stamp = stamp

    def _stamped(self) -> tuple[int, int]:
        # A new file has a new number: replacing is all that ever changes it.
        told = self._path.stat()
        return told.st_ino, told.st_mtime_ns

    def _kept(self) -> list[KeptKey]:
        try:
            content = secret_files.read(self._path, _LONGEST_FILE)
        except FileNotFoundError:
            raise KeyFileError(self._path, Fault.TAKEN_AWAY) from None
        try:
            kept = msgspec.json.decode(content, type=list[KeptKey])
        except msgspec.DecodeError:
            kept = []
        if not kept:
            raise KeyFileError(self._path, Fault.NO_ISSUER_KEYS)
        return kept


def _new(at: datetime) -> KeptKey:
    key = OKPKey.generate_key(
        "Ed25519", {"use": "sig", "alg": ALGORITHM}, auto_kid=True
    )
    return KeptKey(made_at=at, key=json.loads(json.dumps(key.as_dict(private=True))))


def _read_key(path: Path, kept: KeptKey) -> OKPKey:
    try:
        key = OKPKey.import_key(kept.key)
    except (JoseError, KeyError, TypeError, ValueError):
        # What is wrong with a secret is not told: the words might quote it.
        raise KeyFileError(path, Fault.UNREADABLE_KEY) from None
    if key.kid is None or key.curve_name != "Ed25519":
        raise KeyFileError(path, Fault.OTHER_KIND)
    return key
