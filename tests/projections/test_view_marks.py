"""The marks say when the projector last looked; writing that costs next to nothing."""

import asyncio

import pytest

from application import register
from application.marks import AnotherFollowerError
from projections import view_marks
from projections.copies import Copy
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


async def test_who_looks_after_a_copy_that_was_retired_is_told(marks, owner):
    await view_marks.forget(owner, SERVING[-1])
    with pytest.raises(AnotherFollowerError):
        await marks.look(owner)


async def test_views_that_move_all_the_time_were_looked_at_too(marks, desk):
    await lives.record(desk, lives.many(1))
    await marks.move(desk, 0, await register.head(desk))
    assert await is_fresh(desk, "looked")
    assert await is_fresh(desk, "moved")


async def test_a_copy_that_takes_over_a_mark_makes_all_of_it_its_own(marks, desk):
    copy = SERVING[0]
    await desk.execute("update views set name = 'another', version = 1")

    await view_marks.keep(desk, Copy.serving(copy.view), 7)

    cursor = await desk.execute(
        "select name, version, position,"
        " looked_at > clock_timestamp() - interval '1 minute'"
        " from views where schema = %s",
        (copy.schema,),
    )
    assert await cursor.fetchall() == [(copy.view.name, copy.view.version, 7, True)]
