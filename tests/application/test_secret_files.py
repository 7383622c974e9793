"""Secret files: for their owner alone, whole or not at all, safe when it is said."""

import os
from stat import S_IMODE, S_ISDIR

import pytest

from application import secret_files
from application.secret_files import KeyFileError

WRITERS = [secret_files.make, secret_files.replace]


@pytest.mark.parametrize("write", WRITERS)
def test_what_was_written_is_its_owners_alone(tmp_path, write):
    path = tmp_path / "keys" / "one"
    write(path, b"secret")
    assert secret_files.read(path, 100) == b"secret"
    assert S_IMODE(path.stat().st_mode) == 0o600
    assert S_IMODE(path.parent.stat().st_mode) == 0o700
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("write", WRITERS)
def test_its_name_is_flushed_to_the_folder_as_its_bytes_are(
    tmp_path, monkeypatch, write
):
    flushed: list[bool] = []
    really = os.fsync

    def fsync(file: int) -> None:
        flushed.append(S_ISDIR(os.fstat(file).st_mode))
        really(file)

    monkeypatch.setattr(os, "fsync", fsync)
    write(tmp_path / "one", b"secret")
    assert flushed == [False, True]


def test_of_two_makers_the_first_one_wins(tmp_path):
    path = tmp_path / "one"
    assert secret_files.make(path, b"first")
    assert not secret_files.make(path, b"second")
    assert secret_files.read(path, 100) == b"first"
    secret_files.replace(path, b"third")
    assert secret_files.read(path, 3) == b"thi"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("write", WRITERS)
def test_a_place_that_can_not_be_written_is_told(tmp_path, write):
    (tmp_path / "keys").touch()
    with pytest.raises(KeyFileError, match="can't be made"):
        write(tmp_path / "keys" / "one", b"secret")


def test_a_lock_that_an_older_release_left_open_is_its_owners_alone_again(tmp_path):
    lock = tmp_path / "one.lock"
    lock.touch()
    lock.chmod(0o644)
    with secret_files.held(tmp_path / "one"):
        assert S_IMODE(lock.stat().st_mode) == 0o600
