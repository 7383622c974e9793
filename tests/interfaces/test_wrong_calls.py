"""A wrong call is told in both languages, with a code that stays as it is."""

import sys

import pytest

from interfaces import log
from interfaces.cli import commands


@pytest.fixture(autouse=True)
def log_of_the_run(monkeypatch):
    """Leave the log as it is: a stream that a test captures is closed with it."""
    monkeypatch.setattr(log, "set_up", lambda _: None)


@pytest.mark.parametrize(
    ("typed", "code", "said"),
    [
        ("nonsense", "unknown-command", ("tidak ada perintah", "No such command")),
        ("accounts nonsense", "unknown-command", ("'nonsense'", "'nonsense'")),
        ("accounts events --kin x", "unknown-option", ("tidak ada pilihan", "--kind")),
        ("accounts events --kind x", "bad-value", ("--kind", "Invalid value")),
        ("accounts events --limit 0", "bad-value", ("tidak berlaku", "x>=1")),
        ("report compliance --from x --to y", "bad-value", ("--from", "'x'")),
        (
            "accounts invite",
            "missing-parameter",
            ("ID wajib diisi", "Missing argument"),
        ),
        ("officials add", "missing-parameter", ("--id wajib diisi", "Missing option")),
        ("accounts invite a b", "wrong-use", ("keliru", "unexpected extra argument")),
        ("verify --bundle /nope", "wrong-use", ("keliru", "needs --key")),
    ],
)
def test_a_wrong_call_is_told_so(monkeypatch, capsys, typed, code, said):
    monkeypatch.setattr(sys, "argv", ["disposisi", *typed.split()])
    assert commands.run() == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    wrong, where = printed.err.splitlines()
    assert wrong.startswith("disposisi: ")
    assert wrong.endswith(f" [{code}]")
    first, _, second = wrong.partition(" / ")
    assert said[0] in first
    assert said[1] in second
    assert where.startswith("disposisi")
    assert where.endswith(" --help")


def test_a_group_without_a_command_shows_what_there_is(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["disposisi", "accounts"])
    with pytest.raises(SystemExit) as ended:
        commands.run()
    assert ended.value.code == 2
    printed = capsys.readouterr()
    assert "invite" in printed.out + printed.err
