"""The notary's key is kept as every secret file is."""

from pathlib import Path
from stat import S_IMODE

import pytest

from application.notary.signing_file import SigningFile
from application.secret_files import KeyFileError

NAME = "log.test/ntt"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys" / "notary"


def test_what_was_made_is_read_again_and_is_its_owners_alone(path: Path):
    file = SigningFile(path)
    assert file.read() is None
    with file.held():
        made = file.make(NAME)
        following = file.make_next(NAME)
    read, read_next = file.read(), file.read_next()
    assert read is not None
    assert read_next is not None
    assert (read.secret(), read_next.secret()) == (made.secret(), following.secret())
    modes = {one.name: S_IMODE(one.stat().st_mode) for one in path.parent.iterdir()}
    assert modes == dict.fromkeys(("notary", "notary.next", "notary.lock"), 0o600)
    assert S_IMODE(path.parent.stat().st_mode) == 0o700


def test_the_next_key_takes_the_place_of_the_one_before(path: Path):
    file = SigningFile(path)
    file.make(NAME)
    following = file.make_next(NAME)
    file.take_next()
    read = file.read()
    assert read is not None
    assert read.secret() == following.secret()
    assert file.read_next() is None


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"PRIVATE+KEY+x", b"a" * 9_000])
def test_a_file_without_a_key_is_told_and_left_as_it_is(path: Path, content: bytes):
    path.parent.mkdir(mode=0o700)
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(KeyFileError, match="holds no signing key"):
        SigningFile(path).read()
    assert path.read_bytes() == content


def test_a_place_that_is_no_folder_is_told(path: Path):
    path.parent.touch()
    with pytest.raises(KeyFileError, match="can't be locked"), SigningFile(path).held():
        pytest.fail("nobody holds what is not there")
    with pytest.raises(KeyFileError, match="can't be made"):
        SigningFile(path).make(NAME)
