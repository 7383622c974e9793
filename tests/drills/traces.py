"""Looks for what somebody said, however it may be written, in answers and in files."""

import base64
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

_LINES_OF_BASE64 = 3
"""A value may begin at the first, second or third byte of a group."""


class Traces:
    """Finds any of some values, in any of the ways that programs write them."""

    def __init__(self, values: Iterable[str | bytes]) -> None:
        told = [one.encode() if isinstance(one, str) else one for one in values]
        self._exact = {
            part: value for value in told for part in _in_base64(value) if part
        }
        self._folded = {
            form.lower(): value for value in told for form in _spelled(value)
        }

    def found(self, content: bytes | str) -> set[bytes]:
        """The values of which there is a trace; capitals make no difference."""
        raw = content.encode() if isinstance(content, str) else content
        small = raw.lower()
        return {value for form, value in self._folded.items() if form in small} | {
            value for form, value in self._exact.items() if form in raw
        }

    def in_files(self, folder: Path, *besides: Path) -> dict[Path, set[bytes]]:
        """The files below a folder that hold one, but for those `besides`."""
        return {
            file: found
            for file in sorted(folder.rglob("*"))
            if file.is_file() and not file.is_symlink() and file not in besides
            if (found := self.found(file.read_bytes()))
        }


def _spelled(value: bytes) -> Iterator[bytes]:
    yield value
    yield value.hex().encode()
    yield quote(value).encode()
    try:
        text = value.decode()
    except UnicodeDecodeError:
        return
    for coding in ("utf-16-le", "utf-16-be", "latin-1", "unicode_escape"):
        yield text.encode(coding, "ignore")


def _in_base64(value: bytes) -> Iterator[bytes]:
    """As it looks wherever it stands in a longer text."""
    for before in range(_LINES_OF_BASE64):
        coded = base64.b64encode(b"\0" * before + value)
        # The first and last group hold bits of what stands beside it.
        first, last = 4 * (before > 0), len(coded) - 4
        for part in (coded[first:last],):
            yield part
            yield part.replace(b"+", b"-").replace(b"/", b"_")
