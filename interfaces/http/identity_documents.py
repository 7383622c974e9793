"""What others need to believe our tokens; open to everyone.

We are an issuer of access tokens (RFC 8414) and no OpenID provider: nobody is sent here
to sign in, and nobody gets an ID token. Only what is true is said.
"""

from typing import Final

import msgspec
from litestar import Controller, Response, get
from litestar.datastructures import State

from application.office.key_sets import ALGORITHM
from interfaces.http.identity import OPEN

_KEYS: Final = "/.well-known/jwks.json"
_KEEP: Final = "public, max-age=300"
"""As long as a former key is surely still published, many times over."""


class PublishedKey(msgspec.Struct, frozen=True):
    """The public half of a key that signs access tokens (RFC 8037)."""

    kid: str
    x: str
    kty: str = "OKP"
    crv: str = "Ed25519"
    use: str = "sig"
    alg: str = ALGORITHM


class PublishedKeys(msgspec.Struct, frozen=True):
    """The key in use, and former ones whose tokens may still be good (RFC 7517)."""

    keys: tuple[PublishedKey, ...]


class IssuerMetadata(msgspec.Struct, frozen=True):
    """Our own issuer of access tokens (RFC 8414); clients of others it has none."""

    issuer: str
    jwks_uri: str
    response_types_supported: tuple[str, ...] = ()
    grant_types_supported: tuple[str, ...] = ()
    claims_supported: tuple[str, ...] = (
        "iss",
        "aud",
        "sub",
        "jti",
        "iat",
        "exp",
        "auth_time",
        "sid",
        "password_mark",
    )


class IdentityDocumentController(Controller):
    """Keys and name of our own issuer."""

    path = "/.well-known"
    tags = ("identity",)
    opt = {OPEN: True}  # noqa: RUF012 - declared so by Litestar

    @get("/jwks.json", operation_id="ReadIssuerKeys")
    async def keys(self, state: State) -> Response[PublishedKeys]:
        """The keys that our access tokens are signed with."""
        public = state.counter.issuer.keys.public()
        return Response(
            content=PublishedKeys(
                keys=tuple(
                    PublishedKey(kid=kid, x=str(key.as_dict(private=False)["x"]))
                    for kid, key in public.items()
                )
            ),
            headers={"Cache-Control": _KEEP},
        )

    @get("/oauth-authorization-server", operation_id="ReadIssuer")
    async def issuer(self, state: State) -> Response[IssuerMetadata]:
        """Where the keys stand, and in whose name tokens are signed."""
        name: str = state.counter.issuer.name
        return Response(
            content=IssuerMetadata(issuer=name, jwks_uri=f"{name}{_KEYS}"),
            headers={"Cache-Control": _KEEP},
        )
