"""What a client is told when something is refused: a problem (RFC 9457).

Which error becomes which status stands in `refusals.py`. Codes are the contract with
clients; their texts, Indonesian and English, stand in problems.toml. Nothing that a
requester said ever stands in a problem.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import msgspec
from litestar import Request, Response
from msgspec.structs import replace

from application.office import strict_toml
from interfaces.http import problem_facts

MEDIA_TYPE: Final = "application/problem+json"
BEARER: Final = 'Bearer realm="disposisi"'
RETRY_AFTER_SECONDS: Final = 2


class ProblemText(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True
):
    """What people read of a code; braces are filled from the refusal's facts."""

    status: int
    title: str
    title_id: str
    detail: str
    detail_id: str


TEXTS: Final = strict_toml.read(
    Path(__file__).with_name("problems.toml"), dict[str, ProblemText]
)


class FieldFault(msgspec.Struct, frozen=True):
    """One place of a request that is wrong; `pointer` is an RFC 6901 JSON pointer."""

    pointer: str
    code: str
    detail: str


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """A refusal as the client gets it."""

    type: str
    title: str
    detail: str
    title_id: str
    detail_id: str
    status: int
    code: str
    request_id: str
    errors: tuple[FieldFault, ...] = ()


class RequestFaultError(Exception):
    """The request itself can't be understood or accepted; nothing was looked at."""

    def __init__(
        self,
        code: str,
        *,
        pointer: str | None = None,
        detail: str = "",
        in_body: bool = False,
        headers: Mapping[str, str] | None = None,
        **facts: object,
    ) -> None:
        self.code = code
        self.status = 422 if in_body else None
        self.headers = dict(headers or {})
        self.facts = facts
        self.errors: tuple[FieldFault, ...] = (
            ()
            if pointer is None
            else (FieldFault(pointer=pointer, code=code, detail=detail),)
        )


def problem(
    request: Request[Any, Any, Any],
    code: str,
    facts: Mapping[str, object] | None = None,
    *,
    status: int | None = None,
    errors: Iterable[FieldFault] = (),
    headers: Mapping[str, str] | None = None,
) -> Response[Problem]:
    """The answer for a code."""
    text = TEXTS[code]
    detail = text.detail.format_map(problem_facts.facts(request, facts, "en"))
    body = Problem(
        type=f"/problems/{code}",
        title=text.title,
        detail=detail,
        title_id=text.title_id,
        detail_id=text.detail_id.format_map(problem_facts.facts(request, facts, "id")),
        status=status or text.status,
        code=code,
        request_id=str(request.scope.get("request_id", "")),
        # Where no more is known of the place, the refusal says what is wrong there.
        errors=tuple(
            one if one.detail else replace(one, detail=detail) for one in errors
        ),
    )
    return Response(
        content=msgspec.json.encode(body),  # type: ignore[arg-type]  # sent as encoded
        status_code=body.status,
        media_type=MEDIA_TYPE,
        headers=dict(headers or {}),
    )
