"""Numbers on papers, which every copy of a life has of its own.

While a life is decided a mark stands in their place, such as `@agenda1@`.
"""

import re
from typing import Final

from interfaces.demo.api import Answer

MARK: Final = re.compile(r"@(letter|agenda|report|answer)\d+@")


class FreshNumbers:
    """Puts marks where numbers of papers stand, of one life."""

    def __init__(self) -> None:
        self._count = 0

    def on_arrival(self, said: Answer) -> Answer:
        """Numbers of a letter or a report that comes in."""
        if letter := said.get("letter"):
            numbers = {
                "number": self._mark("letter"),
                "agenda_number": self._mark("agenda"),
            }
            return {**said, "letter": {**letter, **numbers}}
        if lapor := said.get("lapor"):
            report = {"tracking_id": self._mark("report")}
            return {**said, "lapor": {**lapor, **report}}
        return said

    def instead_of(self, word: str, said: Answer) -> Answer:
        """Numbers that later acts tell."""
        if word == "delivery" and said.get("letter_number"):
            return {**said, "letter_number": self._mark("answer")}
        if word == "fact-correction" and said["fact"] == "letter.agenda_number":
            return {**said, "value": self._mark("agenda")}
        return said

    def _mark(self, kind: str) -> str:
        self._count += 1
        return f"@{kind}{self._count}@"
