"""The key file of our own issuer: made once, kept from others, replaced in one step."""

import threading
from datetime import UTC, datetime, timedelta
from stat import S_IMODE
from types import SimpleNamespace

import pytest
from joserfc import jwt

from application.keys import KeyFileError
from application.office.access_tokens import Issuer
from application.office.basis import Basis
from application.office.key_sets import ALGORITHM, KEPT_FOR, KeyFile

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@pytest.fixture
def time():
    """Give the time that the key file believes in."""
    return SimpleNamespace(now=NOW)


@pytest.fixture
def path(tmp_path):
    """Give where the file is to stand."""
    return tmp_path / "keys" / "issuer"


@pytest.fixture
def keys(path, time):
    """Give the key file, not made yet."""
    return KeyFile(path, lambda: time.now)


def test_the_first_start_makes_a_key_that_nobody_else_may_read(keys, path):
    kid = keys.signing().kid
    assert list(keys.public()) == [kid]
    assert S_IMODE(path.stat().st_mode) == 0o600
    assert S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [one.name for one in path.parent.iterdir()] == ["issuer"]


def test_the_next_start_finds_the_key(keys, path, time):
    kid = keys.signing().kid
    assert KeyFile(path, lambda: time.now).signing().kid == kid


def test_of_several_who_start_at_once_one_makes_the_key(path, time):
    made: list[str | None] = []

    def start():
        made.append(KeyFile(path, lambda: time.now).signing().kid)

    threads = [threading.Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 8
    assert len(set(made)) == 1


def test_a_running_worker_signs_with_the_new_key_at_once(keys, path, time):
    other = KeyFile(path, lambda: time.now)
    former = other.signing().kid
    new = keys.rotate()
    assert other.signing().kid == new
    assert set(other.public()) == {former, new}


def test_a_former_key_keeps_no_secret_and_goes_after_its_last_token(keys, path, time):
    former = keys.signing().kid
    keys.rotate()
    assert path.read_text().count('"d"') == 1
    assert not keys.public()[former].is_private
    time.now += KEPT_FOR + timedelta(seconds=1)
    keys.rotate()
    assert former not in keys.public()
    assert former not in path.read_text()


def test_a_former_key_is_believed_no_longer_than_that_without_another_rotation(
    keys, time
):
    former = keys.signing().kid
    new = keys.rotate()
    time.now += KEPT_FOR - timedelta(seconds=1)
    assert set(keys.public()) == {former, new}
    time.now += timedelta(seconds=1)
    assert set(keys.public()) == {new}


def test_of_several_who_rotate_at_once_nobody_loses_a_key(keys, path, time):
    former = keys.signing().kid
    made: list[str] = []

    def rotate():
        made.append(KeyFile(path, lambda: time.now).rotate())

    threads = [threading.Thread(target=rotate) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(keys.public()) == {former, *made}
    assert len(made) == 8


def test_a_key_that_was_seen_is_not_kept(keys):
    former = keys.signing().kid
    keys.rotate(keep_former=False)
    assert former not in keys.public()


def test_a_token_under_a_former_key_still_verifies(keys):
    token = Issuer("https://disposisi.example", keys).issue(
        "kabiro", NOW, NOW, basis=Basis()
    )
    former = keys.signing().kid
    keys.rotate()
    told = jwt.decode(token, keys.public()[former], algorithms=[ALGORITHM])
    assert told.claims["sub"] == "kabiro"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b"secret",
        b'[{"made_at": "2026-03-02T01:00:00Z", "key": {"kty": "oct", "k": "AAAA"}}]',
        b'[{"made_at": "2026-03-02T01:00:00Z", "key": {"kty": "OKP", "kid": "a"}}]',
    ],
)
def test_a_file_that_is_no_key_set_is_refused_and_kept(keys, path, content):
    path.parent.mkdir()
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(KeyFileError) as trouble:
        keys.signing()
    assert "issuer" in str(trouble.value)
    assert path.read_bytes() == content


def test_a_file_that_others_may_read_is_refused(keys, path):
    keys.signing()
    path.chmod(0o640)
    with pytest.raises(KeyFileError, match="chmod 600"):
        KeyFile(path, lambda: NOW).signing()
