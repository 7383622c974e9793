"""Who asks for views before they are made comes again; another table is our mistake."""

import psycopg
import pytest
from litestar.testing import RequestFactory
from structlog.testing import capture_logs

from interfaces.http.refusals import HANDLERS
from projections.copies import Copy
from projections.views import SERVING, TABLES


@pytest.fixture
def database_url(url_without_views: str) -> str:
    """No projector has come here yet."""
    return url_without_views


async def answered(connection, statement):
    with pytest.raises(psycopg.errors.UndefinedTable) as raised:
        await connection.execute(statement)
    handler = HANDLERS[psycopg.errors.UndefinedTable]
    with capture_logs() as logs:
        answer = handler(RequestFactory().get(), raised.value)
    return answer.status_code, [log["event"] for log in logs]


@pytest.mark.parametrize("table", [*sorted(TABLES), f"{SERVING[0].schema}.cases"])
async def test_a_table_of_a_view_is_there_soon(owner, table):
    told = await answered(owner, f"select from {table}")
    assert told == (503, ["view_missing"])


@pytest.mark.parametrize("table", ["casess", "my_cases", "registers"])
async def test_a_table_that_is_no_view_s_is_a_mistake(owner, table):
    told = await answered(owner, f"select from {table}")
    assert told == (500, ["request_failed"])


@pytest.mark.parametrize("copy", SERVING, ids=lambda copy: copy.view.name)
def test_every_view_says_a_table_of_its_own(copy: Copy):
    assert any(f"create table {table} (" in copy.view.create for table in TABLES)
