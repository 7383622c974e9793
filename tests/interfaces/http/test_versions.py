"""A command names the version that was looked at; another one changes nothing."""

import pytest

from tests.interfaces.http import forms
from tests.open_counter import OpenCounter


@pytest.fixture
def case(counter: OpenCounter) -> str:
    """A letter at version 1."""
    made = counter["bo-agendaris"].post("/v1/cases", forms.letter())
    return str(made.headers["location"])


def test_the_answer_bears_the_version_as_a_strong_etag(counter: OpenCounter, case: str):
    asked = counter["bo-kepala"].get(case)
    assert asked.headers["etag"] == '"1"'
    done = counter["bo-kepala"].post(
        f"{case}/disposition", forms.disposition("bo-analis"), 1
    )
    assert (done.status_code, done.headers["etag"]) == (200, '"2"')
    assert done.json()["version"] == 2


def test_without_a_version_nothing_is_done(counter: OpenCounter, case: str):
    answer = counter["bo-kepala"].post(
        f"{case}/disposition", forms.disposition("bo-analis")
    )
    assert (answer.status_code, answer.json()["code"]) == (428, "version-required")
    assert counter["bo-kepala"].get(case).headers["etag"] == '"1"'


@pytest.mark.parametrize(
    "said",
    [
        '"0"',
        '"2"',
        '"999999999999999999999999999"',
        '"01"',
        '"-1"',
        '"one"',
        '""',
        '"',
        "1",
        "*",
        'W/"1"',
        '"1", "2"',
        '"1","1"',
        "'1'",
        '" 1"',
        '"1"x',
    ],
)
def test_any_other_version_is_stale(counter: OpenCounter, case: str, said: str):
    answer = counter["bo-kepala"].post(
        f"{case}/disposition", forms.disposition("bo-analis"), said
    )
    assert (answer.status_code, answer.json()["code"]) == (412, "version-stale")
    assert counter["bo-kepala"].get(case).headers["etag"] == '"1"'


def test_two_if_match_headers_are_a_list(counter: OpenCounter, case: str):
    body = b'{"reason": "x"}'
    answer = counter.raw(
        f"POST {case}/reopening HTTP/1.1\nHost: x\nConnection: close\n"
        f"Authorization: Bearer {counter.token('bo-kepala')}\n"
        f"Content-Type: application/json\nContent-Length: {len(body)}\n"
        'If-Match: "1"\nIf-Match: "1"'.encode(),
        body,
    )
    assert answer.startswith(b"HTTP/1.1 412 ")


def test_creations_need_no_version(counter: OpenCounter):
    for path, form in (
        ("/v1/cases", forms.letter()),
        ("/v1/visits", forms.guest()),
        ("/v1/complaints", forms.complaint()),
    ):
        caller = "bo-agendaris" if path != "/v1/visits" else "bo-penerima-tamu"
        answer = counter[caller].post(path, form, '"77"')
        assert answer.status_code == 201, answer.text
        assert answer.headers["etag"] == '"1"'


def test_a_visit_that_leaves_a_card_is_at_version_two(counter: OpenCounter):
    answer = counter["bo-penerima-tamu"].post("/v1/cases", forms.visit())
    assert (answer.headers["etag"], answer.json()["version"]) == ('"2"', 2)
    assert counter["bo-kepala"].get(answer.headers["location"]).headers["etag"] == '"2"'
