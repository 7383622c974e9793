"""What is wrong first is told first: the contract's order, one pair at a time."""

import httpx
import pytest

from tests.interfaces.http import forms
from tests.open_counter import Caller, OpenCounter

JSON = {"Content-Type": "application/json"}
TEXT = {"Content-Type": "text/plain"}
VERSION = {"If-Match": '"1"'}
SOUND = b'{"reason": "keliru ditutup"}'
INVALID = b'{"reason": 5}'
HUGE = b"x" * (1024 * 1024 + 1)
UNKNOWN = "/v1/cases/0a1b2c3d-0000-4000-8000-000000000000/reopening"
MALFORMED = "/v1/cases/bukan-id/reopening"


def asked(
    caller: Caller, path: str, content: bytes, *headers: dict[str, str]
) -> tuple[int, str]:
    """Status and code of the answer."""
    together = {name: value for each in headers for name, value in each.items()}
    answer: httpx.Response = caller.send("POST", path, content, together)
    return answer.status_code, answer.json()["code"]


def test_who_asks_comes_before_what_is_asked(counter: OpenCounter):
    assert asked(counter.stranger, MALFORMED, HUGE, TEXT) == (401, "unauthenticated")


@pytest.mark.parametrize(
    ("path", "content", "headers", "status"),
    [
        (MALFORMED, HUGE, TEXT, 413),
        (MALFORMED, b"{", TEXT, 415),
        (MALFORMED, b"", TEXT, 415),
        (MALFORMED, INVALID, JSON, 400),
        (UNKNOWN, b"{", JSON, 400),
        (UNKNOWN, INVALID, JSON, 422),
        (UNKNOWN, SOUND, JSON, 428),
        (UNKNOWN, SOUND, JSON | {"If-Match": "*"}, 404),
    ],
)
def test_the_request_itself_comes_before_the_case(
    counter: OpenCounter,
    path: str,
    content: bytes,
    headers: dict[str, str],
    status: int,
):
    # The reporter may reopen nothing: 403 would come next.
    assert asked(counter["bo-pelapor"], path, content, headers)[0] == status


def test_what_a_body_names_comes_before_the_version(counter: OpenCounter):
    path = "/v1/cases/0a1b2c3d-0000-4000-8000-000000000000/disposition"
    form = forms.disposition("tiada")
    answer = counter["bo-kepala"].post(path, form)
    assert (answer.status_code, answer.json()["code"]) == (422, "unknown-official")


def test_an_unusable_key_comes_before_the_version(counter: OpenCounter):
    key = {"Idempotency-Key": "x" * 201}
    assert asked(counter["bo-kepala"], UNKNOWN, SOUND, JSON, key)[0] == 422


def test_the_case_then_the_right_then_the_version_then_the_rule(counter: OpenCounter):
    case = counter["bo-agendaris"].post("/v1/cases", forms.letter())
    path = case.headers["location"] + "/reopening"
    head, reporter, other = (
        counter[each] for each in ("bo-kepala", "bo-pelapor", "bppd-kepala")
    )
    stale = {"If-Match": '"9"'}
    assert asked(reporter, UNKNOWN, SOUND, JSON, stale) == (404, "unknown-case")
    assert asked(reporter, path, SOUND, JSON, stale) == (403, "forbidden")
    assert asked(other, path, SOUND, JSON, stale) == (403, "forbidden")
    assert asked(head, path, SOUND, JSON, stale) == (412, "version-stale")
    assert asked(head, path, SOUND, JSON, VERSION) == (409, "wrong-stage")
    assert head.get(case.headers["location"]).json()["version"] == 1
