"""The stock design to compare with: sync handlers, the library's application as it is.

The same bodies on the same server. To its favour it checks no token, keeps no person,
draws no number and writes no log.
"""

import socket
import sys
from typing import Any
from uuid import UUID

import uvloop
from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event
from litestar import Litestar, get, post
from litestar.params import FromPath, JSONBody
from psycopg.conninfo import conninfo_to_dict

from interfaces.http.bodies.handling import Disposition
from interfaces.http.bodies.intake import NewCase
from interfaces.http.server import answer
from interfaces.settings import Settings

EVENTS = "stock_events"
"""The table that the library makes for it."""


class Case(Aggregate):
    """A request as an aggregate of the library."""

    @event("Received")
    def __init__(self, agency: str, subject: str, items: list[str]) -> None:
        self.agency = agency
        self.subject = subject
        self.items = items
        self.handler: str | None = None

    @event("Disposed")
    def dispose(self, to: str, instructions: list[str], urgency: str) -> None:
        """Assign the case."""
        self.handler = to
        self.instructions = instructions
        self.urgency = urgency


class Stock(Application[UUID]):
    """The library's application with every default."""

    def receive(self, body: NewCase) -> Case:
        """Take a request in."""
        case = Case(body.agency, body.subject, list(body.items))
        self.save(case)
        return case

    def dispose(self, id_: UUID, body: Disposition) -> Case:
        """Assign a case to an official."""
        case: Case = self.repository.get(id_)
        case.dispose(body.to, list(body.instructions), str(body.urgency))
        self.save(case)
        return case


def environment(url: str) -> dict[str, str]:
    """The library's settings; all that is not said here is its default."""
    place = conninfo_to_dict(url)
    return {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": str(place["dbname"]),
        "POSTGRES_HOST": str(place["host"]),
        "POSTGRES_PORT": str(place["port"]),
        "POSTGRES_USER": str(place["user"]),
        "POSTGRES_PASSWORD": str(place.get("password", "")),
    }


def application(stock: Stock) -> Litestar:
    """Routes as ours are named."""

    def told(case: Case) -> dict[str, Any]:
        return {
            "case": case.id,
            "version": case.version,
            "recorded_at": case.modified_on,
        }

    @get("/health/ready", sync_to_thread=False)
    def ready() -> str:
        return "ready"

    @post("/v1/cases", sync_to_thread=True)
    def receive(data: JSONBody[NewCase]) -> dict[str, Any]:
        return told(stock.receive(data))

    @post("/v1/cases/{case:uuid}/disposition", sync_to_thread=True, status_code=200)
    def dispose(case: FromPath[UUID], data: JSONBody[Disposition]) -> dict[str, Any]:
        return told(stock.dispose(case, data))

    return Litestar([ready, receive, dispose], openapi_config=None)


if __name__ == "__main__":
    url = Settings.read().database_url
    assert url
    with socket.socket(fileno=int(sys.argv[1])) as inherited:
        uvloop.run(answer(inherited, application(Stock(environment(url)))))
