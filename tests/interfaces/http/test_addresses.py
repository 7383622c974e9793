"""Which addresses exist, for whom, by which methods."""

import pytest

from tests.open_counter import OpenCounter

CASE = "/v1/cases/0a1b2c3d-0000-4000-8000-000000000000"
OPEN = ("/health/live", "/health/ready", "/schema", "/schema/openapi.json")
PROTECTED = ("/v1/agencies", "/v1/cases", CASE, f"{CASE}/draft", "/v1/documents")


@pytest.mark.parametrize("path", OPEN)
def test_the_open_addresses_need_no_token(counter: OpenCounter, path: str):
    asked = counter.stranger.get(path)
    head = counter.stranger.send("HEAD", path)
    assert (asked.status_code, head.status_code) == (200, 200)
    assert asked.content
    assert not head.content
    assert head.headers["content-type"] == asked.headers["content-type"]


@pytest.mark.parametrize(
    "said", [None, "Bearer", "Bearer x", "Basic eDp5", "Bearer dsp_" + "x" * 43]
)
@pytest.mark.parametrize("path", PROTECTED)
@pytest.mark.parametrize("method", ["GET", "POST", "HEAD", "OPTIONS", "PUT", "TRACE"])
def test_nobody_gets_past_the_door_without_a_token(
    counter: OpenCounter, method: str, path: str, said: str | None
):
    headers = {} if said is None else {"Authorization": said}
    answer = counter.stranger.send(method, path, headers=headers)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
    if method != "HEAD":
        assert answer.json()["code"] == "unauthenticated"


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/v1", "/v1/", "/v2/cases", f"{CASE}/nothing", "/v1/cases/a/b/c", "//"),
        # Served where a provider is set.
        *("/v1/sign-in/provider", "/v1/sign-in/provider/return"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE", "OPTIONS"])
def test_a_path_that_does_not_exist_is_not_found_for_everyone(
    counter: OpenCounter, method: str, path: str
):
    for caller in (counter.stranger, counter["bo-kepala"]):
        answer = caller.send(method, path)
        assert answer.status_code == 404
        assert answer.json()["code"] == "not-found"


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/v1/agencies", "GET, HEAD, OPTIONS"),
        ("/v1/cases", "GET, HEAD, OPTIONS, POST"),
        (CASE, "GET, HEAD, OPTIONS"),
        (f"{CASE}/draft", "OPTIONS, POST"),
        ("/v1/documents", "OPTIONS, POST"),
        ("/health/live", "GET, HEAD, OPTIONS"),
    ],
)
def test_another_method_is_told_which_are_allowed(
    counter: OpenCounter, path: str, allowed: str
):
    head = counter["bo-kepala"]
    for method in ("PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "LOCK"):
        answer = head.send(method, path)
        assert answer.status_code == 405
        assert answer.headers["allow"] == allowed
        assert answer.json()["code"] == "method-not-allowed"
    asked = head.send("OPTIONS", path)
    assert (asked.status_code, asked.headers["allow"]) == (204, allowed)


def test_head_tells_what_get_would_tell(counter: OpenCounter):
    asked = counter["bo-kepala"].get("/v1/agencies")
    head = counter["bo-kepala"].send("HEAD", "/v1/agencies")
    assert head.headers["content-length"] == asked.headers["content-length"]
    assert not head.content
    # The connection is still good for the next answer.
    assert counter["bo-kepala"].get("/v1/agencies").json() == asked.json()


def test_every_answer_has_its_id_and_the_security_headers(counter: OpenCounter):
    for path in ("/health/live", "/nowhere", "/v1/agencies"):
        answer = counter.stranger.send(
            "GET", path, headers={"X-Request-Id": "abc-12345"}
        )
        assert answer.headers["x-request-id"] == "abc-12345"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in answer.headers["content-security-policy"]
    unsafe = counter.stranger.send(
        "GET", "/nowhere", headers={"X-Request-Id": "a b c d e"}
    )
    assert unsafe.headers["x-request-id"] != "a b c d e"
    assert unsafe.json()["request_id"] == unsafe.headers["x-request-id"]


def test_a_problem_has_the_shape_of_the_contract(counter: OpenCounter):
    problem = counter.stranger.get("/v1/cases").json()
    assert set(problem) == {
        "type",
        "title",
        "detail",
        "title_id",
        "detail_id",
        "status",
        "code",
        "request_id",
        "errors",
    }
    assert problem["type"] == "/problems/unauthenticated"
    assert problem["status"] == 401
    assert problem["errors"] == []
