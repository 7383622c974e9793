"""Whether this process lives, and whether it can serve."""

import msgspec
import psycopg
import psycopg_pool
from litestar import Controller, Response, get
from litestar.datastructures import State
from litestar.openapi import ResponseSpec

from interfaces.http.identity import OPEN


class Health(msgspec.Struct, frozen=True):
    """`ok`, or what is missing."""

    status: str


class HealthController(Controller):
    """For supervisors and load balancers; open to everyone, says nothing else."""

    path = "/health"
    tags = ("health",)
    opt = {OPEN: True}  # noqa: RUF012 - declared so by Litestar

    @get("/live", operation_id="Live")
    async def live(self) -> Health:
        """The process answers."""
        return Health(status="ok")

    @get(
        "/ready",
        operation_id="Ready",
        responses={503: ResponseSpec(Health, description="What is missing")},
    )
    async def ready(self, state: State) -> Response[Health]:
        """The database answers and the desk works; 503 otherwise."""
        try:
            async with state.counter.pool.connection(timeout=2) as connection:
                await connection.execute("select 1 from register limit 1")
        except (psycopg.Error, psycopg_pool.PoolTimeout):
            return Response(content=Health(status="database"), status_code=503)
        if not state.counter.desk.works:
            return Response(content=Health(status="desk"), status_code=503)
        return Response(content=Health(status="ok"))
