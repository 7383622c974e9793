"""An OpenID Connect provider in a process of its own, with good days and bad ones.

Run as a module it serves on a free port of loopback and prints its address; the test
tells it what to publish and how to behave.
"""

import gzip
import json
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
from typing_extensions import override

from tests.mint import Json

DISCOVERY = "/.well-known/openid-configuration"
PATIENCE = 20.0

CONTENTS = {
    "no JSON": b"<html>",
    "empty": b'{"keys": []}',
    "huge": b'{"keys": [' + b" " * 2_000_000 + b"]}",
    "packed": gzip.compress(b'{"keys": [' + b" " * 5_000_000 + b"]}"),
}
"""What it sends on some of its bad days."""


class Provider:
    """The provider as a test has it in hand."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._http = httpx.Client(base_url=url, timeout=PATIENCE)

    def publish(self, *keys: Json) -> None:
        """The keys of its set from now on."""
        self._tell(keys=list(keys))

    def behave(self, how: str = "well", seconds: float = 0) -> None:
        """`well`, or as `Behaviour` has it; each answer takes so many seconds."""
        self._tell(how=how, seconds=seconds)

    def asked(self, path: str = "/jwks") -> int:
        """How often a document was asked for."""
        counts: dict[str, int] = self._http.get("/told").json()
        return counts.get(path, 0)

    def _tell(self, **what: object) -> None:
        self._http.post("/told", json=what).raise_for_status()

    def close(self) -> None:
        """Hang up."""
        self._http.close()


@contextmanager
def provider(keys: Iterable[Json] = ()) -> Iterator[Provider]:
    """Start a provider; it ends with the block."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.oidc_provider"],
        stdout=subprocess.PIPE,
        stdin=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        running = Provider(process.stdout.readline().strip())
        running.publish(*keys)
        try:
            yield running
        finally:
            running.close()
            process.terminate()


class Behaviour(BaseHTTPRequestHandler):
    """What it answers; `down` hangs up, and other words are other faults."""

    server: "Server"
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        """Do as the test says."""
        length = int(self.headers["content-length"])
        told = json.loads(self.rfile.read(length))
        with self.server.lock:
            self.server.told |= told
        self._send(200, b"{}")

    def do_GET(self) -> None:
        """Answer as the provider."""
        if self.path == "/told":
            self._send(200, json.dumps(self.server.asked).encode())
            return
        with self.server.lock:
            self.server.asked[self.path] = self.server.asked.get(self.path, 0) + 1
            told = dict(self.server.told)
        threading.Event().wait(told["seconds"])
        address = f"http://127.0.0.1:{self.server.server_port}"
        self._answer(told, address)

    def _answer(self, told: Json, address: str) -> None:
        how = told["how"]
        discovered = {"issuer": address, "jwks_uri": f"{address}/jwks"}
        lies: dict[str, Json] = {
            "another issuer": {"issuer": "https://login.example"},
            "plain keys": {"jwks_uri": "http://login.example/jwks"},
            "no address": {"jwks_uri": "https://[::1"},
            "odd address": {"jwks_uri": "https://lo gin.example\x00/"},
        }
        if how == "down":
            self.close_connection = True
        elif how == "elsewhere":
            self._send(302, b"", location=f"{address}/moved")
        elif how in CONTENTS:
            self._send(200, CONTENTS[how])
        elif how == "broken" or self.path not in {DISCOVERY, "/jwks"}:
            self._send(500 if how == "broken" else 404, b"{}")
        elif self.path == "/jwks":
            self._send(200, json.dumps({"keys": told["keys"]}).encode())
        else:
            said = discovered | lies.get(how, {})
            self._send(200, json.dumps(said).encode())

    @override
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def _send(self, status: int, content: bytes, location: str = "") -> None:
        self.send_response(status)
        if location:
            self.send_header("location", location)
        self.send_header("content-type", "application/json")
        if content[:2] == b"\x1f\x8b":
            self.send_header("content-encoding", "gzip")
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


class Server(ThreadingHTTPServer):
    """Keeps what it was told, and what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Behaviour)
        self.lock = threading.Lock()
        self.told: Json = {"keys": [], "how": "well", "seconds": 0}
        self.asked: dict[str, int] = {}


def _end_with_the_test(server: Server) -> None:
    # Nobody writes to us: the pipe ends when whoever started us has ended.
    sys.stdin.read()
    server.shutdown()


if __name__ == "__main__":
    with Server() as serving:
        watch = threading.Thread(
            target=_end_with_the_test, args=(serving,), daemon=True
        )
        watch.start()
        sys.stdout.write(f"http://127.0.0.1:{serving.server_port}\n")
        sys.stdout.flush()
        serving.serve_forever()
