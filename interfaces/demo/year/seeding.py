"""Enters the made-up year through the API, over many connections at once."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from datetime import datetime

from interfaces.demo.api import Api
from interfaces.demo.year.plan import plan, play

AT_ONCE = 24
"""Connections, one a thread; more only wait for the same two processors."""


def seed_year(api: Api, seed: int, cases: int, until: datetime) -> Iterator[int]:
    """Yield how many cases have been entered, after each one.

    They are begun in the order in which they came in, so that registration numbers
    follow it closely.
    """
    crew = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="demo")
    try:
        futures: list[Future[None]] = [
            crew.submit(play, api, planned, seed, until)
            for planned in plan(seed, cases, until)
        ]
        for entered, future in enumerate(as_completed(futures), 1):
            future.result()
            yield entered
    finally:
        crew.shutdown(cancel_futures=True)
