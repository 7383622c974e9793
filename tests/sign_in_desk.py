"""Where the tests' provider signs people in and gives tokens for its codes.

It keeps the rules of OAuth and OpenID Connect itself, unless it is told to be `lax`;
what stands in its ID tokens the test may have otherwise.
"""

import base64
import hashlib
import secrets
import time
from typing import Final
from urllib.parse import parse_qs, unquote_plus, urlencode

from joserfc.jwk import JWKRegistry

from tests.mint import ABSENT, Json, Mint, part

CLIENT: Final = "disposisi web"
SECRET: Final = "rahasia: 100% + aman/2"
"""Both with signs that a header has to have encoded."""

DESK: Final[Json] = {
    "official": "bo-kepala",
    "ago": 60,
    "obeys": True,
    "denies": False,
    "lax": False,
    "answer_iss": "own",
    "claims": {},
    "header": {},
    "beside": {},
    "tampered": False,
    "desk": "well",
}
"""How it usually is; `ago` is how many seconds ago somebody signed in."""


class SignInDesk:
    """Codes that were given, and what for."""

    def __init__(self) -> None:
        self._given: dict[str, dict[str, str]] = {}

    def authorize(self, told: Json, address: str, query: str) -> str:
        """Let somebody in at once; answers where his browser is sent."""
        said = _first(query)
        must = {"response_type": "code", "code_challenge_method": "S256"}
        assert must.items() <= said.items(), said
        assert said["client_id"] == CLIENT
        assert "openid" in said["scope"].split()
        answer = {"state": said["state"], "session_state": "1f.2e"}
        if told["denies"]:
            answer |= {"error": "access_denied", "error_description": "<b>tidak</b>"}
        else:
            answer["code"] = secrets.token_urlsafe(16)
            self._given[answer["code"]] = said
        if told["answer_iss"] == "own":
            answer["iss"] = address
        elif told["answer_iss"]:
            answer["iss"] = told["answer_iss"]
        return f"{said['redirect_uri']}?{urlencode(answer)}"

    def token(
        self, told: Json, address: str, form: str, authorization: str
    ) -> tuple[int, Json]:
        """Give tokens for a code, once, to the client and the browser it was for."""
        said = _first(form)
        scheme, _, pair = authorization.partition(" ")
        ours = base64.b64decode(pair).decode().split(":")
        if scheme != "Basic" or [unquote_plus(one) for one in ours] != [CLIENT, SECRET]:
            return 401, {"error": "invalid_client"}
        lax = told["lax"]
        find = self._given.get if lax else lambda code: self._given.pop(code, None)
        asked = find(said["code"])
        if asked is None or said["redirect_uri"] != asked["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        shown = part(hashlib.sha256(said["code_verifier"].encode()).digest())
        if shown != asked["code_challenge"] and not lax:
            return 400, {"error": "invalid_grant"}
        access = "opaque-" + secrets.token_urlsafe(8)
        answer: Json = {"access_token": access, "token_type": "Bearer"}
        answer["id_token"] = _id_token(told, address, asked, access)
        return 200, answer | told["beside"]


def _id_token(told: Json, address: str, asked: Json, access: str) -> str:
    now = int(time.time())
    key = JWKRegistry.import_key(told["signing"])
    mint = Mint(address, CLIENT, now, key, "EdDSA")
    is_asked_anew = asked.get("prompt") == "login" and told["obeys"]
    digest = hashlib.sha512(access.encode()).digest()
    usual = {
        "jti": None,
        "scope": None,
        "nonce": asked["nonce"],
        "at_hash": part(digest[:32]),
        "auth_time": now if is_asked_anew else now - told["ago"],
    }
    claims = _absent(usual | told["claims"])
    header = mint.header(**_absent({"typ": "JWT"} | told["header"]))
    token = mint.signed(header, mint.claims(told["official"], **claims))
    if told["tampered"]:
        first, _, last = token.split(".")
        other = mint.signed(header, mint.claims("bo-admin", **claims))
        token = ".".join((first, other.split(".")[1], last))
    return token


def _absent(said: Json) -> Json:
    return {name: ABSENT if each is None else each for name, each in said.items()}


def _first(said: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(said).items()}
