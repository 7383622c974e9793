"""The worker that `bench commands` asks: the whole application and one empty route.

The empty route has everything of a disposition's, token, body, headers, answer and
line in the log, and asks no desk.
"""

import socket
import sys
from datetime import timedelta
from uuid import UUID

import msgspec
import uvloop
from litestar import Controller, Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from application.recorded import CaseRecorded, Recorded
from domain.clock_faces import ClockFace
from domain.values import Clock, ClockState, DayKind, Stage
from interfaces import log, wiring
from interfaces.clock import now
from interfaces.http.app import application
from interfaces.http.bodies.handling import Disposition
from interfaces.http.call import Call, answer
from interfaces.http.headers import expected_version, path_id
from interfaces.http.server import answer as answer_at
from interfaces.http.server import settle_memory
from interfaces.settings import Settings

_encode = msgspec.json.Encoder().encode


def _face(clock: Clock) -> ClockFace:
    return ClockFace(
        clock=clock,
        day_kind=DayKind.CALENDAR,
        starts_at=now(),
        due_on=now().date(),
        due_at=now() + timedelta(days=7),
        also_due_on=now().date(),
        soft=False,
        state=ClockState.RUNNING,
        met_at=None,
        calendar_edition="2024-2027",
        provisional=False,
    )


SHAPE = CaseRecorded(
    case=UUID(int=1),
    registration_number="BO-2026-00001",
    version=2,
    position=1,
    recorded_at=now(),
    stage=Stage.DISPOSED,
    outcome=None,
    clocks=(_face(Clock.STANDARD), _face(Clock.STATUTE)),
)
"""As a letter's disposition is answered."""


class EmptyController(Controller):
    """A disposition without the desk."""

    path = "/v1/cases/{case:str}"

    @post("/empty", operation_id="Empty", status_code=200)
    async def empty(
        self,
        case: FromPath[str],
        data: JSONBody[Disposition],
        call: NamedDependency[Call],
    ) -> Response[CaseRecorded]:
        """Answer what a disposition would."""
        subject = path_id(case)
        version = expected_version(call._request) + 1
        return answer(Recorded(body=_encode(SHAPE), version=version, subject=subject))


async def serve(door: socket.socket, settings: Settings) -> None:
    """Serve until told to stop."""
    async with wiring.counter(settings) as counter:
        front = application(counter)
        front._app.register(EmptyController)  # type: ignore[attr-defined]  # a Front
        settle_memory()
        await answer_at(door, front)


if __name__ == "__main__":
    log.set_up("web")
    with socket.socket(fileno=int(sys.argv[1])) as inherited:
        uvloop.run(serve(inherited, Settings.read()))
