"""The corpus of tokens that must not be believed, and which check stands against each.

`off` names the checks without which the token would pass; where none is named, several
stand against it at once, or its form alone gives it away.
"""

import json
from collections.abc import Iterator
from typing import NamedTuple

from domain.values import OfficialId
from tests.mint import ABSENT, Mint, ed25519, mac, part


class Bad(NamedTuple):
    """A token and what stands against it."""

    name: str
    token: str
    off: tuple[str, ...] = ()


def corpus(mint: Mint, who: OfficialId) -> Iterator[Bad]:
    """Every bad token, made after a good one of the mint."""
    yield from algorithms(mint, who)
    yield from headers(mint, who)
    yield from wrong_claims(mint, who)
    yield from wrong_times(mint, who)
    yield from signatures(mint, who)
    yield from forms(mint, who)


def algorithms(mint: Mint, who: OfficialId) -> Iterator[Bad]:
    good, claims = mint.good(who), mint.claims(who)
    payload = part(json.dumps(claims).encode())
    for word in ("none", "None", "NONE", "nOnE"):
        header = part(json.dumps(mint.header(alg=word)).encode())
        yield Bad(f"alg {word}", f"{header}.{payload}.")
    header = part(json.dumps(mint.header(alg="none")).encode())
    yield Bad("alg none, signed", f"{header}.{payload}.{good.split('.')[2]}")
    secrets = {
        "PEM": mint.key.as_pem(private=False),  # type: ignore[union-attr]  # never an OctKey
        "JWK": json.dumps(mint.public).encode(),
        "x": str(mint.public["x"]).encode(),
    }
    for name, secret in secrets.items():
        token = mac(mint.header(alg="HS256"), claims, secret)
        yield Bad(f"HS256 under the public key ({name})", token)
    for word in ("RS256", "ES256", "Ed448", "eddsa", "", "HS256", "dir"):
        yield Bad(
            f"alg {word!r} said of this key", mint.signed(mint.header(alg=word), claims)
        )
    yield Bad("alg missing", mint.signed(mint.header(alg=ABSENT), claims))
    yield Bad("alg is a list", mint.signed(mint.header(alg=["EdDSA"]), claims))
    yield Bad("alg is null", mint.signed(mint.header(alg=None), claims))


def headers(mint: Mint, who: OfficialId) -> Iterator[Bad]:
    claims = mint.claims(who)
    forged = Mint(mint.issuer, mint.audience, mint.now, ed25519(), "EdDSA")

    def told(name: str, off: tuple[str, ...] = (), **other: object) -> Bad:
        return Bad(name, mint.signed(mint.header(**other), claims), off)

    yield Bad(
        "a key of its own in the header",
        forged.signed(forged.header(jwk=forged.public, kid=mint.key.kid), claims),
        ("header", "signature"),
    )
    yield told("jku", ("header",), jku="https://keys.example/jwks")
    yield told("x5u", ("header",), x5u="https://keys.example/chain")
    yield told("x5c", ("header",), x5c=["MIIB"])
    yield told("crit of something unknown", ("header", "signature"), crit=["exp"])
    yield told("crit b64", ("header", "signature"), crit=["b64"], b64=False)
    yield told("b64 alone", ("header",), b64=True)
    yield told("an ID token's type", ("typ",), typ="JWT")
    yield told("no type", ("typ",), typ=ABSENT)
    yield told("a logout token's type", ("typ",), typ="logout+jwt")
    yield told("a type with a space", ("typ",), typ="at+jwt ")
    yield told("a type that is a number", typ=7)
    yield told("no kid", kid=ABSENT)
    yield told("an empty kid", kid="")
    yield told("a kid that is a number", kid=1)
    yield told("a kid that is a path", kid="../../../dev/null")
    yield told("a kid that is SQL", kid="' or 1=1 --")
    yield told("a kid that is unknown", kid="another")
    yield told("a kid without end", kid="k" * 300)


