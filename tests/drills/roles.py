"""`drill roles`: thousands of generated requests under every role's token.

Half of each role's requests name matters of its own agency, half the other agency's.
Whatever is answered is searched for what belongs to the other one. The control gives
the same requests a membership in both: the search has to notice it.
"""

import argparse
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import structlog
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from domain.values import AgencyCode, Channel, ComplaintKind, OfficialId, Role
from tests import house
from tests.authority import matters
from tests.authority.matters import Matters
from tests.authority.staffing import PLACES, official
from tests.drills.schema import CONFIGURATION
from tests.interfaces.http.conftest import projecting_for
from tests.load.figures import Figure, Report, answer, machine, say
from tests.open_counter import OpenCounter, open_counter
from tests.staff import BIRO, BPPD, Place

REQUESTS = 20_000
SHORT = ("--requests", "100", "--examples", "1", "--of", "agency_head")
_AT_ONCE = '"query.after_position" = 0\n'
"""No answer waits for a position that no view has reached."""
_GENERATED = re.compile(r"(\d+) generated")
_FAILED = re.compile(r"(\d+) unique failures?")


class Watch:
    """Reads every answer on its way out: broken ones, and what leaks in them."""

    def __init__(self) -> None:
        self.bearer = b""
        """Whose answers are read."""
        self.numbers: frozenset[bytes] = frozenset()
        """Ids, numbers and words of the other agency."""
        self.requests = 0
        self.broken = 0
        """Answers of 500 and above, 503 aside."""
        self.leaks = 0

    def dress(self, app: ASGIApp, _: Mapping[OfficialId, str]) -> ASGIApp:
        """Put itself around the application."""

        async def watched(scope: Scope, receive: Receive, send: Send) -> None:
            if self.bearer not in dict(scope["headers"]).get(b"authorization", b""):
                await app(scope, receive, send)
                return
            self.requests += 1
            said = bytes(scope["raw_path"]) + bytes(scope["query_string"])

            async def heard(message: Message) -> None:
                self._read(message, said)
                await send(message)

            await app(scope, receive, heard)

        return watched

    def _read(self, message: Message, said: bytes) -> None:
        if message["type"] == "http.response.start":
            self.broken += message["status"] >= 500 and message["status"] != 503
        elif message["type"] == "http.response.body":
            told = message["body"]
            # What stands in the request's own path the caller knew.
            self.leaks += any(one in told and one not in said for one in self.numbers)


def main(arguments: Sequence[str]) -> int:
    """Run the drill; exit 1 when an answer was broken, wrong or leaked."""
    parser = argparse.ArgumentParser(prog="disposisi drill roles")
    parser.add_argument("--requests", type=int, default=REQUESTS)
    parser.add_argument("--examples", type=int, default=10, help="for an operation")
    parser.add_argument("--of", action="append", type=Role, help="a role; all without")
    parser.add_argument("--json", action="store_true")
    told = parser.parse_args(arguments)
    roles = tuple(told.of or Role)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger("error"))
    watch, control = Watch(), Watch()
    failures = 0
    with house.server() as server, house.template(server) as template:
        with opened(server, template, watch) as (counter, of):
            while watch.requests < told.requests and not failures:
                for role in roles:
                    for agency in (BPPD, BIRO):
                        who = official(role, BPPD)
                        watch.bearer = counter.token(who).encode()
                        failures += called(counter, who, of[agency], told.examples)
                    say(f"{role}: {watch.requests} requests, {watch.leaks} leaks")
        both = Place(official(Role.AGENCY_HEAD, BPPD), BIRO, (Role.AGENCY_HEAD,))
        with opened(server, template, control, both) as (counter, of):
            control.bearer = counter.token(both.id).encode()
            called(counter, both.id, of[BIRO], 1)
    figures = (
        Figure("roles", len(roles), "roles", f"= {len(roles)}", holds=True),
        Figure("requests", watch.requests, "requests", f">= {told.requests}",
               watch.requests >= told.requests),
        Figure("broken", watch.broken, "answers", "= 0", not watch.broken),
        Figure("violations", failures, "findings", "= 0", not failures),
        Figure("leaks", watch.leaks, "answers", "= 0", not watch.leaks),
        Figure("control_leaks", control.leaks, "answers", "> 0", control.leaks > 0),
    )  # fmt: skip
    return answer(Report("roles", machine(), figures), as_json=told.json)


@contextmanager
def opened(
    server: str, template: str, watch: Watch, *more: Place
) -> Iterator[tuple[OpenCounter, dict[AgencyCode, Matters]]]:
    """A counter under watch, with matters of both agencies."""
    with (
        house.fresh(server, of=template) as database_url,
        tempfile.TemporaryDirectory() as data,
        open_counter(
            database_url, Path(data), (*PLACES, *more), dress=watch.dress
        ) as counter,
        projecting_for(counter),
    ):
        watch.bearer = b"nobody's yet"
        of = matters.of_all(counter)
        watch.numbers = frozenset(one.encode() for one in of[BIRO].numbers)
        yield counter, of


def called(counter: OpenCounter, who: OfficialId, about: Matters, examples: int) -> int:
    """Let schemathesis call as the official, naming these matters; its findings."""
    with tempfile.TemporaryDirectory() as folder:
        configuration = Path(folder) / "schemathesis.toml"
        ids = "".join(f'"path.{name}" = "{one}"\n' for name, one in _named(about))
        written = f"{CONFIGURATION.read_text()}\n[parameters]\n{ids}{_AT_ONCE}"
        configuration.write_text(written)
        done = subprocess.run(
            [
                *(sys.executable, "-m", "schemathesis.cli"),
                *("--config-file", str(configuration), "--no-color"),
                *("run", f"{counter.url}/schema/openapi.json"),
                *("--header", f"Authorization: Bearer {counter.token(who)}"),
                *("--max-examples", str(examples), "--continue-on-failure"),
                *("--no-shrink", "--phases=fuzzing"),
            ],
            check=False,
            capture_output=True,
            text=True,
            cwd=folder,
        )
    failed = _FAILED.search(done.stdout)
    if _GENERATED.search(done.stdout) is None or done.returncode not in {0, 1}:
        say(done.stdout + done.stderr)
        return 1
    if failed:
        say(done.stdout)
    return int(failed[1]) if failed else 0


def _named(of: Matters) -> Iterator[tuple[str, str]]:
    """The ids that paths are given, by the names that they have there."""
    yield "case", of.cases[Channel.LETTER]
    yield "complaint", of.complaints[ComplaintKind.ORDINARY]
    yield "objection", of.objection
    yield "visit", of.visit
    yield "sha256", of.document
    yield "person", of.person
    yield "data_request", of.data_request
    yield "breach", of.breach
    yield "id", of.ordinary
    yield "agency", of.agency


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
