"""What the database alone can do: the same row inserted bare, and a command's floor."""

import re
import subprocess
import tempfile
from pathlib import Path
from statistics import median

import psycopg
from psycopg import sql

from interfaces.postgres import Programs

BARE = "bare_register"

_MAKE = f"create table if not exists {BARE} (like register including all)"
_INSERT = sql.SQL(
    f"insert into {BARE} (originator_id, originator_version, topic, state, event_id,"  # noqa: S608 - our own name
    " occurred_at, recorded_at, metadata) values (gen_random_uuid(), 2, 'disposed',"
    " {state}, gen_random_uuid(), now(), now(), {metadata});\n"
)
_HISTORY = sql.SQL(
    "select originator_version, topic, state, occurred_at, metadata from register"
    " where originator_id = {stream};\n"
)
_A_DISPOSITION = """
select originator_id, state, metadata::text from register
 where topic = 'disposed' order by notification_id desc limit 1
"""


class Bare:
    """pgbench on a copy of the register's table, triggers and append left out.

    Needs a disposition in the register, whose row it repeats.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        with psycopg.connect(url) as connection:
            connection.execute(_MAKE)
            row = connection.execute(_A_DISPOSITION).fetchone()
            assert row is not None
            stream, state, metadata = row
            self._insert = _INSERT.format(state=state, metadata=metadata).as_string(
                connection
            )
            self._history = _HISTORY.format(stream=stream).as_string(connection)

    def inserts_per_second(self, seconds: float) -> float:
        """Sixteen clients, a transaction for each row."""
        said, _ = self._run(self._insert, 16, seconds)
        found = re.search(r"tps = ([0-9.]+)", said)
        assert found, said
        return float(found[1])

    def round_trips_p50_ms(self, seconds: float) -> float:
        """Two round trips with one commit, alone: read a history, then append."""
        script = (
            f"\\startpipeline\nbegin;\n{self._history}\\endpipeline\n"
            f"\\startpipeline\n{self._insert}commit;\n\\endpipeline\n"
        )
        _, took = self._run(script, 1, seconds)
        return median(took)

    def _run(
        self, script: str, clients: int, seconds: float
    ) -> tuple[str, list[float]]:
        """Run pgbench; answer its words and each transaction's milliseconds."""
        pgbench = Programs.found(None, None).folder / "pgbench"
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "script.sql"
            file.write_text(script)
            done = subprocess.run(
                [
                    *(str(pgbench), "--no-vacuum", "--protocol=prepared"),
                    *(f"--client={clients}", f"--jobs={min(clients, 2)}"),
                    *(f"--time={seconds:.0f}", "--log", f"--file={file}", self._url),
                ],
                check=True,
                capture_output=True,
                text=True,
                cwd=folder,
            )
            lines = [
                line.split()
                for log in Path(folder).glob("pgbench_log.*")
                for line in log.read_text().splitlines()
            ]
        return done.stdout, [int(line[2]) / 1000 for line in lines]
