"""What each figure counts, in both languages: data that stands beside the figures."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from application.office import legal_book, strict_toml


class Definition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One figure, or several that a word behind a colon tells apart."""

    figure: str
    unit: str
    """What is counted."""
    indonesian: str
    english: str
    measures: str | None = None
    """What its median, ninth decile and greatest are of, where it has any."""
    mengukur: str | None = None
    """The same in Indonesian."""
    words: tuple[str, ...] | None = None
    """By which it is split; None where only words that occur are shown."""


class Definitions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of them, under the version that reports name."""

    version: str
    figure: tuple[Definition, ...]

    def always(self) -> Iterator[str]:
        """The figures that are shown even if they count nothing, in their order."""
        for one in self.figure:
            if one.words is not None:
                yield from (f"{one.figure}:{word}" for word in one.words)
            elif one.figure not in SPLIT:
                yield one.figure

    def of(self, figure: str) -> Definition | None:
        """What defines a figure; None if nothing does."""
        name, colon, word = figure.partition(":")
        found = next((one for one in self.figure if one.figure == name), None)
        if found is None or bool(colon) != (found.words is not None or name in SPLIT):
            return None
        words = SPLIT.get(name) if found.words is None else found.words
        return found if words is None or word in words else None


SPLIT: Final = {"refusal_ground": legal_book.load()}
"""Split by words of a catalogue, of which those that occur are shown."""

DEFINITIONS: Final = strict_toml.read(
    Path(__file__).with_name("definitions.toml"), Definitions
)
