"""Who trusts the log's first key believes those after it, each up to its own end."""

import pytest

from application.notary import trusted_keys
from application.notary.checkpoint import Checkpoint, Introduction
from application.notary.key_history import KeyHistory, OlderKeyError
from application.notary.note import NoteError, SigningKey

NAME = "tests.example/log"
OLD, NEW = SigningKey(NAME, b"1" * 32), SigningKey(NAME, b"2" * 32)
HISTORY = KeyHistory(OLD.verifier).followed_by(
    Introduction(NAME, 2, NEW.verifier, 100).signed(OLD, NEW)
)


def note(key: SigningKey, size: int) -> bytes:
    return Checkpoint(NAME, size, bytes(32)).signed(key).encode()


def test_the_first_key_leads_to_the_later_ones():
    opened = trusted_keys.opening([OLD.verifier], HISTORY)
    assert opened(note(OLD, 100)).size == 100
    assert opened(note(NEW, 101)).size == 101


def test_a_key_that_was_replaced_signs_nothing_more():
    opened = trusted_keys.opening([OLD.verifier], HISTORY)
    with pytest.raises(NoteError):
        opened(note(OLD, 101))


def test_a_later_key_leads_on_and_what_came_before_it_is_not_checked():
    third = SigningKey(NAME, b"4" * 32)
    history = HISTORY.followed_by(
        Introduction(NAME, 3, third.verifier, 200).signed(NEW, third)
    )
    opened = trusted_keys.opening([NEW.verifier], history)
    assert opened(note(NEW, 200)).size == 200
    assert opened(note(third, 201)).size == 201
    with pytest.raises(OlderKeyError):
        opened(note(OLD, 100))
    for wrong in (note(OLD, 101), note(NEW, 201)):
        with pytest.raises(NoteError) as refusal:
            opened(wrong)
        assert not isinstance(refusal.value, OlderKeyError)


def test_a_history_of_somebody_elses_keys_is_not_followed():
    other = SigningKey(NAME, b"3" * 32)
    opened = trusted_keys.opening([other.verifier], HISTORY)
    with pytest.raises(NoteError):
        opened(note(NEW, 101))
    assert opened(note(other, 5)).size == 5


def test_a_file_of_keys_is_read_as_it_was_published():
    assert trusted_keys.read(HISTORY.text()) == HISTORY.keys
    for text in ("", "not a key\n"):
        with pytest.raises(NoteError):
            trusted_keys.read(text)


def test_what_is_no_text_is_no_checkpoint():
    with pytest.raises(NoteError):
        trusted_keys.opening([OLD.verifier])(b"\xff\xfe")
