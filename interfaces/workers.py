"""The parts of a running service as child processes: kept alive, stopped together."""

import asyncio
import contextlib
import sys
from collections.abc import Callable, Sequence
from time import monotonic

import msgspec
import structlog

from interfaces.lifeline import Lifeline
from interfaces.settings import Settings

log = structlog.get_logger()

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 15.0
"""Seconds before a part that died is started again, doubled each time."""

STEADY = 10.0
"""A part that lived so many seconds is started again after the first pause."""

FAREWELL = 8.0
"""Seconds that parts have to finish what they are at."""

TROUBLE = (1, 2)
"""Exit codes of a part that cannot work until an operator mends something."""


class Part(msgspec.Struct, frozen=True):
    """One process of `disposisi run`."""

    name: str
    arguments: tuple[str, ...] = ()
    descriptors: tuple[int, ...] = ()
    """Open files that it inherits, such as the listening socket."""


class Post(msgspec.Struct, frozen=True):
    """A part's place in the crew, and who holds it at this moment."""

    part: str
    number: int
    starts: int
    pid: int | None
    """None while it is not running."""


class Workers:
    """Runs every part until `stop`; a part that dies is started again."""

    def __init__(self, settings: Settings, parts: Sequence[Part]) -> None:
        self._settings = settings
        self._parts = parts
        self._lifeline = Lifeline()
        self._running: dict[int, asyncio.subprocess.Process] = {}
        self._starts = [0] * len(parts)
        self._keepers: list[asyncio.Task[None]] = []
        self._hopeless: asyncio.Future[int] | None = None

    def start(self) -> None:
        self._hopeless = asyncio.get_running_loop().create_future()
        self._keepers = [
            asyncio.create_task(self._keep(number, part))
            for number, part in enumerate(self._parts)
        ]

    async def hopeless(self) -> int:
        """Wait until a part says that it cannot work; answer its exit code."""
        assert self._hopeless is not None, "start comes first"
        return await asyncio.shield(self._hopeless)

    def posts(self) -> list[Post]:
        """Tell who is at work; any thread may ask."""
        running = dict(self._running)
        return [
            Post(
                part=part.name,
                number=number,
                starts=self._starts[number],
                pid=running[number].pid if number in running else None,
            )
            for number, part in enumerate(self._parts)
        ]

    def settings_changed(self, settings: Settings) -> None:
        """Let every part start again with these settings."""
        self._settings = settings
        for process in self._running.values():
            _tell(process, process.terminate)

    async def stop(self) -> None:
        """Ask every part to finish; end those that do not."""
        for keeper in self._keepers:
            keeper.cancel()
        await asyncio.gather(*self._keepers, return_exceptions=True)
        processes = list(self._running.values())
        for process in processes:
            _tell(process, process.terminate)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(FAREWELL):
                await asyncio.gather(*(process.wait() for process in processes))
        for process in processes:
            _tell(process, process.kill)
            await process.wait()
        self._lifeline.close()

    async def _keep(self, number: int, part: Part) -> None:
        pause = FIRST_PAUSE
        while True:
            since = monotonic()
            process = await self._begin(part)
            self._running[number] = process
            self._starts[number] += 1
            code = await process.wait()
            del self._running[number]
            log.warning("part_ended", ended=part.name, code=code)
            if code in TROUBLE and self._hopeless and not self._hopeless.done():
                self._hopeless.set_result(code)
            if monotonic() - since > STEADY:
                pause = FIRST_PAUSE
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    async def _begin(self, part: Part) -> asyncio.subprocess.Process:
        end = self._lifeline.child_end
        return await asyncio.create_subprocess_exec(
            # -P: the caller's folder must not lend us modules.
            *(sys.executable, "-P", "-m", "interfaces.cli", "run", part.name),
            *(*part.arguments, "--lifeline", str(end)),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=sys.stderr.fileno(),
            pass_fds=(*part.descriptors, end),
            env=self._settings.environment(),
            # Ctrl-C at the terminal is the parent's to hand on, in the right order.
            start_new_session=True,
        )


def _tell(process: asyncio.subprocess.Process, what: Callable[[], None]) -> None:
    with contextlib.suppress(ProcessLookupError):
        if process.returncode is None:
            what()
