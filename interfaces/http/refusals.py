"""Which problem answers each error: the handlers that the framework is given."""

import re
from collections.abc import Iterable
from http import HTTPStatus
from math import ceil
from typing import Any, Final

import psycopg
import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.types import ExceptionHandlersMap

from application.desk_errors import (
    DeskError,
    InDoubtError,
    OverloadedError,
    UnknownCaseError,
    UnknownDocumentError,
)
from application.discretion import StoreRefusedError
from application.office.account_errors import AccountError, SignInPausedError
from domain.errors import RuleBrokenError, UnknownVersionError
from interfaces.http.expected import expected
from interfaces.http.problems import (
    BEARER,
    RETRY_AFTER_SECONDS,
    TEXTS,
    FieldFault,
    Problem,
    RequestFaultError,
    problem,
)
from projections.views import TABLES

_WORD: Final = re.compile(r"\w+")

log = structlog.get_logger()


def _rule_broken(
    request: Request[Any, Any, Any], refusal: RuleBrokenError
) -> Response[Problem]:
    # Elsewhere it is a version of the path that is not known.
    status = 422 if isinstance(refusal, UnknownVersionError) else None
    return problem(request, refusal.code, refusal.facts(), status=status)


def _desk(request: Request[Any, Any, Any], refusal: DeskError) -> Response[Problem]:
    status = None
    headers = {}
    errors: tuple[FieldFault, ...] = ()
    if isinstance(refusal, UnknownCaseError) and refusal.named_in_body:
        status = 422
    if isinstance(refusal, UnknownDocumentError):
        status = 422
        errors = (FieldFault(pointer="/document", code=refusal.code, detail=""),)
    if isinstance(refusal, OverloadedError | InDoubtError):
        headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return problem(
        request,
        refusal.code,
        vars(refusal),
        status=status,
        errors=errors,
        headers=headers,
    )


def _account(
    request: Request[Any, Any, Any], refusal: AccountError
) -> Response[Problem]:
    headers = {}
    if isinstance(refusal, SignInPausedError):
        headers["Retry-After"] = str(ceil(refusal.wait.total_seconds()))
    if TEXTS[refusal.code].status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = BEARER
    return problem(request, refusal.code, vars(refusal), headers=headers)


def _database_away(
    request: Request[Any, Any, Any], fault: psycopg.Error
) -> Response[Problem]:
    log.warning("database_away", exc_info=fault)
    return _desk(request, OverloadedError())


def _took_too_long(
    request: Request[Any, Any, Any], fault: psycopg.errors.QueryCanceled
) -> Response[Problem]:
    log.warning("read_given_up", exc_info=fault)
    return _desk(request, OverloadedError())


def _view_missing(
    request: Request[Any, Any, Any], fault: psycopg.errors.UndefinedTable
) -> Response[Problem]:
    # Until the projector has made the views of this release, a moment after its start.
    # PostgreSQL names the table within its sentence, whose language is the server's.
    if TABLES.isdisjoint(_WORD.findall(fault.diag.message_primary or "")):
        return _bug(request, fault)
    log.warning("view_missing", exc_info=fault)
    return _desk(request, OverloadedError())


def _request_fault(
    request: Request[Any, Any, Any], fault: RequestFaultError
) -> Response[Problem]:
    headers = fault.headers
    if fault.code == "unauthenticated":
        headers = {"WWW-Authenticate": BEARER, **headers}
    return problem(
        request,
        fault.code,
        fault.facts,
        status=fault.status,
        errors=fault.errors,
        headers=headers,
    )


_CODES: Final = {
    400: "invalid-query",
    404: "not-found",
    405: "method-not-allowed",
    413: "body-too-large",
}


def _http(request: Request[Any, Any, Any], raised: HTTPException) -> Response[Problem]:
    code = _CODES.get(raised.status_code)
    if code is None:
        return _bug(request, raised)
    return problem(
        request, code, errors=_places(request, raised, code), headers=raised.headers
    )


def _places(
    request: Request[Any, Any, Any], raised: HTTPException, code: str
) -> Iterable[FieldFault]:
    """The parameters that the framework could not take; no words quote a value."""
    for told in raised.extra if isinstance(raised.extra, list) else ():
        if isinstance(told, dict) and isinstance(told.get("key"), str):
            signature = request.route_handler.parsed_fn_signature
            field = signature.parameters.get(told["key"])
            # Python keeps words such as `from` for itself.
            said = getattr(field and field.kwarg_definition, "name", None)
            yield FieldFault(
                pointer=f"/{said or told['key']}",
                code=code,
                detail="" if field is None else expected(field),
            )


def _bug(request: Request[Any, Any, Any], raised: Exception) -> Response[Problem]:
    # Why PostgreSQL refused something names no value: it may stand in the log.
    refused = raised if isinstance(raised, StoreRefusedError) else None
    why = (
        {"sqlstate": refused.sqlstate, "constraint": refused.constraint}
        if refused
        else {}
    )
    log.error("request_failed", exc_info=raised, **why)
    return problem(request, "internal-error")


HANDLERS: Final[ExceptionHandlersMap] = {
    RuleBrokenError: _rule_broken,
    DeskError: _desk,
    AccountError: _account,
    RequestFaultError: _request_fault,
    HTTPException: _http,
    psycopg.OperationalError: _database_away,
    psycopg.errors.QueryCanceled: _took_too_long,
    psycopg.InterfaceError: _database_away,
    psycopg.errors.UndefinedTable: _view_missing,
    Exception: _bug,
}
