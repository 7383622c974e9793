"""One PostgreSQL server of our own: made on first start, adopted if it still runs."""

import os
import secrets
import shutil
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import msgspec
import psycopg

from application import secret_files
from interfaces.postgres import Programs
from interfaces.postgres_settings import free_port, socket_folder, told
from interfaces.trouble import OperatorError

OWNER = "disposisi"
DATABASE = "disposisi"


class Postmaster(msgspec.Struct, frozen=True):
    """What a running server says of itself in postmaster.pid."""

    pid: int
    port: int
    socket: str


class Cluster:
    """The server kept in `home`, a folder of the account that runs it."""

    def __init__(self, home: Path, programs: Programs, password_file: Path) -> None:
        self._home = home
        self._programs = programs
        self._password_file = password_file
        self._files = home / "cluster"
        self._log = home / "log"
        self._port: int | None = None
        self._socket: Path | None = None
        self._stopping = False

    @property
    def url(self) -> str:
        """The owner's URL of our database, as long as the server runs."""
        return self._url(DATABASE)

    def start(self) -> None:
        """Start or adopt the server; OperatorError when that fails or it is stopped."""
        if not self._files.exists():
            self._make()
        while not self._answers():
            if self.postmaster() is None:
                self._launch()
            else:
                # Left by a killed supervisor and still recovering, or still leaving.
                time.sleep(0.05)
        self._make_database()

    def stop(self) -> None:
        """End sessions and take the server down, all that was committed on disk.

        May be called while another thread still waits in `start`.
        """
        self._stopping = True
        running = self.postmaster()
        if running is None:
            return
        answer = self._ctl("stop", "-m", "fast", "-w", "-t", "15")
        if answer is not None:
            # Whoever hangs on is cut off; the next start recovers from the log.
            self._ctl("stop", "-m", "immediate", "-w", "-t", "5")
        if not running.socket.startswith(str(self._home)):
            shutil.rmtree(running.socket, ignore_errors=True)

    def postmaster(self) -> Postmaster | None:
        """Tell of the living server, if there is one."""
        try:
            lines = (self._files / "postmaster.pid").read_text().splitlines()
            told = Postmaster(pid=int(lines[0]), port=int(lines[3]), socket=lines[4])
        except (FileNotFoundError, IndexError, ValueError):
            # None runs, or it has not got as far as to say so.
            return None
        return told if _is_postgres(told.pid) else None

    def _make(self) -> None:
        """Make the database files aside and move them in place when they are whole."""
        draft = self._home / "cluster.draft"
        shutil.rmtree(draft, ignore_errors=True)
        if not self._password_file.exists():
            secret_files.write(self._password_file, secrets.token_urlsafe(24).encode())
        note = self._home / "password"
        secret_files.write(note, self._password_file.read_bytes())
        self._hand_over(note)
        # PostgreSQL 17 has a C.UTF-8 of its own; before, the system's is asked.
        locale = (
            ("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
            if self._programs.major >= 17  # noqa: PLR2004 - said in the line above
            else ("--locale=C.UTF-8",)
        )
        made = self._programs.run(
            "initdb", f"--pgdata={draft}", f"--username={OWNER}", f"--pwfile={note}",
            "--auth=scram-sha-256", "--data-checksums", "--encoding=UTF8", *locale,
            "--no-instructions",
        )  # fmt: skip
        note.unlink()
        if made.returncode != 0:
            raise self._failed(made.stderr)
        with (draft / "postgresql.conf").open("a") as conf:
            conf.write("\ninclude = 'disposisi.conf'\n")
        draft.rename(self._files)

    def _launch(self) -> None:
        self._log.mkdir(mode=0o700, exist_ok=True)
        self._hand_over(self._log)
        (self._files / "postmaster.pid").unlink(missing_ok=True)
        trouble: str | None = None
        for attempt in range(6):
            if self._stopping:
                break
            self._write_settings()
            # Recovery after a crash may take long; it is never given up halfway.
            trouble = self._ctl(
                "start", "-w", "-t", "600", "-l", str(self._log / "start.log")
            )
            if trouble is None:
                return
            # A killed server's children are still leaving; or another took the port.
            time.sleep(1)
            if attempt >= 2:  # noqa: PLR2004 - the children need a second or two
                self._port = None
        raise self._failed(trouble or "")

    def _write_settings(self) -> None:
        # A server that is started again keeps its address: its clients know no other.
        self._port = self._port or free_port()
        self._socket = self._socket or socket_folder(self._home, self._programs.account)
        self._hand_over(self._socket)
        settings = told(port=self._port, socket=self._socket, log=self._log)
        conf = self._files / "disposisi.conf"
        conf.write_text(settings)
        self._hand_over(conf)

    def _answers(self) -> bool:
        running = self.postmaster()
        if running is None:
            return False
        door = f"host='{running.socket}' port={running.port}"
        return psycopg.pq.PGconn.ping(door.encode()) == psycopg.pq.Ping.OK

    def _make_database(self) -> None:
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            known = connection.execute(
                "select from pg_database where datname = %s", [DATABASE]
            )
            if known.fetchone() is None:
                connection.execute(f"create database {DATABASE}")

    def _url(self, database: str) -> str:
        running = self.postmaster()
        if running is None:
            raise self._failed("it stopped again")
        secret = quote(self._password(), safe="")
        place = quote(running.socket, safe="")
        return f"postgresql://{OWNER}:{secret}@/{database}?host={place}&port={running.port}"

    def _password(self) -> str:
        try:
            return self._password_file.read_text()
        except OSError as fault:
            raise OperatorError(
                indonesian=f"Kata sandi basis data tidak dapat dibaca dari"
                f" {self._password_file}: {fault.strerror}."
                " Kembalikan berkas itu dari cadangannya.",
                english=f"The database's password cannot be read from"
                f" {self._password_file}: {fault.strerror}."
                " Restore that file from its backup.",
                code=1,
            ) from fault

    def _ctl(self, verb: str, *arguments: str) -> str | None:
        """Run pg_ctl; answer what went wrong, or nothing."""
        ran = self._programs.run("pg_ctl", verb, "-D", str(self._files), *arguments)
        return None if ran.returncode == 0 else ran.stderr or ran.stdout

    def _hand_over(self, path: Path) -> None:
        if account := self._programs.account:
            os.chown(path, account.uid, account.gid)

    def _failed(self, why: str) -> OperatorError:
        said = why.strip().splitlines() or [""]
        return OperatorError(
            indonesian=f"Basis data di {self._home} tidak dapat dijalankan "
            f"({said[0]}); lihat {self._log}",
            english=f"The database in {self._home} does not start "
            f"({said[0]}); see {self._log}",
            code=1,
        )


def _is_postgres(pid: int) -> bool:
    """Whether the process lives and, where the system tells, is a PostgreSQL.

    After a power cut or in a restarted container the number may be someone else's.
    """
    with suppress(FileNotFoundError):
        state = Path(f"/proc/{pid}/stat").read_text()
        return "(postgres)" in state and ") Z" not in state
    if Path("/proc/self").exists():
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
