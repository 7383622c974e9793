"""Passwords: long enough, not what guessers try first, and never kept as they are."""

import asyncio

import pytest
from argon2 import PasswordHasher

from application.desk_errors import OverloadedError
from application.office import passwords
from application.office.account_errors import (
    PasswordTooCommonError,
    PasswordTooLongError,
    PasswordTooShortError,
)
from application.office.passwords import Passwords
from tests.counted_passwords import Counted

GOOD = "enam gajah menyeberang pelan"


@pytest.fixture
def keeper():
    made = Passwords()
    yield made
    made.close()


@pytest.mark.parametrize(
    "said",
    [
        GOOD,
        "x7!kQpz2wLmv",
        "tujuh lumbung padi lama",
        "ꦲꦏ꧀ꦱꦫꦗꦮꦏꦸꦤꦧꦔꦼꦠ꧀",
        "a" * 3 + "Zq9#vLw2Tx",
    ],
)
def test_length_is_enough_whatever_signs_it_has(said):
    passwords.must_be_good(said, ("bo-kepala", "Pejabat bo-kepala"))


def test_eleven_characters_are_too_few_and_twelve_are_not():
    with pytest.raises(PasswordTooShortError):
        passwords.must_be_good("kx7!QpzwLmv")
    passwords.must_be_good("kx7!QpzwLmv2")


def test_what_is_longer_than_a_phrase_is_refused():
    passwords.must_be_good("vq " * 42)
    with pytest.raises(PasswordTooLongError):
        passwords.must_be_good("vq " * 43)


@pytest.mark.parametrize(
    "said",
    [
        "password1234",
        "P@ssw0rd!2026",
        "Indonesia2026!",
        "rahasia123456",
        "katasandi.kupang",
        "aaaaaaaaaaaaaaaa",
        "123456789012345",
        "qwertyuiopasdf",
        "bppd-kupang-2026",
        "bismillah786",
        "            ",
    ],
)
def test_words_and_rows_that_guessers_try_first_are_no_password(said):
    with pytest.raises(PasswordTooCommonError):
        passwords.must_be_good(said)


def test_ones_own_id_and_name_are_no_password():
    said = "yohana-lede-1987"
    passwords.must_be_good(said)
    with pytest.raises(PasswordTooCommonError):
        passwords.must_be_good(said, ("yohana", "Yohana Lede"))


async def test_a_password_is_kept_as_argon2id_with_owasps_parameters(keeper):
    kept = await keeper.kept(GOOD)
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert GOOD not in kept
    assert await keeper.kept(GOOD) != kept
    assert await keeper.fits(GOOD, kept)
    assert not await keeper.fits(GOOD + " ", kept)


async def test_the_same_letters_typed_otherwise_are_the_same_password(keeper):
    kept = await keeper.kept("kafe\u0301 di tepi laut")
    assert await keeper.fits("kaf\u00e9 di tepi laut", kept)


async def test_where_none_is_kept_nothing_fits_after_the_same_work():
    counted = Counted()
    keeper = Passwords(counted)
    assert not await keeper.fits("nobody has this password", None)
    assert counted.compared == 1
    keeper.close()


async def test_what_was_hashed_with_less_is_outdated(keeper):
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(GOOD)
    assert keeper.is_outdated(weak)
    assert not keeper.is_outdated(await keeper.kept(GOOD))


async def test_what_is_no_hash_fits_nothing(keeper):
    assert not await keeper.fits(GOOD, "not a hash")


async def test_a_longer_queue_is_sent_away_and_the_loop_goes_on_meanwhile(keeper):
    many = [keeper.fits(GOOD, None) for _ in range(passwords.MOST_WAITING + 1)]
    turns = 0

    async def count():
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0.001)

    counting = asyncio.create_task(count())
    answers = await asyncio.gather(*many, return_exceptions=True)
    counting.cancel()
    assert sum(isinstance(one, OverloadedError) for one in answers) == 1
    assert turns > passwords.MOST_WAITING
