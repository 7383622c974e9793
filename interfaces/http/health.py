"""Whether this process lives, and whether it can serve."""

from datetime import datetime
from typing import Self

import msgspec
import psycopg
import psycopg_pool
from litestar import Controller, Response, get
from litestar.datastructures import State
from litestar.openapi import ResponseSpec

from application.notary.pulse import Pulse as NotaryPulse
from application.notary.pulse import pulse as notary_pulse
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


class Unsigned(msgspec.Struct, frozen=True):
    """Nothing is signed until an operator mends it; sealing goes on."""

    since: datetime
    detail: str = (
        "The notary signs no checkpoints, so what is recorded now can't be proven yet. "
        "Run `disposisi notary checkpoint` where the service runs: it says why."
    )
    detail_id: str = (
        "Notaris tidak menandatangani checkpoint, sehingga yang dicatat sekarang belum "
        "dapat dibuktikan. Jalankan `disposisi notary checkpoint` di tempat layanan "
        "ini berjalan untuk mengetahui sebabnya."
    )


class NotaryHealth(msgspec.Struct, frozen=True):
    """How far the notary's log is behind the register; nobody waits for it."""

    size: int
    lag: int
    """Lines that are not sealed yet; a thousand stands for more."""
    lag_seconds: float
    stopped_at: int | None
    """Position of a line that can't be sealed: an operator has to look."""
    checkpoint_size: int | None
    checkpoint_age_seconds: float | None
    unsigned: Unsigned | None
    """None while checkpoints are made."""

    @classmethod
    def of(cls, found: NotaryPulse) -> Self:
        return cls(
            size=found.size,
            lag=found.lines,
            lag_seconds=round(found.seconds, 3),
            stopped_at=found.stopped_at,
            checkpoint_size=found.signed_size,
            checkpoint_age_seconds=(
                None if found.signed_age is None else round(found.signed_age, 3)
            ),
            unsigned=(
                None if found.unsigned_since is None else Unsigned(found.unsigned_since)
            ),
        )


class Health(msgspec.Struct, frozen=True, omit_defaults=True):
    """`ok`, or what is missing: `database`, `desk`, `readings`, `views`."""

    status: str
    projector: Pulse | None = None
    views: tuple[ViewHealth, ...] = ()
    notary: NotaryHealth | None = None


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
        """The database answers, the desks work, every view can be read; else 503.

        Views that lag, a projector that is silent, a log that is behind and a notary
        that does not sign are told, and are no reason to send commands away.
        """
        try:
            async with state.counter.pool.connection(timeout=2) as connection:
                found = await lag.of_views(connection, SERVING)
                is_filling = await lag.is_filling(connection)
                sealed = await notary_pulse(connection)
        except (psycopg.Error, psycopg_pool.PoolTimeout):
            return Response(content=Health(status="database"), status_code=503)
        # Before the desk, which closes when anything else ends.
        if not state.counter.reading_desk.works:
            return Response(content=Health(status="readings"), status_code=503)
        if not state.counter.desk.works:
            return Response(content=Health(status="desk"), status_code=503)
        pulse = lag.pulse(found, SERVING, is_filling=is_filling)
        ready = pulse is not Pulse.STARTING
        health = Health(
            status="ok" if ready else "views",
            projector=pulse,
            views=tuple(map(ViewHealth.of, found)),
            notary=NotaryHealth.of(sealed) if ready else None,
        )
        return Response(content=health, status_code=200 if ready else 503)
