"""Publishes the log to its folder: what stands there is never changed."""

import os
from collections.abc import Mapping
from pathlib import Path

from typing_extensions import override

from application.notary import tiles
from application.notary.key_history import KeyHistory
from application.notary.published import CHECKPOINT, CHECKPOINTS, KEY, Published
from application.notary.tiles import FULL, WIDTH, Spot
from application.notary.tree import HASH
from application.secret_files import flush_folder


class ChangedFileError(Exception):
    """A published file is not what the log says that it has to be; nothing is written.

    Either somebody changed the file, or the database is not the one it was.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} differs from the log")
        self.path = path


class Publisher(Published):
    """Writes every file whole, once, and safe from a power cut."""

    @override
    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._touched: set[Path] = set()

    def publish_keys(self, history: KeyHistory) -> None:
        """Publish what introduces the keys, then their list."""
        for n, introduction in enumerate(history.introductions, 2):
            self.add(f"keys/{n}", introduction.encode())
        if self.read(KEY) != history.text():
            self._replace(KEY, history.text().encode())
        self.flush()

    def publish_checkpoint(self, size: int, note: str) -> None:
        """Publish a checkpoint for good, then as the latest one."""
        self.add(f"{CHECKPOINTS}/{size}", note.encode())
        self.flush()
        self._replace(CHECKPOINT, note.encode())
        self.flush()

    def add_tiles(self, changed: Mapping[Spot, bytes]) -> None:
        """Publish tiles as wide as they are, or raise ChangedFileError."""
        for spot, hashes in changed.items():
            self.add(tiles.path(spot, len(hashes) // HASH), hashes)
            if len(hashes) == FULL:
                self._drop_partial(tiles.path(spot))

    def add_bundle(self, n: int, width: int, entries: bytes) -> None:
        """Publish a bundle of entries, or raise ChangedFileError."""
        self.add(tiles.entries_path(n, width), entries)
        if width == WIDTH:
            self._drop_partial(tiles.entries_path(n))

    def add(self, name: str, content: bytes) -> None:
        """Write a file that is not there yet; one that is there has to be the same."""
        path = self.folder / name
        try:
            if path.read_bytes() != content:
                raise ChangedFileError(path)
        except FileNotFoundError:
            self._write(path, content)

    def flush(self) -> None:
        """Keep the names that were written through a power cut."""
        for folder in sorted(self._touched, reverse=True):
            flush_folder(folder)
        self._touched.clear()

    def _replace(self, name: str, content: bytes) -> None:
        self._write(self.folder / name, content)

    def _write(self, path: Path, content: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.draft")
        with draft.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        folder = path.parent
        while folder not in self._touched and folder != self.folder.parent:
            self._touched.add(folder)
            folder = folder.parent

    def _drop_partial(self, name: str) -> None:
        """Take away what a full tile has made superfluous, as tlog-tiles allows."""
        folder = self.folder / f"{name}.p"
        if not folder.is_dir():
            return
        for file in folder.iterdir():
            file.unlink()
        folder.rmdir()
