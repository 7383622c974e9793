"""`drill schema`: thousands of generated requests find the API as its OpenAPI says.

The control lets everybody past the door: the same run has to notice it.
"""

import argparse
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import structlog
from litestar.types import ASGIApp, Receive, Scope, Send

from domain.values import OfficialId, Role
from tests import house, staff
from tests.load.figures import Figure, Report, answer, machine, say
from tests.open_counter import Dress, open_counter

REQUESTS = 5_000
SHORT = ("--requests", "150", "--examples", "1", "--phases", "fuzzing")
"""Without the thousands that go through every bound of every field in turn."""

ANYBODY: OfficialId = "serba-bisa"
"""An official with every role, so that no request fails for want of one."""
PLACES = tuple(staff.Place(ANYBODY, agency, tuple(Role)) for agency in staff.AGENCIES)
READING = ("--phases=fuzzing", "--include-method=GET")
"""All that the control asks: whatever reads is refused to a stranger."""
CONFIGURATION = Path(__file__).with_suffix(".toml")
_GENERATED = re.compile(r"(\d+) generated")
_FAILED = re.compile(r"(\d+) unique failures?")
_OPEN_TO_ALL = re.compile(r"ST401 [^:]*: (\d+)")
"""Addresses that answered somebody without a token, or with a bad one."""


def main(arguments: Sequence[str]) -> int:
    """Run the drill; exit 1 when a request failed or the control passed."""
    parser = argparse.ArgumentParser(prog="disposisi drill schema")
    parser.add_argument("--requests", type=int, default=REQUESTS)
    parser.add_argument("--examples", type=int, default=25, help="for an operation")
    parser.add_argument("--phases", default="examples,coverage,fuzzing,stateful")
    parser.add_argument("--json", action="store_true")
    told = parser.parse_args(arguments)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger("error"))
    with house.server() as server, house.template(server) as template:
        requests = failures = 0
        while requests < told.requests and not failures:
            phases = f"--phases={told.phases}"
            made, failures = run(server, template, told.examples, None, phases)
            requests += made
        _, noticed = run(server, template, 1, unguarded, *READING)
    figures = (
        Figure("requests", requests, "requests", f">= {told.requests}",
               requests >= told.requests),
        Figure("failures", failures, "findings", "= 0", not failures),
        Figure("control_failures", noticed, "findings", "> 0", noticed > 0),
    )  # fmt: skip
    report = Report("schema", machine(), figures)
    return answer(report, as_json=told.json)


def run(
    server: str,
    template: str,
    examples: int,
    dress: Dress | None = None,
    *options: str,
) -> tuple[int, int]:
    """Let schemathesis call a counter of its own; how many requests and failures."""
    with (
        house.fresh(server, of=template) as database_url,
        tempfile.TemporaryDirectory() as data,
        open_counter(database_url, Path(data), PLACES, dress=dress) as counter,
    ):
        done = subprocess.run(
            [
                *(sys.executable, "-m", "schemathesis.cli"),
                *("--config-file", str(CONFIGURATION), "--no-color"),
                *("run", f"{counter.url}/schema/openapi.json"),
                *("--header", f"Authorization: Bearer {counter.token(ANYBODY)}"),
                *("--max-examples", str(examples), "--continue-on-failure"),
                *("--no-shrink", *options),
            ],
            check=False,
            capture_output=True,
            text=True,
            cwd=data,
        )
    failed = (_OPEN_TO_ALL if dress else _FAILED).search(done.stdout)
    generated = _GENERATED.search(done.stdout)
    requests = int(generated[1]) if generated else 0
    failures = int(failed[1]) if failed else int(done.returncode != 0 and not dress)
    say(f"{requests} requests, {failures} failures")
    if failures and dress is None:
        say(done.stdout)
    return requests, failures


def unguarded(app: ASGIApp, issued: Mapping[OfficialId, str]) -> ASGIApp:
    """The application without its token guard: whoever comes is the official."""
    always = (b"authorization", f"Bearer {issued[ANYBODY]}".encode())

    async def anybody(scope: Scope, receive: Receive, send: Send) -> None:
        others = [pair for pair in scope["headers"] if pair[0] != always[0]]
        scope["headers"] = [*others, always]
        await app(scope, receive, send)

    return anybody


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
