"""Where a list was left off, as clients carry it to the next page."""

import base64
import binascii
from typing import Final, Self

import msgspec

BEGINNING: Final = 2**63 - 1
"""Behind every position."""
_CURSOR_BYTES: Final = 8


class BadCursorError(Exception):
    """That is no place where a list was left off."""


class Cursor(msgspec.Struct, frozen=True):
    """Where a list was left off.

    It says a position and nothing else: who may see what, and which filters hold, is
    asked anew with every page.
    """

    position: int

    @classmethod
    def read(cls, text: str) -> Self:
        """Take what `written` gave; raises BadCursorError for anything else."""
        try:
            raw = base64.b64decode(text.encode(), altchars=b"-_", validate=True)
        except (binascii.Error, UnicodeEncodeError):
            raise BadCursorError from None
        cursor = cls(int.from_bytes(raw))
        if len(raw) != _CURSOR_BYTES or not 0 < cursor.position < BEGINNING:
            raise BadCursorError
        return cursor

    def written(self) -> str:
        """The cursor as clients carry it; its length needs no padding dropped."""
        return base64.urlsafe_b64encode(self.position.to_bytes(_CURSOR_BYTES)).decode()
