"""Whether this process lives, and whether it can serve."""

from typing import Self

import msgspec
import psycopg
import psycopg_pool
from litestar import Controller, Response, get
from litestar.datastructures import State
from litestar.openapi import ResponseSpec

from interfaces.http.identity import OPEN
from projections import lag
from projections.lag import Pulse, ViewLag
from projections.views import SERVING


class Life(msgspec.Struct, frozen=True):
    """A process that answers."""

    status: str


class ViewHealth(msgspec.Struct, frozen=True):
    """How far a view is behind the register; lists show no more than it holds."""

    name: str
    position: int
    lag: int
    """Lines ahead; where they are many, an upper bound."""
    lag_seconds: float
    """Since the oldest of them was recorded."""
    looked_seconds_ago: float
    """Since the projector last looked for more."""
    parked: int
    """Entries that the view could not take, and the later ones of their histories."""

    @classmethod
    def of(cls, view: ViewLag) -> Self:
        return cls(
            name=view.name,
            position=view.position,
            lag=view.events,
            lag_seconds=round(view.seconds, 3),
            looked_seconds_ago=round(view.looked_age, 3),
            parked=view.parked,
        )


class Health(msgspec.Struct, frozen=True, omit_defaults=True):
    """`ok`, or what is missing: `database`, `desk`, `views`."""

    status: str
    projector: Pulse | None = None
    views: tuple[ViewHealth, ...] = ()


class HealthController(Controller):
    """For supervisors and load balancers; open to everyone, tells of no case."""

    path = "/health"
    tags = ("health",)
    opt = {OPEN: True}  # noqa: RUF012 - declared so by Litestar

    @get("/live", operation_id="Live")
    async def live(self) -> Life:
        """The process answers."""
        return Life(status="ok")

    @get(
        "/ready",
        operation_id="Ready",
        responses={503: ResponseSpec(Health, description="What is missing")},
    )
    async def ready(self, state: State) -> Response[Health]:
        """The database answers, the desk works, every view can be read; else 503.

        Views that lag, or a projector that is silent, are told, and are no reason to
        send commands away.
        """
        try:
            async with state.counter.pool.connection(timeout=2) as connection:
                found = await lag.of_views(connection, SERVING)
                is_filling = await lag.is_filling(connection)
        except (psycopg.Error, psycopg_pool.PoolTimeout):
            return Response(content=Health(status="database"), status_code=503)
        if not state.counter.desk.works:
            return Response(content=Health(status="desk"), status_code=503)
        pulse = lag.pulse(found, SERVING, is_filling=is_filling)
        ready = pulse is not Pulse.STARTING
        health = Health(
            status="ok" if ready else "views",
            projector=pulse,
            views=tuple(map(ViewHealth.of, found)),
        )
        return Response(content=health, status_code=200 if ready else 503)
