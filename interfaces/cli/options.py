"""Options that several commands share, folded into the settings."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

import msgspec
import rich_click as click

from interfaces.settings import Settings

P = ParamSpec("P")
R = TypeVar("R")

DAY = click.DateTime(["%Y-%m-%d"])
"""A local day of the agency, as 2026-02-16; click hands on its midnight."""

json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print JSON for a program to read."
)


def settings_options(
    command: Callable[Concatenate[Settings, P], R],
) -> Callable[..., R]:
    """Add --data and --port, and hand on the settings with them applied."""

    @click.option(
        "--data",
        type=click.Path(path_type=Path, file_okay=False),
        help="Data folder instead of DISPOSISI_DATA.",
    )
    @click.option(
        "--port",
        type=click.IntRange(0, 65535),
        help="Port of the server instead of DISPOSISI_PORT; 0 takes a free one.",
    )
    @wraps(command)
    def with_settings(
        data: Path | None, port: int | None, *args: P.args, **kwargs: P.kwargs
    ) -> R:
        said: dict[str, str | int] = {}
        if data is not None:
            said["data"] = str(data)
        if port is not None:
            said["port"] = port
        settings = msgspec.structs.replace(Settings.read(), **said)
        return command(settings, *args, **kwargs)

    return with_settings
