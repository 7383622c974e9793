"""Every answer bears the security headers, whatever it is an answer to."""

import re

import httpx
import pytest
from litestar.types import Receive, Scope, Send

from interfaces.http.front import Front
from tests.interfaces.http.forms import Form
from tests.open_counter import OpenCounter

HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
ID = "0a1b2c3d-0000-4000-8000-000000000000"


def must_be_safe(answer: httpx.Response) -> None:
    said = answer.headers
    assert {name: said[name] for name in HEADERS} == HEADERS
    policy = said["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "camera=()" in said["permissions-policy"]
    assert re.search("no-store|max-age", said["cache-control"])
    assert said["x-request-id"]
    assert "server" not in said
    assert "strict-transport-security" not in said, "nobody came by https"


@pytest.fixture(scope="module")
def routes(counter: OpenCounter) -> list[tuple[str, str]]:
    """Give every method of every address."""
    document: Form = counter.stranger.get("/schema/openapi.json").json()
    return [
        (method.upper(), re.sub(r"{\w+}", ID, path))
        for path, methods in document["paths"].items()
        for method in methods
    ]


@pytest.mark.parametrize("who", ["nobody", "bo-kepala"])
def test_every_route_bears_them(counter: OpenCounter, routes, who: str):
    caller = counter.stranger if who == "nobody" else counter[who]
    assert len(routes) > 50
    for method, path in routes:
        answer = caller.send(method, path)
        assert answer.status_code < 500 or path == "/health/ready", path
        must_be_safe(answer)


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("GET", "/nothing", {}, 404),
        ("GET", "/v1/cases", {}, 401),
        ("DELETE", "/health/live", {}, 405),
        ("TRACE", "/health/live", {}, 405),
        ("OPTIONS", "/health/live", {}, 204),
        ("HEAD", "/health/live", {}, 200),
        ("GET", "/status/BO-2026-00001%00", {}, 400),
        ("GET", "/schema", {}, 200),
        ("GET", "/schema/swagger-ui-bundle.js", {}, 200),
        ("GET", "/.well-known/jwks.json", {}, 200),
    ],
)
def test_what_is_no_route_bears_them_too(
    counter: OpenCounter, method, path, headers, status
):
    answer = counter.stranger.send(method, path, headers=headers)
    assert answer.status_code == status
    must_be_safe(answer)


def test_a_body_too_large_bears_them(counter: OpenCounter):
    answer = counter["bo-agendaris"].send(
        "POST",
        "/v1/cases",
        b"x" * 2_000_000,
        {"content-type": "application/json"},
    )
    assert answer.status_code == 413
    must_be_safe(answer)


@pytest.mark.parametrize(
    "sent",
    [
        b"FOO / HTTP/1.1\nHost: x",
        b"get / HTTP/1.1\nHost: x",
        b"nothing of the kind",
        b"GET / HTTP/1.1\nHost: x\nX: \x00",
        b"POST / HTTP/1.1\nHost: x\nContent-Length: 1\nTransfer-Encoding: chunked",
    ],
)
def test_what_is_no_request_is_told_so_as_everybody_is(counter: OpenCounter, sent):
    head, _, body = counter.raw(sent).partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    told = dict(line.split(": ", 1) for line in lines)
    assert first == "HTTP/1.1 400 Bad Request"
    answer = httpx.Response(400, headers=told, content=body)
    assert answer.json()["code"] == "malformed-request"
    must_be_safe(answer)


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "CONNECT", "DEBUG"])
def test_no_method_echoes_a_request(counter: OpenCounter, method: str):
    secret = "dsp_" + "s" * 43
    answer = counter.raw(
        f"{method} /v1/cases HTTP/1.1\nHost: x\nConnection: close\n"
        f"X-Secret: {secret}".encode()
    )
    assert b" 200 " not in answer.split(b"\r\n", 1)[0]
    assert secret.encode() not in answer


@pytest.mark.anyio
@pytest.mark.parametrize("behind_tls", [True, False])
async def test_who_came_by_https_is_told_to_keep_to_it(behind_tls):
    async def fails(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 500, "headers": []})
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    front = Front(fails, behind_tls=behind_tls)
    transport = httpx.ASGITransport(front)  # type: ignore[arg-type]  # the same by another name
    async with httpx.AsyncClient(transport=transport, base_url="http://x") as http:
        answer = await http.get("/")
    assert answer.status_code == 500
    assert answer.headers["x-content-type-options"] == "nosniff"
    said = answer.headers.get("strict-transport-security")
    assert said == ("max-age=31536000" if behind_tls else None)
