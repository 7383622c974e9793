"""The notary, asked anew at every scrape: how far it is behind, and what it signed."""

import asyncio
from collections.abc import Callable, Iterable
from typing import Final

from prometheus_client.core import GaugeMetricFamily as Gauge
from prometheus_client.core import Metric
from prometheus_client.registry import Collector
from typing_extensions import override

from application.notary.pulse import Pulse, pulse
from interfaces.metrics.asking import asked
from interfaces.metrics.watch import Watch

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
        "disposisi_log_unsigned",
        "1 when the notary refuses to sign: its key is gone, or the log is not its.",
        lambda found: found.unsigned_since is not None,
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
        found = asked(self._watch, self._loop, pulse)
        if found is None:
            return
        for name, meaning, figure_of in FIGURES:
            if (value := figure_of(found)) is not None:
                yield Gauge(name, meaning, value=float(value))
