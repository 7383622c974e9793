"""Database and views, asked anew at every scrape."""

import asyncio
from collections.abc import Callable, Iterable
from typing import Final

import msgspec
from prometheus_client.core import GaugeMetricFamily as Gauge
from prometheus_client.core import Metric
from prometheus_client.registry import Collector
from typing_extensions import override

from application.register import Connection
from interfaces.metrics.asking import asked
from interfaces.metrics.watch import Watch
from projections import lag
from projections.lag import Rebuild, ViewLag
from projections.views import SERVING

OF_VIEWS: Final[tuple[tuple[str, str, Callable[[ViewLag], float]], ...]] = (
    (
        "disposisi_view_position",
        "Position in the register up to which the view holds everything.",
        lambda view: view.position,
    ),
    (
        "disposisi_view_lag_events",
        (
            "Lines of the register that the view does not hold yet; above a thousand an"
            " upper bound."
        ),
        lambda view: view.events,
    ),
    (
        "disposisi_view_lag_seconds",
        (
            "Seconds since the oldest line that the view does not hold was recorded;"
            " 0 without one."
        ),
        lambda view: view.seconds,
    ),
    (
        "disposisi_view_progress_age_seconds",
        "Seconds since the view last took lines in; grows while nobody records any.",
        lambda view: view.moved_age,
    ),
    (
        "disposisi_view_look_age_seconds",
        (
            "Seconds since the projector last looked for new lines; it does so every"
            " second."
        ),
        lambda view: view.looked_age,
    ),
    (
        "disposisi_view_parked_entries",
        "Entries that the view could not take, with the later ones of their histories.",
        lambda view: view.parked,
    ),
)

OF_REBUILDS: Final[tuple[tuple[str, str, Callable[[Rebuild], float]], ...]] = (
    (
        "disposisi_rebuild_lines",
        "Lines that stood in the register when this copy of a view was begun.",
        lambda rebuild: rebuild.lines,
    ),
    (
        "disposisi_rebuild_folded_lines",
        "How many of them the copy holds; after all of them it follows the register.",
        lambda rebuild: rebuild.folded,
    ),
)


class Told(msgspec.Struct, frozen=True):
    """What the database told at one scrape."""

    views: list[ViewLag]
    rebuilds: list[Rebuild]


class ViewsTold(Collector):
    """Make it on the loop that shall ask; scrapes come from other threads."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch
        self._loop = asyncio.get_running_loop()

    @override
    def collect(self) -> Iterable[Metric]:
        told = asked(self._watch, self._loop, _told)
        up = "Whether the database answered within two seconds."
        yield Gauge("disposisi_database_up", up, value=told is not None)
        if told is None:
            return
        if told.views:
            head = "The register's last position."
            value = told.views[0].head
            yield Gauge("disposisi_register_position", head, value=value)
        for name, meaning, number_of in OF_VIEWS:
            family = Gauge(name, meaning, labels=("view",))
            for view in told.views:
                family.add_metric((view.name,), number_of(view))
            yield family
        for name, meaning, count_of in OF_REBUILDS:
            family = Gauge(name, meaning, labels=("view", "version"))
            for rebuild in told.rebuilds:
                family.add_metric(
                    (rebuild.name, str(rebuild.version)), count_of(rebuild)
                )
            yield family


async def _told(connection: Connection) -> Told:
    return Told(
        views=await lag.of_views(connection, SERVING),
        rebuilds=await lag.of_rebuilds(connection),
    )
