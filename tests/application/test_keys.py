"""The key-encryption key: made once, kept close, refused when it is unfit."""

import multiprocessing

import pytest

from application import keys
from application.cipher import SealBrokenError


def fingerprint_of(path):
    return keys.load(path).fingerprint


def test_the_first_start_makes_a_key_that_only_its_owner_may_read(tmp_path):
    path = tmp_path / "keys" / "kek"
    keys.load(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert len(path.read_bytes()) == 32
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_a_second_start_finds_the_same_key(tmp_path):
    path = tmp_path / "kek"
    assert fingerprint_of(path) == fingerprint_of(path)


def test_processes_that_start_at_once_agree_on_one_key(tmp_path):
    path = tmp_path / "keys" / "kek"
    context = multiprocessing.get_context("spawn")
    with context.Pool(4) as pool:
        assert len(set(pool.map(fingerprint_of, [path] * 16))) == 1
    assert [file.name for file in path.parent.iterdir()] == ["kek"]


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o620])
def test_a_key_file_open_to_others_is_refused(tmp_path, mode):
    path = tmp_path / "kek"
    keys.load(path)
    path.chmod(mode)
    with pytest.raises(keys.KeyFileError) as refusal:
        keys.load(path)
    assert refusal.value.path == path
    assert "chmod 600" in refusal.value.fault


@pytest.mark.parametrize("size", [0, 31, 33])
def test_a_key_file_of_another_size_is_refused(tmp_path, size):
    path = tmp_path / "kek"
    path.touch(mode=0o600)
    path.write_bytes(b"k" * size)
    with pytest.raises(keys.KeyFileError):
        keys.load(path)
    assert path.read_bytes() == b"k" * size


def test_a_key_file_that_is_a_folder_is_refused(tmp_path):
    with pytest.raises(keys.KeyFileError):
        keys.load(tmp_path)


def test_what_one_key_wrapped_another_does_not_unwrap():
    wrapped = keys.KeyEncryptionKey(b"1" * 32).wrap(b"data key", b"person")
    with pytest.raises(SealBrokenError):
        keys.KeyEncryptionKey(b"2" * 32).unwrap(wrapped, b"person")


def test_a_wrapped_key_unwraps_for_its_holder_alone():
    kek = keys.KeyEncryptionKey(b"1" * 32)
    wrapped = kek.wrap(b"data key", b"person")
    assert kek.unwrap(wrapped, b"person") == b"data key"
    with pytest.raises(SealBrokenError):
        kek.unwrap(wrapped, b"another person")


def test_a_key_shows_itself_nowhere():
    kek = keys.KeyEncryptionKey(b"secretsecretsecretsecretsecretse")
    assert "secret" not in repr(kek)
    assert b"secret" not in kek.fingerprint
