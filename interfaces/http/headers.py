"""What a command says outside its body: id in the path, If-Match, Idempotency-Key."""

import hashlib
import re
from typing import Any, Final
from uuid import UUID

from litestar import Request

from application.errands import Idempotency
from domain.values import OfficialId
from interfaces.http.problems import RequestFaultError

_UUID: Final = re.compile(
    "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"
)
_ETAG: Final = re.compile(r'"([1-9][0-9]{0,17})"')
_KEY: Final = re.compile(r"[\x20-\x7e]{1,200}")
UNREADABLE: Final = -1
"""A version that no case has, so that an unreadable If-Match is never the right one."""


def must_be_id(said: str) -> None:
    """What stands in a path where an id belongs is one, in its usual form."""
    if not _UUID.fullmatch(said):
        raise RequestFaultError("malformed-path")


def path_id(said: str) -> UUID:
    """An id in a path."""
    must_be_id(said)
    return UUID(said)


def expected_version(request: Request[Any, Any, Any]) -> int:
    """The version in If-Match; 428 where there is none, `UNREADABLE` for any other."""
    said = request.headers.getall("if-match", [])
    if not said:
        raise RequestFaultError("version-required")
    read = _ETAG.fullmatch(said[0]) if len(said) == 1 else None
    return int(read[1]) if read else UNREADABLE


async def idempotency(
    request: Request[Any, Any, Any], official: OfficialId
) -> Idempotency | None:
    """The key under which this very request is answered once, if it bears one."""
    said = request.headers.getall("idempotency-key", [])
    if not said:
        return None
    key = said[0]
    if len(said) > 1 or not _KEY.fullmatch(key):
        raise RequestFaultError(
            "invalid-body",
            pointer="",
            detail="Idempotency-Key: 1 to 200 printable ASCII characters",
        )
    return Idempotency(
        official=official,
        method=request.method,
        path=request.scope["path"],
        key=key,
        body_sha256=hashlib.sha256(await request.body()).digest(),
    )
