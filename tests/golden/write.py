"""Writes the golden files that are missing; what stands there is never touched."""

from pathlib import Path

import msgspec

from tests.golden.as_written import WRITTEN

FOLDER = Path(__file__).parent


def missing() -> list[Path]:
    """Write a file for each event that has none, and say which."""
    written: list[Path] = []
    for name, event in WRITTEN.items():
        file = FOLDER / f"{name}.json"
        if not file.exists():
            file.write_bytes(msgspec.json.encode(event) + b"\n")
            written.append(file)
    return written


if __name__ == "__main__":
    missing()
