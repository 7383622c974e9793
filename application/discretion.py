"""Keeps values of rows out of errors: psycopg's texts quote what was written."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg


class StoreRefusedError(Exception):
    """PostgreSQL refused a statement; says where and why, never with which values."""

    def __init__(self, sqlstate: str | None, constraint: str | None) -> None:
        super().__init__(f"refused with SQLSTATE {sqlstate}, constraint {constraint}")
        self.sqlstate = sqlstate
        self.constraint = constraint


@contextmanager
def discreet() -> Iterator[None]:
    """Raise `StoreRefusedError` for an error that may quote a row.

    A lost connection passes as it is: its text holds no values, and callers tell it
    from a refusal. Statements queued in a pipeline fail where the pipeline is synced:
    that place needs this too.
    """
    try:
        yield
    except (psycopg.OperationalError, psycopg.InterfaceError):
        raise
    except psycopg.Error as error:
        raise StoreRefusedError(error.sqlstate, error.diag.constraint_name) from None
