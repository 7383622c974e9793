"""The processes of `serve`: which of them live, how often they began, what they use."""

import os
from collections.abc import Iterable
from functools import partial
from typing import Final

from prometheus_client import ProcessCollector
from prometheus_client.core import CounterMetricFamily as Counter
from prometheus_client.core import GaugeMetricFamily as Gauge
from prometheus_client.core import Metric
from prometheus_client.registry import Collector
from typing_extensions import override

from interfaces.metrics.watch import Watch
from interfaces.workers import Post

LABELS: Final = ("part", "number")


class PartsTold(Collector):
    """Processes are told under the names that every program uses, with their part."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch

    @override
    def collect(self) -> Iterable[Metric]:
        crew = self._watch.crew
        posts = crew.posts() if crew is not None else []
        up = Gauge(
            "disposisi_part_up", "Whether the part's process lives.", None, LABELS
        )
        starts = Counter(
            "disposisi_part_starts",
            "How often the part was started; more than once when it had died.",
            None,
            LABELS,
        )
        for post in posts:
            up.add_metric(_labels(post), post.pid is not None)
            starts.add_metric(_labels(post), post.starts)
        yield from (up, starts)
        ourselves = Post(part="serve", number=0, starts=1, pid=os.getpid())
        yield from _processes([ourselves, *posts])


def _labels(post: Post) -> tuple[str, str]:
    return post.part, str(post.number)


def _processes(posts: Iterable[Post]) -> Iterable[Metric]:
    """Tell memory, processor time and open files; nothing of what ended meanwhile."""
    families: dict[str, Counter | Gauge] = {}
    for post in posts:
        if post.pid is None:
            continue
        whose = partial(str, post.pid)
        for told in ProcessCollector(pid=whose, registry=None).collect():
            kind = Counter if told.type == "counter" else Gauge
            family = families.setdefault(
                told.name, kind(told.name, told.documentation, None, LABELS)
            )
            for sample in told.samples:
                family.add_metric(_labels(post), sample.value)
    return families.values()
