"""The folder in which the log is published, as it is read.

Its files are those of C2SP tlog-tiles, so that it can be served or copied as it is:
`checkpoint`, `checkpoints/<size>`, `key`, `keys/<n>`, `tile/...`, `tile/entries/...`;
beside them `predecessor` and `successor`, where another log ended or follows.
Copy it, or let it lie, where the owner of the database can't reach it.
"""

from pathlib import Path
from typing import Final

from application.notary import tiles
from application.notary.key_history import KeyHistory
from application.notary.note import NoteError
from application.notary.tiles import Edge, Spot

CHECKPOINT: Final = "checkpoint"
CHECKPOINTS: Final = "checkpoints"
KEY: Final = "key"
PREDECESSOR: Final = "predecessor"
SUCCESSOR: Final = "successor"
"""One note: in the folder of a log that follows another, and in that of the other."""


class Published:
    """Reads what is published; nothing of it is believed yet."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def content(self, *names: str) -> bytes | None:
        """Read the first of these files that is there; None where none is published."""
        for name in names:
            try:
                return (self.folder / name).read_bytes()
            except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
                continue
        return None

    def read(self, name: str) -> str | None:
        """Read a text; None where it is not published. Raises NoteError."""
        content = self.content(name)
        try:
            return None if content is None else content.decode()
        except UnicodeDecodeError:
            raise NoteError("a published note is no text") from None

    def history(self) -> KeyHistory | None:
        """Read the keys; None before the first one. Raises NoteError."""
        keys = self.read(KEY)
        if keys is None:
            return None
        introductions: list[str] = []
        while (text := self.read(f"keys/{len(introductions) + 2}")) is not None:
            introductions.append(text)
        history = KeyHistory.read(keys.partition("\n")[0], introductions)
        # An introduction is published first: who died in between left the list short.
        lines = history.text().splitlines(keepends=True)
        if keys not in {"".join(lines), "".join(lines[: len(introductions)] or lines)}:
            raise NoteError("the published keys are not those that were introduced")
        return history

    def sizes(self) -> list[int]:
        """Say of which sizes checkpoints are published, in their order."""
        names = self.folder.joinpath(CHECKPOINTS).glob("*")
        return sorted(int(each.name) for each in names if each.name.isdecimal())

    def tile(self, spot: Spot, width: int) -> bytes:
        """Read a tile at least so wide; empty where it is gone."""
        names = tiles.path(spot, width), tiles.path(spot)
        return self.content(*names) or b""

    def bundle(self, n: int, width: int) -> bytes:
        """Read a bundle at least so wide; empty where it is gone."""
        names = tiles.entries_path(n, width), tiles.entries_path(n)
        return self.content(*names) or b""

    def edge(self, size: int) -> Edge:
        """Read the right edge of the tree that was published at a size.

        Raises MissingTileError where a file is gone.
        """
        open_ = ((spot, width) for spot, width in tiles.edge_widths(size) if width)
        return Edge(size, {spot: self.tile(spot, width) for spot, width in open_})
