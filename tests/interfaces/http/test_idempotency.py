"""A request that is sent again under its key is done once and answered alike."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import httpx
import pytest

from tests.interfaces.http import forms
from tests.open_counter import OpenCounter

KEPT = ("etag", "location", "content-type")


def key() -> str:
    return f"kunci {uuid4()}"


@pytest.fixture
def case(counter: OpenCounter) -> str:
    """A letter at version 1."""
    made = counter["bo-agendaris"].post("/v1/cases", forms.letter())
    return str(made.headers["location"])


def alike(first: httpx.Response, again: httpx.Response) -> bool:
    """Whether the second is the first one replayed, byte for byte."""
    return (
        "idempotency-replayed" not in first.headers
        and again.headers["idempotency-replayed"] == "true"
        and again.status_code == first.status_code
        and again.content == first.content
        and all(again.headers.get(name) == first.headers.get(name) for name in KEPT)
    )


@pytest.mark.parametrize(
    ("caller", "path", "form"),
    [
        ("bo-penerima-tamu", "/v1/cases", forms.visit()),
        ("bo-agendaris", "/v1/cases", forms.letter()),
        ("bo-penghubung", "/v1/cases", forms.report()),
        ("bo-penerima-tamu", "/v1/visits", forms.guest()),
        ("bo-pengaduan", "/v1/complaints", forms.complaint()),
    ],
)
def test_a_creation_is_made_once(
    counter: OpenCounter, caller: str, path: str, form: forms.Form
):
    mine = key()
    first = counter[caller].post(path, form, key=mine)
    again = counter[caller].post(path, form, key=mine)
    assert first.status_code == 201
    assert alike(first, again)


def test_a_kept_answer_comes_before_the_version_is_looked_at(
    counter: OpenCounter, case: str
):
    mine, head = key(), counter["bo-kepala"]
    form, path = forms.disposition("bo-analis"), f"{case}/disposition"
    first = head.post(path, form, 1, key=mine)
    for version in (1, 2, 99, "W/nonsense", "*"):
        assert alike(first, head.post(path, form, version, key=mine))
    assert head.post(path, form, key=mine).status_code == 428
    assert head.get(case).headers["etag"] == '"2"'


def test_a_key_is_not_for_another_body(counter: OpenCounter, case: str):
    mine, head, path = key(), counter["bo-kepala"], f"{case}/disposition"
    assert head.post(path, forms.disposition("bo-analis"), 1, key=mine).is_success
    other = head.post(path, forms.disposition("bo-analis", note="lain"), 2, key=mine)
    assert other.status_code == 422
    assert other.json()["code"] == "idempotency-key-reused"
    # Bodies are compared as bytes: even a blank more makes another one.
    spaced = head.send(
        "POST",
        path,
        b" " + httpx.Request("POST", "/", json=forms.disposition("bo-analis")).content,
        {
            "If-Match": '"1"',
            "Idempotency-Key": mine,
            "Content-Type": "application/json",
        },
    )
    assert spaced.status_code == 422
    assert head.get(case).headers["etag"] == '"2"'


def test_the_same_key_serves_other_officials_and_addresses(
    counter: OpenCounter, case: str
):
    mine = key()
    first = counter["bo-agendaris"].post("/v1/cases", forms.letter(), key=mine)
    other = counter["bppd-agendaris"].post("/v1/cases", forms.letter("bppd"), key=mine)
    elsewhere = counter["bo-kepala"].post(
        f"{case}/disposition", forms.disposition("bo-analis"), 1, key=mine
    )
    for answer in (first, other, elsewhere):
        assert answer.is_success
        assert "idempotency-replayed" not in answer.headers


def test_a_refusal_is_not_kept(counter: OpenCounter, case: str):
    mine, head, path = key(), counter["bo-kepala"], f"{case}/disposition"
    form = forms.disposition("bo-analis")
    assert head.post(path, form, 9, key=mine).status_code == 412
    accepted = head.post(path, form, 1, key=mine)
    assert accepted.status_code == 200
    assert "idempotency-replayed" not in accepted.headers


@pytest.mark.parametrize("bad", ["x" * 201, "", "a\tb"])
def test_a_key_is_of_one_to_two_hundred_plain_signs(counter: OpenCounter, bad: str):
    answer = counter["bo-agendaris"].post("/v1/cases", forms.letter(), key=bad)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid-body")


def test_a_key_may_have_two_hundred_signs(counter: OpenCounter):
    clerk = counter["bo-agendaris"]
    mine = key().ljust(200, "~")
    assert clerk.post("/v1/cases", forms.letter(), key=mine).status_code == 201


def test_of_many_at_once_one_is_done_and_the_others_get_its_answer(
    counter: OpenCounter,
):
    mine, clerk, form = key(), counter["bo-agendaris"], forms.letter()
    with ThreadPoolExecutor(8) as pool:
        answers = list(
            pool.map(lambda _: clerk.post("/v1/cases", form, key=mine), range(24))
        )
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    fresh = [one for one in answers if "idempotency-replayed" not in one.headers]
    assert len(fresh) == 1
