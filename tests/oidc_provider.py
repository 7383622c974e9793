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
from tests.sign_in_desk import DESK, SignInDesk

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

    def sign_in(self, **what: object) -> None:
        """How it signs people in from now on: as usual, but for what is said."""
        self._tell(**(DESK | what))

    def sign_with(self, key: Json) -> None:
        """The key under which it signs ID tokens, with its secret."""
        self._tell(signing=key)

    def name_itself(self) -> None:
        """Say with every answer who it is, and that it does so."""
        self._tell(names_itself=True)

    def asked(self, path: str = "/jwks") -> int:
        """How often a document was asked for."""
        counts: dict[str, int] = self._http.get("/told").json()
        return counts.get(path, 0)

    def _tell(self, **what: object) -> None:
        said = json.dumps(what)  # in ASCII, half characters and all
        self._http.post("/told", content=said).raise_for_status()

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
        """Do as the test says, or give tokens."""
        length = int(self.headers["content-length"])
        said = self.rfile.read(length).decode()
        if self.path == "/token":
            self._give_tokens(said)
            return
        with self.server.lock:
            self.server.told |= json.loads(said)
        self._send(200, b"{}")

    def _give_tokens(self, form: str) -> None:
        with self.server.lock:
            told = self._count()
            status, answer = self.server.desk.token(
                told, self._address, form, self.headers.get("authorization", "")
            )
        how = told["desk"]
        if how == "down":
            self.close_connection = True
        elif how in CONTENTS:
            self._send(200, CONTENTS[how])
        elif how == "well":
            self._send(status, json.dumps(answer).encode())
        else:
            self._send(int(how), b"{}")

    @property
    def _address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def _count(self) -> Json:
        path = self.path.partition("?")[0]
        self.server.asked[path] = self.server.asked.get(path, 0) + 1
        return dict(self.server.told)

    def do_GET(self) -> None:
        """Answer as the provider."""
        if self.path == "/told":
            self._send(200, json.dumps(self.server.asked).encode())
            return
        with self.server.lock:
            told = self._count()
        threading.Event().wait(told["seconds"])
        path, _, query = self.path.partition("?")
        if path == "/authorize":
            with self.server.lock:
                place = self.server.desk.authorize(told, self._address, query)
            self._send(302, b"", location=place)
            return
        self._answer(told, self._address)

    def _answer(self, told: Json, address: str) -> None:
        how = told["how"]
        discovered = {
            "issuer": address,
            "jwks_uri": f"{address}/jwks",
            "authorization_endpoint": f"{address}/authorize",
            "token_endpoint": f"{address}/token",
            "authorization_response_iss_parameter_supported": told["names_itself"],
        }
        lies: dict[str, Json] = {
            "another issuer": {"issuer": "https://login.example"},
            "plain keys": {"jwks_uri": "http://login.example/jwks"},
            "no address": {"jwks_uri": "https://[::1"},
            "odd address": {"jwks_uri": "https://lo gin.example\x00/"},
            "plain doors": {"authorization_endpoint": "http://login.example/auth"},
            "odd doors": {"token_endpoint": "https://lo gin.example\x00/"},
            "no doors": {"token_endpoint": None},
            "plain challenge": {"code_challenge_methods_supported": ["plain"]},
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
        usual = {"keys": [], "how": "well", "seconds": 0, "names_itself": False}
        self.told: Json = usual | {"signing": {}} | DESK
        self.asked: dict[str, int] = {}
        self.desk = SignInDesk()


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
