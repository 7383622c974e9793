"""`demo --check`: what came of each request beside what has to come of it."""

from collections.abc import Iterable, Iterator

import msgspec

from interfaces.demo.api import Api, RefusedError
from interfaces.demo.requests.request import Request, Seen

NOTHING = "-"


class Finding(msgspec.Struct, frozen=True):
    """One fact of a request: expected, and seen."""

    what: str
    expected: str
    seen: str
    holds: bool


class Result(msgspec.Struct, frozen=True):
    """All facts of a request."""

    number: int
    where: str
    text: str
    findings: tuple[Finding, ...]
    trouble: str | None
    """The refusal that ended it early."""

    @property
    def holds(self) -> bool:
        """Whether everything came out as expected."""
        return self.trouble is None and all(each.holds for each in self.findings)


class Report(msgspec.Struct, frozen=True):
    """What `--json` prints."""

    name: str
    held: int
    of: int
    requests: tuple[Result, ...]


def check(api: Api, requests: Iterable[Request]) -> Iterator[Result]:
    """Play each request, and answer its result as soon as it is there."""
    for request in requests:
        seen: Seen = {}
        trouble = None
        try:
            seen = request.play(api, request.text)
        except RefusedError as refusal:
            trouble = str(refusal)
        yield Result(
            number=request.number,
            where=request.where,
            text=request.text,
            findings=tuple(_compare(request, seen)),
            trouble=trouble,
        )


def report(results: Iterable[Result]) -> Report:
    """Sum the results up."""
    all_of_them = tuple(results)
    held = sum(each.holds for each in all_of_them)
    return Report(name="demo", held=held, of=len(all_of_them), requests=all_of_them)


def _compare(request: Request, seen: Seen) -> Iterator[Finding]:
    # What was seen without being expected is a fault of the scenario, and shows.
    for what in dict.fromkeys((*request.expected, *seen)):
        expected = request.expected.get(what, NOTHING)
        found = seen.get(what, NOTHING)
        yield Finding(what, expected, found, expected == found)
