"""Makes signed tokens, good ones and bad: what an issuer, or a forger, could make."""

import base64
import hmac
import json
from collections.abc import Mapping
from typing import Any, Final

from joserfc.jwk import ECKey, Key, OKPKey, RSAKey

from application.office.token_checks import Registry
from domain.values import OfficialId

Json = dict[str, Any]

ABSENT: Final = object()
"""In place of a value: the name is left out."""


class Mint:
    """An issuer with one key; `now` is in seconds."""

    def __init__(
        self, issuer: str, audience: str, now: int, key: Key, algorithm: str
    ) -> None:
        self.issuer = issuer
        self.audience = audience
        self.now = now
        self.key = key
        self.algorithm = algorithm

    @property
    def public(self) -> Json:
        """The key as the issuer publishes it."""
        return dict(self.key.as_dict(private=False))

    def header(self, **other: object) -> Json:
        """A good header, with some things otherwise."""
        said = {"alg": self.algorithm, "typ": "at+jwt", "kid": self.key.kid}
        return _otherwise(said, other)

    def claims(self, official: OfficialId, **other: object) -> Json:
        """Good claims, with some things otherwise."""
        said = {
            "iss": self.issuer,
            "aud": self.audience,
            "sub": f"f3b1-{official}",
            "preferred_username": official,
            "jti": "a7d0c1",
            "iat": self.now - 5,
            "exp": self.now + 295,
            "auth_time": self.now - 60,
            "scope": "openid profile",
        }
        return _otherwise(said, other)

    def good(self, official: OfficialId, **other: object) -> str:
        """A token that is to be believed, unless made otherwise."""
        return self.signed(self.header(), self.claims(official, **other))

    def signed(self, header: Json, claims: Json | str) -> str:
        """Whatever is said, under this key."""
        text = claims if isinstance(claims, str) else json.dumps(claims)
        return self.signed_bytes(json.dumps(header).encode(), text.encode())

    def signed_bytes(self, header: bytes, payload: bytes) -> str:
        """The same, byte by byte as given."""
        unsigned = f"{part(header)}.{part(payload)}"
        algorithm = Registry.algorithms[self.algorithm]
        return f"{unsigned}.{part(algorithm.sign(unsigned.encode(), self.key))}"


def ed25519(kid: str = "ed-1") -> OKPKey:
    return OKPKey.generate_key("Ed25519", {"kid": kid, "use": "sig"})


def p256(kid: str = "ec-1") -> ECKey:
    return ECKey.generate_key("P-256", {"kid": kid, "use": "sig"})


def rsa(kid: str = "rsa-1") -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": kid, "use": "sig"})


def part(content: bytes) -> str:
    """As it stands between the dots."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def mac(header: Json, claims: Json, secret: bytes) -> str:
    """A token under a shared secret (HS256)."""
    said = (header, claims)
    unsigned = ".".join(part(json.dumps(each).encode()) for each in said)
    return f"{unsigned}.{part(hmac.digest(secret, unsigned.encode(), 'sha256'))}"


def _otherwise(said: Mapping[str, object], other: Mapping[str, object]) -> Json:
    return {
        name: value for name, value in {**said, **other}.items() if value is not ABSENT
    }
