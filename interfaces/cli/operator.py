"""Who sits at the command line: a user of the operating system, and no official."""

import os
import pwd

import msgspec
import rich_click as click

from application.office import jobs, operator_acts
from application.office.operator_acts import OperatorAct
from interfaces import clock
from interfaces.cli.office import Connection


def os_user() -> str:
    """The user's name, or his number; the environment could say anything."""
    uid = os.getuid()
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"uid {uid}"


def command() -> str:
    """What is being run, as it is typed after `disposisi`."""
    words: list[str] = []
    context: click.Context | None = click.get_current_context()
    while context is not None and context.parent is not None:
        words.insert(0, context.info_name or "")
        context = context.parent
    return " ".join(words)


async def noted(connection: Connection, about: str) -> None:
    """Write down that he changed something, by the row that allows the command.

    In the transaction of the change, so that neither is there without the other.
    """
    typed = command()
    await operator_acts.note(
        connection,
        OperatorAct(
            at=clock.now(),
            os_user=os_user(),
            command=typed,
            job=jobs.of(typed, jobs.load()).id,
            about=about,
        ),
    )


async def begun(connection: Connection, about: str) -> None:
    """Write down that he is about to change what no transaction holds, such as a key.

    Committed before the act: one that is refused or broken off has its operator too.
    """
    async with connection.transaction():
        await noted(connection, about)


class Seat(msgspec.Struct, frozen=True):
    """Who acts, and by which row, for what the register is told of a job."""

    operator: str
    rule: str


def seat() -> Seat:
    """The operator at the command that is being run."""
    return Seat(os_user(), jobs.of(command(), jobs.load()).id)
