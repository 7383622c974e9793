"""How a test lets an official in: invited, given a password, and with a session."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import httpx
import psycopg

from application.office import keeping_accounts, sessions
from interfaces.clock import now
from interfaces.http.session_cookie import NAME
from tests import house
from tests.open_counter import OpenCounter, open_counter
from tests.staff import AGENCIES, PLACES, Place

SECRET = "enam gajah menyeberang pelan"
WRONG = "lima gajah menyeberang cepat"
NEVER = "0a1b2c3d-0000-4000-8000-000000000000"
Headers = dict[str, str]


@contextmanager
def own_counter(
    server_url: str, template: str, data: Path, *more: Place
) -> Iterator[OpenCounter]:
    """A counter whose limits on tries no other module has used up."""
    with (
        house.fresh(server_url, of=template) as database_url,
        open_counter(database_url, data, (*PLACES, *more)) as opened,
    ):
        yield opened


def link_for(counter: OpenCounter, official: str) -> str:
    """A one-time link, as the operator's command makes it."""

    async def make() -> str:
        async with await psycopg.AsyncConnection.connect(counter.database_url) as conn:
            return await keeping_accounts.invite(
                conn, official, AGENCIES, now(), by=None
            )

    return asyncio.run(make())


def unlock(counter: OpenCounter, official: str) -> None:
    """End an official's pauses, as the operator's command does."""

    async def end() -> None:
        async with await psycopg.AsyncConnection.connect(counter.database_url) as conn:
            await keeping_accounts.unlock(conn, official, AGENCIES, now(), by=None)

    asyncio.run(end())


def let_in(counter: OpenCounter, official: str, password: str = SECRET) -> None:
    """Give an official a password."""
    form = {"link": link_for(counter, official), "password": password}
    answer = counter.stranger.post("/v1/sign-in/link", form)
    assert answer.status_code == 200, answer.text


def sign_in(
    counter: OpenCounter, official: str, password: str = SECRET
) -> httpx.Response:
    """Ask for a token."""
    form = {"official": official, "password": password}
    return counter.stranger.post("/v1/sign-in", form)


def with_session(
    counter: OpenCounter, official: str, ago: timedelta = timedelta()
) -> "Browser":
    """A browser whose session was begun so long ago, with no try counted for it."""

    async def begin() -> str:
        async with await psycopg.AsyncConnection.connect(counter.database_url) as conn:
            return await sessions.begin(conn, uuid4(), official, now() - ago)

    browser = Browser(counter, asyncio.run(begin()))
    browser.synchronizer = sessions.synchronizer(browser.cookie or "")
    return browser


class Browser:
    """A browser with our cookie, and the page that knows its synchronizer."""

    def __init__(self, counter: OpenCounter, cookie: str | None = None) -> None:
        self.counter = counter
        self.cookie = cookie
        self.synchronizer: str | None = None

    def headers(self, **more: str) -> Headers:
        said = {} if self.cookie is None else {"Cookie": f"{NAME}={self.cookie}"}
        if self.synchronizer is not None:
            said["X-Disposisi-Synchronizer"] = self.synchronizer
        return said | {name.replace("_", "-"): word for name, word in more.items()}

    def post(
        self, path: str, form: dict[str, str] | None = None, **more: str
    ) -> httpx.Response:
        answer = self.counter.stranger.post(
            path, form or {}, headers=self.headers(**more)
        )
        self._take(answer)
        return answer

    def get(self, path: str, **more: str) -> httpx.Response:
        return self.counter.stranger.send("GET", path, headers=self.headers(**more))

    def begin(
        self, official: str, password: str = SECRET, **more: str
    ) -> httpx.Response:
        form = {"official": official, "password": password}
        return self.post("/v1/session", form, **more)

    def _take(self, answer: httpx.Response) -> None:
        if (given := answer.headers.get("set-cookie")) is not None:
            self.cookie = given.partition(";")[0].partition("=")[2]
        if answer.status_code == 200 and "synchronizer" in answer.json():
            self.synchronizer = answer.json()["synchronizer"]
