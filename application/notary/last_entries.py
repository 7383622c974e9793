"""The last entry of every stream that came lately, with a bounded memory."""

from collections.abc import Mapping
from typing import Final

from application.notary.entering import Head

KEPT: Final = 65_536
"""Streams that are remembered; a page's more than twice as many at most."""


class LastEntries:
    """What the next entry of a stream is chained to, and what its head has to be."""

    def __init__(self) -> None:
        self.young: dict[bytes, Head] = {}
        """Whoever walks through the log writes here what came last."""
        self._old: dict[bytes, Head] = {}

    def recall(self, stream: bytes) -> Head | None:
        """Tell the last entry of a stream that did not come for a while.

        Write the next one to `young`: it is told only once.
        """
        return self._old.pop(stream, None)

    def forgotten(self) -> Mapping[bytes, Head]:
        """Give up those that did not come for long, once there are too many."""
        if len(self.young) < KEPT:
            return {}
        forgotten, self._old, self.young = self._old, self.young, {}
        return forgotten

    def rest(self) -> Mapping[bytes, Head]:
        """All that is remembered."""
        return self._old | self.young
