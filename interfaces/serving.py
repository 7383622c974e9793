"""`serve`: database, web workers, projector and sealer, from one command to its end."""

import asyncio
import contextlib
import signal
import socket
import sys
from collections.abc import AsyncIterator, Iterator

import structlog

from interfaces import database, first_administrator, office_calendar
from interfaces.cluster import Cluster
from interfaces.data_folder import DataFolder, FolderOwnedError
from interfaces.front_door import address_of, listening, until_ready
from interfaces.metrics.address import answering
from interfaces.metrics.notary_told import NotaryTold
from interfaces.metrics.parts_told import PartsTold
from interfaces.metrics.views_told import ViewsTold
from interfaces.metrics.watch import Watch
from interfaces.settings import Settings
from interfaces.trouble import OperatorError
from interfaces.workers import Part, Workers

log = structlog.get_logger()

STOPPING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


async def serve(
    settings: Settings, host: str, workers: int, watched_at: tuple[str, int]
) -> int:
    """Serve until a signal says stop; answer the exit code.

    `watched_at` is the host and port of metrics. Raises OperatorError where a port,
    the folder or the database cannot be had.
    """
    stop = asyncio.Event()
    for number in STOPPING:
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    folder = DataFolder(settings.data_path)
    folder.prepare()
    watch = Watch(folder)
    told = (ViewsTold(watch), NotaryTold(watch), PartsTold(watch))
    with (
        _owned(folder),
        listening(host, settings.port) as door,
        answering(*watched_at, *told) as metrics,
    ):
        watch.know(metrics=metrics)
        serving = asyncio.create_task(_serve(settings, folder, door, workers, watch))
        stopped = asyncio.create_task(stop.wait())
        await asyncio.wait({serving, stopped}, return_when=asyncio.FIRST_COMPLETED)
        stopped.cancel()
        serving.cancel()
        try:
            return await serving
        except asyncio.CancelledError:
            return 0


async def _serve(
    settings: Settings,
    folder: DataFolder,
    door: socket.socket,
    workers: int,
    watch: Watch,
) -> int:
    async with _database(settings, folder) as cluster:
        if cluster is not None:
            settings = settings.with_database(cluster.url)
        # Workers name our issuer by the address; port 0 is not yet one.
        settings = settings.at_port(door.getsockname()[1])
        url = settings.database_url or ""
        await asyncio.to_thread(database.migrate, url)
        await office_calendar.enter_built_in(url)
        welcome = await first_administrator.link(url)
        watch.know(database=url)
        log.info("metrics_answered", url=watch.notice.metrics)
        web = Part("web", ("--fd", str(door.fileno())), (door.fileno(),))
        crew = Workers(settings, [web] * workers + [Part("projector"), Part("sealer")])
        crew.start()
        watch.crew = crew
        try:
            return await _attend(settings, door, crew, cluster, watch, welcome=welcome)
        finally:
            await crew.stop()


async def _attend(
    settings: Settings,
    door: socket.socket,
    crew: Workers,
    cluster: Cluster | None,
    watch: Watch,
    *,
    welcome: str | None,
) -> int:
    address = address_of(door)
    hopeless = asyncio.create_task(crew.hopeless())
    ready = asyncio.create_task(until_ready(door))
    await asyncio.wait({hopeless, ready}, return_when=asyncio.FIRST_COMPLETED)
    if hopeless.done():
        ready.cancel()
        return hopeless.result()
    hopeless.cancel()
    watch.know(http=address)
    if welcome is not None:
        first_administrator.tell(welcome, address)
    # The one line of standard output: whoever started us waits for it.
    sys.stdout.write(f"ready {address}\n")
    sys.stdout.flush()
    while True:
        await asyncio.sleep(1)
        if cluster is not None and cluster.postmaster() is None:
            log.error("database_ended")
            await asyncio.to_thread(cluster.start)
            if cluster.url != watch.notice.database:
                watch.know(database=cluster.url)
                crew.settings_changed(settings.with_database(cluster.url))


@contextlib.asynccontextmanager
async def _database(
    settings: Settings, folder: DataFolder
) -> AsyncIterator[Cluster | None]:
    """Run the embedded database, unless one was given."""
    if settings.database_url:
        yield None
        return
    cluster = database.cluster_in(folder, settings.pg_bin)
    starting = asyncio.create_task(asyncio.to_thread(cluster.start))
    try:
        await asyncio.shield(starting)
        yield cluster
    finally:
        await asyncio.to_thread(cluster.stop)
        await asyncio.gather(starting, return_exceptions=True)


@contextlib.contextmanager
def _owned(folder: DataFolder) -> Iterator[None]:
    try:
        with folder.owned():
            yield
    except FolderOwnedError as fault:
        notice = folder.notice()
        where = notice.http if notice and notice.http else folder.path
        raise OperatorError(
            indonesian=f"Disposisi sudah berjalan dengan folder data ini: {where}",
            english=f"Disposisi already runs on this data folder: {where}",
        ) from fault
