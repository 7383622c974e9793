"""One key, one request, one answer; kept seven days, refusals never."""

from datetime import timedelta

import pytest

from application.desk_errors import KeyReusedError, StaleVersionError
from application.errands import Idempotency
from application.recorded import Recorded
from interfaces.clock import now
from tests.application.business import (
    desk_on,
    disposition,
    ends,
    key,
    letter,
    line,
)


@pytest.fixture
async def desk(database_url: str):
    """Give a desk at work on a database of its own."""
    async with desk_on(line(database_url)) as at_work:
        yield at_work


async def test_a_repeated_request_is_answered_byte_for_byte_as_the_first(desk):
    first = await desk.handle(letter(idempotency=key("one")))
    again = await desk.handle(letter(idempotency=key("one")))

    assert (again.body, again.version, again.subject) == (
        first.body,
        first.version,
        first.subject,
    )
    assert (first.replayed, again.replayed) == (False, True)


async def test_of_two_at_once_one_is_carried_out_and_one_replayed(desk):
    first, other = await ends(
        desk, letter(idempotency=key("one")), letter(idempotency=key("one"))
    )

    assert isinstance(first, Recorded)
    assert isinstance(other, Recorded)
    assert first.body == other.body
    assert (first.replayed, other.replayed) == (False, True)


async def test_a_key_with_another_body_is_refused_at_once_and_later(desk):
    one, other = await ends(
        desk,
        letter(idempotency=key("one")),
        letter(idempotency=key("one", body=b"another")),
    )
    assert isinstance(one, Recorded)
    assert isinstance(other, KeyReusedError)
    with pytest.raises(KeyReusedError):
        await desk.handle(letter(idempotency=key("one", body=b"another")))


async def test_the_same_word_is_another_key_for_another_official_or_path(desk):
    first = await desk.handle(letter(idempotency=key("one")))
    for official, path in (("other", "/v1/cases"), ("agendaris", "/v1/visits")):
        own = Idempotency(official, "POST", path, "one", key("one").body_sha256)
        assert (await desk.handle(letter(idempotency=own))).subject != first.subject


async def test_a_refusal_is_not_kept(desk):
    case = (await desk.handle(letter())).subject
    with pytest.raises(StaleVersionError):
        await desk.handle(disposition(case, 7, idempotency=key("one")))

    disposed = await desk.handle(disposition(case, 1, idempotency=key("one")))

    assert (disposed.version, disposed.replayed) == (2, False)


async def test_a_stored_reply_comes_before_the_version(desk):
    case = (await desk.handle(letter())).subject
    first = await desk.handle(disposition(case, 1, idempotency=key("one")))

    again = await desk.handle(disposition(case, 1, idempotency=key("one")))

    assert again.body == first.body
    assert again.replayed


async def test_after_seven_days_the_key_is_free_again(database_url: str):
    today = now()
    async with desk_on(line(database_url), lambda: today) as desk:
        first = await desk.handle(letter(idempotency=key("one")))
        today += timedelta(days=6, hours=23)
        assert (await desk.handle(letter(idempotency=key("one")))).replayed
        today += timedelta(hours=2)
        another = await desk.handle(letter(idempotency=key("one")))

    assert another.subject != first.subject
    assert not another.replayed
