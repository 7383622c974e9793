"""Children die with their parent, however it dies, and never hold its port alone.

The parent keeps the writing end of a pipe that it never writes to; each child waits
on the reading end, which ends when the parent does. Where the kernel can tell a child
of its parent's death (Linux), that is used too: it also reaches a child that hangs.
"""

import ctypes
import os
import signal
import sys
from threading import Thread

PR_SET_PDEATHSIG = 1


class Lifeline:
    """The parent's side."""

    def __init__(self) -> None:
        self.child_end, self._parent_end = os.pipe()

    def close(self) -> None:
        os.close(self.child_end)
        os.close(self._parent_end)


def hold(child_end: int) -> None:
    """Leave at once, without farewell, when the parent is gone."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    Thread(target=_wait, args=[child_end], name="lifeline", daemon=True).start()


def _wait(child_end: int) -> None:
    os.read(child_end, 1)
    os._exit(1)
