"""What the embedded server is told at every start: its address, memory and manners."""

import hashlib
import os
import re
import socket
import tempfile
from contextlib import suppress
from pathlib import Path

from interfaces.postgres import Account

SHORT = re.compile(r"[A-Za-z0-9/._-]{1,90}")
"""A socket's path has 104 bytes on macOS, and libpq reads a comma as two hosts."""

COMMON = Path("/tmp")  # noqa: S108 - the owner of what we find there is looked at

SETTINGS = """\
# Written anew at every start; your own settings belong in postgresql.conf, below.
listen_addresses = '127.0.0.1'
port = {port}
unix_socket_directories = '{socket}'
max_connections = 100
shared_buffers = {shared_buffers}MB
max_wal_size = 2GB
min_wal_size = 256MB
wal_buffers = 16MB
random_page_cost = 1.1
fsync = on
synchronous_commit = on
full_page_writes = on
jit = off                           # our statements are short: compiling costs more
timezone = 'UTC'
lc_messages = 'C'
logging_collector = on
log_directory = '{log}'
log_filename = 'postgres-%a.log'    # a week of days, each overwritten by its next
log_truncate_on_rotation = on
log_rotation_age = 1d
log_line_prefix = '%m [%p] '
log_error_verbosity = terse         # details and statements hold personal data
log_min_error_statement = panic
"""


def told(*, port: int, socket: Path, log: Path) -> str:
    """Fill the settings in; memory is an eighth of the machine's, within bounds."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    return SETTINGS.format(
        port=port,
        socket=socket,
        log=str(log).replace("'", "''"),
        shared_buffers=max(128, min(memory // 8, 2048)),
    )


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def socket_folder(home: Path, account: Account | None) -> Path:
    """Make the socket's folder beside the files, or in /tmp if that is too long."""
    place = home / "run"
    if not SHORT.fullmatch(str(place)):
        name = hashlib.sha256(os.fsencode(home)).hexdigest()[:16]
        place = COMMON / f"disposisi-{name}"
    with suppress(FileExistsError):
        place.mkdir(mode=0o700)
    if place.lstat().st_uid in {os.geteuid(), account.uid if account else -1}:
        return place
    # Somebody else holds the name in the common folder, and may watch what is in it.
    return Path(tempfile.mkdtemp(prefix="disposisi-", dir=COMMON))