def wrong_claims(mint: Mint, who: OfficialId) -> Iterator[Bad]:
    def told(name: str, *off: str, **other: object) -> Bad:
        return Bad(name, mint.good(who, **other), off)

    yield told("another issuer", iss="https://login.example")
    yield told("the issuer with a slash", iss=f"{mint.issuer}/")
    yield told("no issuer", iss=ABSENT)
    yield told("a list of issuers", iss=[mint.issuer])
    yield told("another audience", "aud", aud="another-service")
    yield told("no audience", "aud", aud=ABSENT)
    yield told("no audience in a list", "aud", aud=[])
    yield told("a list of other audiences", "aud", aud=["a", "b"])
    yield told("an audience that is true", "aud", aud=True)
    yield told("an audience that is an object", "aud", aud={mint.audience: 1})
    yield told("a list of audiences and a number", "aud", aud=[mint.audience, 1])
    yield told("part of the audience", "aud", aud=mint.audience[:-1])
    yield told("no subject", "sub", sub=ABSENT)
    yield told("an empty subject", "sub", sub="")
    yield told("a subject that is a number", "sub", sub=1)
    yield told("a list of subjects", "sub", sub=["a"])
    yield told("a subject without end", "sub", sub="s" * 300)
    yield told("no id of its own", "jti", jti=ABSENT)
    yield told("an id that is a number", "jti", jti=5)
    yield told("no official", preferred_username=ABSENT)
    yield told("an official that is a number", preferred_username=7)
    yield told("a list of officials", preferred_username=[who])
    yield told("an official that is true", preferred_username=True)
    yield told("nobody known", preferred_username="nobody-at-all")
    yield told("the official in capitals", preferred_username=who.upper())
    yield told("a list of scopes", scope=["openid"])
    yield told("an ID token's nonce", "use", nonce="n")
    yield told("an ID token's hash", "use", at_hash="h")
    yield told("a refresh token", "use", typ="Refresh")
    yield told("an ID token by its claim", "use", typ="ID")


def wrong_times(mint: Mint, who: OfficialId) -> Iterator[Bad]:
    now = mint.now

    def told(name: str, *off: str, **other: object) -> Bad:
        return Bad(name, mint.good(who, **other), off)

    yield told("expired just beyond the skew", "exp", exp=now - 31, iat=now - 90)
    yield told("expired a day ago", "exp", exp=now - 86_400, iat=now - 86_500)
    yield told("no end", exp=ABSENT)
    yield told("an end that is null", exp=None)
    yield told("an end that is true", "exp", "lifetime", exp=True)
    yield told("an end that is a text", exp=str(now + 100))
    yield told("an end that is a list", exp=[now + 100])
    yield told("an end below zero", "exp", "lifetime", exp=-1)
    yield told("an end too far", "lifetime", exp=now + 90_000)
    yield told("an end beyond all time", exp=10**400, iat=now - 0.5)
    yield told("an end beyond all floats", exp=1e308)
    yield told("an end before the beginning", "lifetime", exp=now + 1, iat=now + 20)
    yield told("not yet", "nbf", nbf=now + 45)
    yield told("a beginning that is a text", "nbf", nbf="0")
    yield told("a beginning that is null", "nbf", nbf=None)
    yield told("a beginning that is true", "nbf", nbf=True)
    yield told("issued tomorrow", "iat", iat=now + 45)
    yield told("issued never", iat=ABSENT)
    yield told("issued true", "iat", "lifetime", iat=True)
    yield told("proved himself tomorrow", "auth_time", auth_time=now + 45)
    yield told("proved himself true", "auth_time", auth_time=True)
    yield told("proved himself by a text", auth_time="now")
    yield told("proved himself before all time", "auth_time", auth_time=-1)
    for word in ("NaN", "Infinity", "-Infinity", "1e999"):
        said = json.dumps(mint.claims(who, exp=0)).replace('"exp": 0', f'"exp": {word}')
        yield Bad(f"an end of {word}", mint.signed(mint.header(), said))


