"""Which provider the operator chose, and what of its tokens is believed."""

from typing import Final
from urllib.parse import urlsplit

import msgspec

from interfaces.trouble import setting_trouble

ALGORITHMS: Final = frozenset({"EdDSA", "Ed25519", "ES256", "RS256", "PS256"})
"""Those that may be allowed at all: signatures by a key pair, never a shared secret."""

USUAL_ALGORITHMS: Final = "EdDSA,Ed25519,ES256,RS256"
USUAL_TYPES: Final = "at+jwt"
USUAL_CLAIM: Final = "preferred_username"

_LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})


class Chosen(msgspec.Struct, frozen=True, kw_only=True):
    """A provider as configured; nothing of it was asked of the provider itself."""

    issuer: str
    audience: str
    claim: str
    """Which claim holds our official's id; the provider must let nobody choose it."""
    algorithms: frozenset[str]
    types: frozenset[str]
    strong: frozenset[str]
    jwks_url: str | None


def choose(
    *,
    issuer: str | None,
    audience: str | None,
    claim: str,
    algorithms: str,
    types: str,
    strong: str,
    jwks_url: str | None,
) -> Chosen | None:
    """Check what the operator set; None without an issuer.

    Raises OperatorError naming the variable that won't do.
    """
    if issuer is None:
        return None
    if audience is None:
        raise setting_trouble("DISPOSISI_OIDC_AUDIENCE", "belum diisi", "is not set")
    _must_be_safe("DISPOSISI_OIDC_ISSUER", issuer)
    if jwks_url is not None:
        _must_be_safe("DISPOSISI_OIDC_JWKS_URL", jwks_url)
    allowed = _words(algorithms)
    if not allowed or not allowed <= ALGORITHMS:
        may_be = ", ".join(sorted(ALGORITHMS))
        raise setting_trouble(
            "DISPOSISI_OIDC_ALGORITHMS",
            f"hanya boleh memuat {may_be}",
            f"may name {may_be} only",
        )
    return Chosen(
        issuer=issuer,
        audience=audience,
        claim=claim,
        algorithms=allowed,
        types=frozenset(word.lower() for word in _words(types)),
        strong=_words(strong),
        jwks_url=jwks_url,
    )


def is_safe(url: str) -> bool:
    """Whether nobody on the way can put keys of his own in: https, or no way at all."""
    try:
        told = urlsplit(url)
        host = told.hostname
    except ValueError:
        return False
    if not host or told.username is not None or told.fragment:
        return False
    return told.scheme == "https" or (told.scheme == "http" and host in _LOOPBACK)


def _must_be_safe(variable: str, url: str) -> None:
    if not is_safe(url):
        raise setting_trouble(
            variable,
            "harus berupa alamat https (http hanya untuk komputer ini sendiri)",
            "must be an https address (http on this very machine only)",
        )


def _words(said: str) -> frozenset[str]:
    return frozenset(said.replace(",", " ").split())
