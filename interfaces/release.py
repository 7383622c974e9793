"""Which release this is."""

import tomllib
from importlib import metadata
from pathlib import Path
from typing import Final

_PROJECT: Final = Path(__file__).parents[1] / "pyproject.toml"


def version() -> str:
    """Tell the project's version: of the checkout it runs from, else as installed."""
    try:
        project = tomllib.loads(_PROJECT.read_text())["project"]
    except FileNotFoundError:
        return metadata.version("disposisi")
    return str(project["version"])
