"""Logs for operators: one JSON object a line, on standard error.

Standard output of `serve` belongs to its one ready line. Names and words of
requesters never reach a log: their keys are dropped, and of an error only the kind
and the place are told, because messages of the database print the rows they refuse.
"""

import logging  # noqa: TID251 - the one module that catches what libraries log
import sys
import traceback
from collections.abc import Mapping, MutableMapping
from types import TracebackType
from typing import Any

import msgspec
import psycopg
import structlog
from structlog.typing import Processor
from typing_extensions import override

PERSONAL = frozenset({
    "address", "complainant", "email", "facts", "identity", "institution", "items",
    "name", "nik", "password", "person", "phone", "requester", "subject", "text",
    "token", "visit_purpose", "visitor", "words",
})  # fmt: skip
"""Keys that would carry a person or a secret; a record that has them loses them."""

_PLAIN = (str, int, float, type(None))


def set_up(part: str) -> None:
    """Send every record of this process to standard error, marked with its part."""
    before: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        drop_personal,
        tell_place_of_error,
    ]
    structlog.configure(
        processors=[*before, structlog.processors.JSONRenderer(serializer=_json)],
        logger_factory=structlog.BytesLoggerFactory(file=sys.stderr.buffer),
        wrapper_class=structlog.make_filtering_bound_logger("info"),
        cache_logger_on_first_use=True,
    )
    structlog.contextvars.bind_contextvars(part=part)
    sys.excepthook = tell_bug
    logging.basicConfig(handlers=[_FromLibraries()], level="WARNING", force=True)


def drop_personal(
    _logger: object, _method: str, record: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Remove personal keys, however deep they stand."""
    if not PERSONAL.isdisjoint(record):
        for key in PERSONAL & record.keys():
            del record[key]
    for key, value in record.items():
        # Nearly all are plain, and asking for a Mapping is ten times as slow.
        if not isinstance(value, _PLAIN) and isinstance(value, Mapping):
            record[key] = drop_personal(None, "", dict(value))
    return record


def tell_place_of_error(
    _logger: object, _method: str, record: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Replace `exc_info` by kind, SQLSTATE and lines passed; never its message."""
    told = record.pop("exc_info", None)
    error = sys.exc_info()[1] if told is True else told
    if isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        record["error"] = type(error).__qualname__
        if isinstance(error, psycopg.Error) and error.sqlstate:
            record["sqlstate"] = error.sqlstate
        record["at"] = [
            f"{frame.filename}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(error.__traceback__)[-8:]
        ]
    return record


def tell_bug(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Log what ended the process; it was no request, so its message may be told."""
    message = None if isinstance(error, psycopg.Error) else str(error)
    structlog.get_logger().critical(
        "process_failed", exc_info=(kind, error, trace), message=message
    )


class _FromLibraries(logging.Handler):
    """What a library logs, as a record of ours: its logger's name and its level."""

    @override
    def emit(self, record: logging.LogRecord) -> None:
        # The template is fixed text of the library; its arguments may hold anything.
        structlog.get_logger().log(
            record.levelno, "library_said", library=record.name, said=str(record.msg),
            exc_info=record.exc_info,
        )  # fmt: skip


def _json(record: object, **_unused: object) -> bytes:
    return msgspec.json.encode(record, enc_hook=str)
