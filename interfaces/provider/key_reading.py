"""Which of the keys that a provider publishes may verify a token."""

from typing import Any, Final

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, Key, OKPKey, RSAKey

from interfaces.provider.fetching import FetchError

SHORTEST_RSA: Final = 2_048
"""Bits (NIST SP 800-131A)."""

_KINDS: Final[dict[str, type[RSAKey | ECKey | OKPKey]]] = {
    "RSA": RSAKey,
    "EC": ECKey,
    "OKP": OKPKey,
}
"""Shared secrets (`oct`) are no public keys, whatever stands in the set."""

_CURVES: Final = frozenset({"P-256", "Ed25519"})
_MOST: Final = 64


def readable(document: dict[str, Any]) -> dict[str, Key]:
    """The keys by their ids; `FetchError` where not a single one will do.

    What is not understood is passed over, as RFC 7517 (section 5) asks: a provider may
    publish keys for others beside ours.
    """
    listed = document.get("keys")
    found: dict[str, Key] = {}
    for told in listed[:_MOST] if isinstance(listed, list) else ():
        key = _read(told)
        if key is not None and key.kid is not None:
            found.setdefault(key.kid, key)
    if not found:
        raise FetchError("no usable key")
    return found


def _read(told: object) -> Key | None:
    if not isinstance(told, dict) or not isinstance(told.get("kid"), str):
        return None
    kind = told.get("kty")
    if not isinstance(kind, str) or kind not in _KINDS or "d" in told:
        return None  # One whose secret is published is nobody's.
    if told.get("use", "sig") != "sig" or _is_short(told):
        return None
    try:
        key = _KINDS[kind].import_key(told)
    except (JoseError, KeyError, TypeError, ValueError):
        return None
    is_other = not isinstance(key, RSAKey) and key.curve_name not in _CURVES
    return None if is_other else key


def _is_short(told: dict[str, Any]) -> bool:
    # Before the library reads it, which warns of a short key and takes it.
    return told["kty"] == "RSA" and len(str(told.get("n"))) * 6 < SHORTEST_RSA
