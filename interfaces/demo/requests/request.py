"""An invented request with its outcome: how it is played, and what has to come of it.

Texts, times and outcomes are those of the project's sixteen test requests; what is
expected was worked out by hand, with the calendar of 2026, and is never computed here.
"""

from collections.abc import Callable, Mapping
from typing import TypeAlias

import msgspec

from interfaces.demo.api import Api

Seen: TypeAlias = dict[str, str]
"""What came of a request, fact by fact, in words."""


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """One of the test requests, under the number that it has there."""

    number: int
    where: str
    text: str
    play: Callable[[Api, str], Seen]
    """Records every step through the API, given the text."""
    expected: Mapping[str, str]