def signatures(mint: Mint, who: OfficialId) -> Iterator[Bad]:
    header, payload, signature = mint.good(who).split(".")
    other = Mint(mint.issuer, mint.audience, mint.now, ed25519(), "EdDSA")
    forged = other.signed(mint.header(), mint.claims(who))
    yield Bad("under another key", forged, ("signature",))
    flipped = "B" if signature[10] != "B" else "C"
    yield Bad(
        "a letter of the signature",
        f"{header}.{payload}.{signature[:10]}{flipped}{signature[11:]}",
        ("signature",),
    )
    yield Bad("no signature", f"{header}.{payload}.", ("signature",))
    yield Bad(
        "half a signature", f"{header}.{payload}.{signature[:40]}", ("signature",)
    )
    yield Bad(
        "a longer signature", f"{header}.{payload}.{signature}AAAA", ("signature",)
    )
    claims = part(json.dumps(mint.claims(who, jti="other")).encode())
    yield Bad("other claims", f"{header}.{claims}.{signature}", ("signature",))
    told = part(json.dumps(mint.header(cty="x")).encode())
    yield Bad("another header", f"{told}.{payload}.{signature}", ("signature",))
    yield Bad(
        "the signature of another",
        f"{header}.{payload}.{forged.split('.')[2]}",
        ("signature",),
    )


def forms(mint: Mint, who: OfficialId) -> Iterator[Bad]:
    good = mint.good(who)
    header, payload, signature = good.split(".")
    claims = json.dumps(mint.claims(who))
    yield Bad("two signatures", f"{good}.{signature}")
    yield Bad("two tokens", f"{good},{good}")
    yield Bad("two parts", f"{header}.{payload}")
    yield Bad("five parts, as if encrypted", f"{header}.AA.AA.AA.AA")
    both = [{"protected": header, "signature": signature}] * 2
    yield Bad(
        "two signatures in JSON", json.dumps({"payload": payload, "signatures": both})
    )
    yield Bad("dots alone", "..")
    yield Bad("no header", f".{payload}.{signature}")
    yield Bad("no claims", f"{header}..{signature}")
    yield Bad("cut off", good[: len(good) // 2])
    yield Bad("padded", f"{header}=.{payload}.{signature}")
    yield Bad("the other alphabet", f"{header}.{payload}.+/{signature[2:]}")
    yield Bad("no base64", f"{header}.!!!!.{signature}")
    yield Bad("not JSON", mint.signed(mint.header(), "hello"))
    yield Bad(
        "not UTF-8", mint.signed_bytes(json.dumps(mint.header()).encode(), b"\xff{}")
    )
    yield Bad("claims in a list", mint.signed(mint.header(), f"[{claims}]"))
    yield Bad("claims that are null", mint.signed(mint.header(), "null"))
    yield Bad("a header in a list", mint.signed_bytes(b'["EdDSA"]', claims.encode()))
    twice = claims[:-1] + f', "preferred_username": "{who}"}}'
    yield Bad("a claim twice", mint.signed(mint.header(), twice), ("once",))
    head = json.dumps(mint.header())
    yield Bad(
        "a header name twice",
        mint.signed_bytes(f'{head[:-1]}, "typ": "at+jwt"}}'.encode(), claims.encode()),
        ("once",),
    )
    deep = claims[:-1] + ', "deep": ' + "[" * 2_500 + "]" * 2_500 + "}"
    yield Bad("nested without end", mint.signed(mint.header(), deep))
    long = claims[:-1] + f', "long": "{"x" * 8_000}"}}'
    yield Bad("too long", mint.signed(mint.header(), long), ("size",))
    digits = claims[:-1] + f', "number": {"9" * 5_000}}}'
    yield Bad("a number too long", mint.signed(mint.header(), digits))
