"""What we pack, PostgreSQL and its driver read back as it was."""

from datetime import UTC, date, datetime, timedelta, timezone
from uuid import UUID, uuid4

import psycopg
import pytest

from application import arrays

NOON = datetime(2026, 3, 16, 12, 0, 0, 999_999, tzinfo=timezone(timedelta(hours=8)))
LONG_AGO = datetime(1945, 8, 17, 10, 0, 0, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def connection(server_url):
    with psycopg.connect(server_url) as opened:
        yield opened


@pytest.mark.parametrize(
    ("statement", "pack", "values"),
    [
        ("select %b::uuid[]", arrays.uuids, [uuid4(), UUID(int=0), uuid4()]),
        ("select %b::bigint[]", arrays.bigints, [0, 1, -(2**63), 2**63 - 1]),
        ("select %b::text[]", arrays.texts, ["", "NULL", 'a"b\\c,{}', "“ya” 漢字"]),
        ("select %b::bytea[]", arrays.byteas, [b"", b"\0\xff", b"{}" * 9000]),
        ("select %b::timestamptz[]", arrays.instants, [NOON, LONG_AGO, NOON]),
        ("select %b::boolean[]", arrays.booleans, [True, False, True]),
        ("select %b::uuid[]", arrays.uuids_or_null, [None, uuid4(), None]),
        ("select %b::text[]", arrays.texts_or_null, [None, "", "“ya”", None]),
        ("select %b::timestamptz[]", arrays.instants_or_null, [NOON, None, LONG_AGO]),
        ("select %b::date[]", arrays.dates_or_null, [None, NOON.date(), date.min]),
    ],
)
def test_an_array_is_read_back_as_it_was_packed(connection, statement, pack, values):
    assert connection.execute(statement, (pack(values),)).fetchone() == (values,)
    assert connection.execute(statement, (pack([]),)).fetchone() == ([],)


def test_texts_may_come_encoded(connection):
    packed = arrays.utf8s(['{"note":"“ya”"}'.encode()])

    row = connection.execute("select %b::text[]", (packed,)).fetchone()

    assert row == (['{"note":"“ya”"}'],)
