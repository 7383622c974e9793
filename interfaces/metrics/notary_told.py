"""The notary, asked anew at every scrape: how far it is behind, and what it signed."""

import asyncio
from collections.abc import Callable, Iterable
from concurrent.futures import CancelledError
from typing import Final

import psycopg
from prometheus_client.core import GaugeMetricFamily as Gauge
from prometheus_client.core import Metric
from prometheus_client.registry import Collector
from typing_extensions import override

from application.notary.pulse import Pulse, pulse
from interfaces.metrics.views_told import PATIENCE
from interfaces.metrics.watch import Watch
from projections import lag

FIGURES: Final[tuple[tuple[str, str, Callable[[Pulse], float | None]], ...]] = (
    (
        "disposisi_log_entries",
        "Entries that are sealed in the notary's log.",
        lambda found: found.size,
    ),
    (
        "disposisi_log_lag_events",
        "Lines of the register that are not sealed yet; a thousand stands for more.",
        lambda found: found.lines,
    ),
    (
        "disposisi_log_lag_seconds",
        "Seconds since the oldest line that is not sealed was recorded; 0 without one.",
        lambda found: found.seconds,
    ),
    (
        "disposisi_log_stopped",
        (
            "1 when nothing more is sealed: somebody wrote beside the register's"
            " append, or changed the log."
        ),
        lambda found: found.stopped_at is not None,
    ),
    (
        "disposisi_log_checkpoint_entries",
        "Entries that the latest signed checkpoint covers.",
        lambda found: found.signed_size,
    ),
    (
        "disposisi_log_checkpoint_age_seconds",
        (
            "Seconds since the latest checkpoint was signed; grows while nobody records"
            " anything."
        ),
        lambda found: found.signed_age,
    ),
)


class NotaryTold(Collector):
    """Make it on the loop that shall ask; scrapes come from other threads."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch
        self._loop = asyncio.get_running_loop()

    @override
    def collect(self) -> Iterable[Metric]:
        found = self._ask()
        if found is None:
            return
        for name, meaning, figure_of in FIGURES:
            if (value := figure_of(found)) is not None:
                yield Gauge(name, meaning, value=float(value))

    def _ask(self) -> Pulse | None:
        database = self._watch.notice.database
        if not database:
            return None
        asking = asyncio.run_coroutine_threadsafe(_told_by(database), self._loop)
        try:
            return asking.result(PATIENCE)
        except (TimeoutError, CancelledError, psycopg.Error):
            return None
        finally:
            asking.cancel()


async def _told_by(database: str) -> Pulse:
    async with await psycopg.AsyncConnection.connect(
        database, autocommit=True, application_name="disposisi-metrics"
    ) as connection:
        await lag.take_role(connection)
        return await pulse(connection)
