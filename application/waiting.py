"""An errand in the desk's queue, and who waits for its answer."""

import asyncio

from application.errands import Errand
from application.recorded import Recorded


class Waiting:
    """Told once; races are counted while it loses against other processes."""

    __slots__ = ("errand", "future", "races")

    def __init__(self, errand: Errand) -> None:
        self.errand = errand
        self.future: asyncio.Future[Recorded] = (
            asyncio.get_running_loop().create_future()
        )
        self.races = 0

    def tell(self, outcome: Recorded | BaseException) -> None:
        """Answer, or raise where it is waited for."""
        if self.future.done():  # the client has gone; what was recorded stays
            return
        if isinstance(outcome, Recorded):
            self.future.set_result(outcome)
        else:
            self.future.set_exception(outcome)
