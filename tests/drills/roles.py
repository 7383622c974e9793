"""`drill roles`: thousands of generated requests under every role's token.

Each request is drawn once and sent by an official of every role, first about a matter
of his own agency and then about the other agency's. Whatever is answered is held to the
schema, and searched for what belongs to the other one. The controls send the same
requests for somebody who serves both agencies, and for nobody with the token guard off:
the search has to notice either.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import requests
import structlog
from litestar.types import ASGIApp, Receive, Scope, Send

from domain.values import OfficialId, Role
from tests import house
from tests.authority import matters
from tests.authority.matters import Matters
from tests.authority.staffing import HEAD, PLACES, official
from tests.drills import drawn
from tests.drills.drawn import Drawn
from tests.interfaces.http.conftest import projecting_for
from tests.load.figures import Figure, Report, answer, machine, say
from tests.open_counter import OpenCounter, open_counter
from tests.staff import BIRO, BPPD

REQUESTS = 20_000
SHORT = (
    *("--requests", "150", "--examples", "1", "--in-order"),
    *("--of", "agency_head"),
)
_TOKEN = "Authorization"


class Guard:
    """The application's door, which lets everybody in as the other agency's head."""

    def __init__(self) -> None:
        self.is_off = False

    def dress(self, app: ASGIApp, issued: Mapping[OfficialId, str]) -> ASGIApp:
        """Put itself around the application."""
        head = official(Role.AGENCY_HEAD, BIRO)
        pair = (_TOKEN.lower().encode(), f"Bearer {issued[head]}".encode())

        async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
            if self.is_off:
                rest = [each for each in scope["headers"] if each[0] != pair[0]]
                scope["headers"] = [*rest, pair]
            await app(scope, receive, send)

        return guarded


class Callers:
    """Sends what was drawn under tokens, and reads every answer."""

    def __init__(self, counter: OpenCounter, numbers: set[str]) -> None:
        self._counter = counter
        self._session = requests.Session()
        self._numbers = frozenset(number.encode() for number in numbers)
        """Ids, numbers and words of the other agency."""
        self.requests = 0
        self.broken = 0
        """Answers of 500 and above, 503 aside."""
        self.leaks = 0
        self.violations: set[str] = set()

    def send(
        self, one: Drawn, who: OfficialId | None = None
    ) -> tuple[requests.Response, bool]:
        """Send it for an official, or for nobody: the answer, and whether it leaked."""
        token = {} if who is None else {_TOKEN: f"Bearer {self._counter.token(who)}"}
        answered = one.send(self._session, self._counter.url, token)
        said = f"{answered.request.url} {answered.request.body!r}".encode()
        told = answered.content + "\n".join(answered.headers.values()).encode()
        # What stands in the request itself the caller knew.
        leaked = any(each in told and each not in said for each in self._numbers)
        return answered, leaked

    def read(self, one: Drawn, who: OfficialId) -> None:
        """Send it for an official, and hold the answer to all that is promised."""
        answered, leaked = self.send(one, who)
        self.requests += 1
        status = answered.status_code
        self.broken += status >= 500 and status != 503
        self.leaks += leaked
        if leaked:
            say(f"{who} is told of the other agency by {one.name}")
        for violation in one.violations(answered) - self.violations:
            self.violations.add(violation)
            say(f"{who}: {violation}")


def main(arguments: Sequence[str]) -> int:
    """Run the drill; exit 1 when an answer was broken, wrong or leaked."""
    parser = argparse.ArgumentParser(prog="disposisi drill roles")
    parser.add_argument("--requests", type=int, default=REQUESTS)
    parser.add_argument("--examples", type=int, default=4, help="for an operation")
    parser.add_argument("--of", action="append", type=Role, help="a role; all without")
    parser.add_argument("--seed", type=int, default=0, help="of what is drawn")
    parser.add_argument("--in-order", action="store_true", help="nothing malformed")
    parser.add_argument("--json", action="store_true")
    told = parser.parse_args(arguments)
    roles = tuple(told.of or Role)
    modes = drawn.BOTH[:1] if told.in_order else drawn.BOTH
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger("error"))
    guard = Guard()
    both = unguarded = 0
    with opened(guard) as (counter, of, others):
        callers = Callers(counter, others.numbers)
        seed = told.seed
        while callers.requests < told.requests and not callers.violations:
            for one in drawn.requests(counter.url, told.examples, seed, modes):
                own, other = one.about(of), one.about(others)
                for each in (other,) if own.is_as(other) else (own, other):
                    for role in roles:
                        callers.read(each, official(role, BPPD))
                if other.reads and seed == told.seed:
                    both += callers.send(other, HEAD)[1]
                    guard.is_off = True
                    unguarded += callers.send(other)[1]
                    guard.is_off = False
            seed += 1
            say(f"{callers.requests} requests, {callers.leaks} leaks")
    figures = (
        Figure("roles", len(roles), "roles", f"= {len(roles)}", holds=True),
        Figure("requests", callers.requests, "requests", f">= {told.requests}",
               callers.requests >= told.requests),
        Figure("broken", callers.broken, "answers", "= 0", not callers.broken),
        Figure("violations", len(callers.violations), "findings", "= 0",
               not callers.violations),
        Figure("leaks", callers.leaks, "answers", "= 0", not callers.leaks),
        Figure("control_both_agencies", both, "leaks", "> 0", both > 0),
        Figure("control_no_guard", unguarded, "leaks", "> 0", unguarded > 0),
    )  # fmt: skip
    return answer(Report("roles", machine(), figures), as_json=told.json)


@contextmanager
def opened(guard: Guard) -> Iterator[tuple[OpenCounter, Matters, Matters]]:
    """A counter behind this guard, with matters of the callers' agency and another."""
    with (
        house.server() as server,
        house.template(server) as template,
        house.fresh(server, of=template) as database_url,
        tempfile.TemporaryDirectory() as data,
        open_counter(database_url, Path(data), PLACES, dress=guard.dress) as counter,
        projecting_for(counter),
    ):
        of = matters.of_all(counter)
        yield counter, of[BPPD], of[BIRO]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
