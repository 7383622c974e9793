"""The office's data files, read as the service reads them, with faults told."""

from collections.abc import Iterator
from contextlib import contextmanager

from application.keys import KeyFileError
from application.office import (
    authority,
    calendars,
    data_law_book,
    jobs,
    legal_book,
    regions_book,
    standards_book,
)
from application.office.strict_toml import DataFileError
from interfaces import key_files_told
from interfaces.trouble import OperatorError


def must_be_right() -> None:
    """Read all of them; OperatorError names file, line and field of the first fault."""
    with faults_told():
        standards_book.load()
        calendars.load()
        legal_book.load()
        data_law_book.load()
        regions_book.load()
        authority.load()
        jobs.load()


@contextmanager
def faults_told() -> Iterator[None]:
    """Turn a fault in a file that an operator looks after into a line for him."""
    try:
        yield
    except DataFileError as fault:
        raise OperatorError(
            indonesian=f"Berkas data keliru: {fault}",
            english=f"A data file is wrong: {fault}",
            code=1,
        ) from fault
    except KeyFileError as fault:
        raise key_files_told.trouble(fault) from fault
