"""What is wrong with a call, in both languages and with a code that stays."""

from collections.abc import Iterable

import msgspec
import rich_click as click
from click.exceptions import NoSuchCommand


class WrongCall(msgspec.Struct, frozen=True):
    """A call that is not understood; nothing was done."""

    code: str
    """Stays as it is, whatever the sentences say."""
    indonesian: str
    english: str


def told(wrong: click.ClickException) -> WrongCall:
    """Say what is wrong; the English sentence is the library's own."""
    english = " ".join(wrong.format_message().split())
    match wrong:
        case click.NoSuchOption(option_name=name):
            return WrongCall("unknown-option", f"tidak ada pilihan {name!r}", english)
        case NoSuchCommand(command_name=name):
            return WrongCall("unknown-command", f"tidak ada perintah {name!r}", english)
        case click.MissingParameter():
            said = f"{_hint(wrong)} wajib diisi"
            return WrongCall("missing-parameter", said, english)
        case click.BadParameter():
            said = f"nilai untuk {_hint(wrong)} tidak berlaku{_choices(wrong)}"
            return WrongCall("bad-value", said, english)
        case click.FileError():
            said = f"berkas {wrong.ui_filename!r} tidak dapat dibaca"
            return WrongCall("unreadable-file", said, english)
        case _:
            said = "cara pemanggilan perintah keliru"
            return WrongCall("wrong-use", said, english)


def lines(wrong: click.ClickException) -> Iterable[str]:
    """What the operator reads: what is wrong, and where he finds how it is done."""
    call = told(wrong)
    yield f"disposisi: {call.indonesian} / {call.english} [{call.code}]"
    context = wrong.ctx if isinstance(wrong, click.UsageError) else None
    if context is not None:
        yield f"{context.command_path} --help"


def _hint(wrong: click.BadParameter) -> str:
    if wrong.param is not None:
        return " / ".join(_names(wrong.param))
    hint = wrong.param_hint
    return "parameter" if hint is None else hint if isinstance(hint, str) else hint[0]


def _names(param: click.Parameter) -> Iterable[str]:
    if isinstance(param, click.Option):
        return param.opts
    return (param.make_metavar(click.Context(click.Command(None))),)


def _choices(wrong: click.BadParameter) -> str:
    kind = None if wrong.param is None else wrong.param.type
    if not isinstance(kind, click.Choice):
        return ""
    return "; pilihannya " + ", ".join(map(str, kind.choices))
