"""A register sealed, signed and published at once, as its own process would do it."""

import base64
import hashlib
from pathlib import Path
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from psycopg import AsyncConnection

from application.notary import ledger, signed_log, stored, tiles
from application.notary.key_history import KeyHistory
from application.notary.leading import FIRST_POSITION, Root
from application.notary.leaf import unbundle
from application.notary.tiles import WIDTH
from application.notary.tree import HASH
from tests.application.notary import by_the_texts

ORIGIN: Final = "tests.disposisi.example/log"


class Notary:
    """Signs checkpoints, as the texts alone say."""

    def __init__(self) -> None:
        self._key = Ed25519PrivateKey.generate()
        public = self._key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        coded = b"\x01" + public
        self._id = hashlib.sha256(ORIGIN.encode() + b"\n" + coded).digest()[:4]
        self.verifier_key = (
            f"{ORIGIN}+{self._id.hex()}+{base64.b64encode(coded).decode()}"
        )

    def note(self, size: int, root: bytes) -> bytes:
        """Sign a checkpoint."""
        text = f"{ORIGIN}\n{size}\n{base64.b64encode(root).decode()}\n"
        signed = base64.b64encode(self._id + self._key.sign(text.encode())).decode()
        return f"{text}\n\N{EM DASH} {ORIGIN} {signed}\n".encode()

    def opened(self, note: bytes) -> Root:
        """Read a checkpoint that this notary signed, or raise ValueError."""
        if not by_the_texts.is_signed_by(note, self.verifier_key):
            raise ValueError
        _, size, root = by_the_texts.checkpoint_of(note)
        return Root(size, root)


async def introduce(
    connection: AsyncConnection[Any], folder: Path, notary: Notary
) -> None:
    """Tell its key where the office's notary would."""
    history = KeyHistory.read(notary.verifier_key, ())
    (folder / "key").write_text(history.text())
    await signed_log.add_keys(connection, history)


async def enter(connection: AsyncConnection[Any], upto: int | None = None) -> int:
    """Enter into the log what was recorded, up to so many lines; answers its size."""
    size = (await ledger.standing(connection)).size
    end = await ledger.open_end(connection)
    position = FIRST_POSITION
    if size:
        last = (await ledger.entries(connection, size - 1, size))[0]
        position = int.from_bytes(last[4:12], "big")
    wanted = 10**6 if upto is None else upto - size
    lines = await stored.digested_after(connection, position, wanted)
    heads = await ledger.heads(connection, {line.stream for line in lines})
    sealed = end.take(lines, heads)
    await ledger.write(connection, sealed)
    return sealed.size


async def seal(
    connection: AsyncConnection[Any], notary: Notary, upto: int | None = None
) -> bytes:
    """Enter it and sign; answers the signed checkpoint."""
    size = await enter(connection, upto)
    note = notary.note(size, await ledger.root(connection, size))
    await signed_log.add_checkpoint(connection, size, note.decode())
    return note


async def publish(connection: AsyncConnection[Any], folder: Path, note: bytes) -> None:
    """Write the database's log, as of a checkpoint, to a directory."""
    _, size, _ = by_the_texts.checkpoint_of(note)
    files: dict[str, bytes] = {"checkpoint": note, f"checkpoints/{size}": note}
    spots = list(tiles.widths(size))
    held = await ledger.tiles_at(connection, [spot for spot, _ in spots])
    for spot, width in spots:
        files[tiles.path(spot, width)] = held[spot][: width * HASH]
    for n in range(-(-size // WIDTH)):
        width = min(WIDTH, size - n * WIDTH)
        entries = unbundle(await ledger.bundle(connection, n))[:width]
        files[tiles.entries_path(n, width)] = b"".join(
            len(entry).to_bytes(2, "big") + entry for entry in entries
        )
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
