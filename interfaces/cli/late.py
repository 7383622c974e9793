"""A group of commands whose modules are imported when wanted, and not before."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import rich_click as click
from typing_extensions import override


class Late(click.RichGroup):
    """Imports a command's module only when it is run, or listed for help.

    `where` names the module of `interfaces.cli` whose `command` each one is.
    """

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - whatever a group takes
        where: Mapping[str, str],
        **kwargs: Any,  # noqa: ANN401 - the same
    ) -> None:
        super().__init__(*args, **kwargs)
        self._where = where

    @override
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self._where)

    @override
    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self._where:
            return None
        module = import_module(f"interfaces.cli.{self._where[cmd_name]}")
        command: click.Command = module.command
        return command
