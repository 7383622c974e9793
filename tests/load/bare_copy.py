"""What the database alone can take in: rows of the register, as Python has them."""

from time import perf_counter

import psycopg

_COLUMNS = (
    "originator_id, originator_version, topic, state, notification_id, event_id,"
    " occurred_at, recorded_at, metadata"
)
_TYPES = (
    *("uuid", "int8", "text", "bytea", "int8", "uuid"),
    # On the wire json is its text.
    *("timestamptz", "timestamptz", "text"),
)


def copied_per_second(url: str, count: int) -> float:
    """Copy rows of the register into a table like it, with all its indexes."""
    with psycopg.connect(url) as connection, connection.cursor(binary=True) as cursor:
        rows = cursor.execute(
            f"select {_COLUMNS}::text from register order by notification_id limit %s",  # noqa: S608 - our own words
            (count,),
        ).fetchall()
        cursor.execute("create table copied (like register including all)")
        connection.commit()
        since = perf_counter()
        with cursor.copy(
            f"copy copied ({_COLUMNS}) from stdin (format binary)"
        ) as copy:
            copy.set_types(_TYPES)
            for row in rows:
                copy.write_row(row)
        connection.commit()
        rate = len(rows) / (perf_counter() - since)
        cursor.execute("drop table copied")
        connection.commit()
    return rate
