"""The marks say when the projector last looked; writing that costs next to nothing."""

import asyncio

import pytest

from application import register
from projections import view_marks
from projections.view_marks import ViewMarks
from projections.views import SERVING
from tests.projections import lives
from tests.projections.projecting import projected


@pytest.fixture
async def marks(database_url, desk, owner):
    """Give the marks of views that were last looked at an hour ago."""
    await projected(database_url, desk)
    await owner.execute(
        "update views set looked_at = clock_timestamp() - interval '1 hour',"
        " moved_at = clock_timestamp() - interval '1 hour'"
    )
    return ViewMarks(SERVING)


async def written(connection):
    """Tell which write the marks are of; another write, another transaction."""
    cursor = await connection.execute("select distinct xmin from views")
    [told] = await cursor.fetchall()
    return told


async def is_fresh(connection, column):
    cursor = await connection.execute(
        "select bool_and(case %s when 'moved' then moved_at else looked_at end"
        " > clock_timestamp() - interval '1 minute') from views",
        (column,),
    )
    [fresh] = await cursor.fetchone()
    return fresh


async def test_looks_one_after_the_other_are_written_once(marks, desk):
    await marks.look(desk)
    assert await is_fresh(desk, "looked")
    assert not await is_fresh(desk, "moved"), "there was nothing to take in"
    first = await written(desk)
    await asyncio.gather(*(marks.look(desk) for _ in range(20)))
    assert await written(desk) == first


async def test_a_look_that_is_no_longer_fresh_is_written_again(
    marks, desk, monkeypatch
):
    await marks.look(desk)
    first = await written(desk)
    monkeypatch.setattr(view_marks, "LOOK_AGAIN", 0.0)
    await marks.look(desk)
    assert await written(desk) != first


async def test_views_that_move_all_the_time_were_looked_at_too(marks, desk):
    await lives.record(desk, lives.many(1))
    await marks.move(desk, 0, await register.head(desk))
    assert await is_fresh(desk, "looked")
    assert await is_fresh(desk, "moved")
