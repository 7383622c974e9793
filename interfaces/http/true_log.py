"""Refuses to tell of a log that is not what was signed, and calls the operators."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import structlog

from application.notary.told_log import UntrueLogError, told_truly
from interfaces.http.problems import RequestFaultError

_CODE: Final = "log-untrue"

log = structlog.get_logger(__name__)


@contextmanager
def true_log() -> Iterator[None]:
    """Answer 503 where the log in the database was changed; `verify` says what."""
    try:
        with told_truly():
            yield
    except UntrueLogError as fault:
        log.critical("log_untrue", reason=fault.reason)
        raise RequestFaultError(_CODE) from fault
