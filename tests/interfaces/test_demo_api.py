"""The demo's own client comes back where it is asked to, and tells the rest."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import ClassVar

import pytest
from typing_extensions import override

from interfaces.demo.api import Api, RefusedError

TOKENS = {"kepala-bppd": "a-token"}


class Busy(BaseHTTPRequestHandler):
    """A server that is full for its first answers."""

    full_for: ClassVar[int]
    retry_after: ClassVar[str | None]
    keys: ClassVar[list[str | None]]

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.keys.append(self.headers["Idempotency-Key"])
        if len(self.keys) > self.full_for:
            self._answer(200, b'{"version": 2}')
        else:
            self._answer(503, b'{"code": "overloaded"}')

    @override
    def log_message(self, *_: object) -> None:
        pass

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        if status == 503 and self.retry_after is not None:
            self.send_header("Retry-After", self.retry_after)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def busy(full_for: int, retry_after: str | None) -> Iterator[tuple[Api, type[Busy]]]:
    class Answering(Busy):
        pass

    Answering.full_for, Answering.retry_after = full_for, retry_after
    Answering.keys = []
    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        serving = Thread(target=server.serve_forever, args=(0.01,))
        serving.start()
        api = Api(f"http://127.0.0.1:{server.server_port}", TOKENS, patience=0.5)
        try:
            yield api, Answering
        finally:
            api.close()
            server.shutdown()
            serving.join()


def test_a_full_server_is_asked_again_under_the_same_key():
    with busy(full_for=2, retry_after="0.01") as (api, server):
        assert api.post("kepala-bppd", "/v1/cases", {})["version"] == 2
        api.post("kepala-bppd", "/v1/cases", {})
    first, second, third, another = server.keys
    assert first == second == third
    assert first is not None
    assert another != first


@pytest.mark.parametrize("retry_after", [None, "60"], ids=["does not say", "too long"])
def test_a_server_that_stays_full_is_no_success(retry_after):
    with busy(full_for=9, retry_after=retry_after) as (api, server):
        with pytest.raises(RefusedError) as refused:
            api.post("kepala-bppd", "/v1/cases", {})
        assert (refused.value.status, refused.value.code) == (503, "overloaded")
        assert len(server.keys) == 1
