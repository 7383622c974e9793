"""`./disposisi` prepares its environment once, whoever calls it from wherever."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.served import CHECKOUT

PYTHON = """#!/bin/sh
# Stands for a Python whose venv module works, or does not.
case "$*" in
    *version_info*) exit {version} ;;
    *fcntl*) exec "{real}" "$@" ;;
    "-m venv --without-pip "* | "-m pip"*) exit 1 ;;
    "-m venv "*) exit {venv} ;;
esac
echo "python $*"
"""

UV = """#!/bin/sh
# Stands for uv: writes down what it was asked, and makes a bin/python that tells.
echo "$1 $2" >> "{calls}"
case "$1" in
    venv)
        for venv; do :; done
        mkdir -p "$venv/bin"
        printf '#!/bin/sh\\necho "$PWD|$PYTHONPATH|$*"\\n' > "$venv/bin/python"
        chmod +x "$venv/bin/python" ;;
    pip) {pip} ;;
esac
"""


class Checkout:
    """A copy of the launcher and the lock files, and the tools it finds."""

    def __init__(self, folder: Path) -> None:
        self.here = folder / "a folder's name"
        self.tools = folder / "tools"
        self.calls = folder / "calls"
        self.here.mkdir()
        self.tools.mkdir()
        (self.here / "tests").mkdir()
        for name in ("disposisi", "requirements.lock", "tests/requirements.lock"):
            shutil.copy(CHECKOUT / name, self.here / name)
        for tool in ("sh", "cmp", "cp", "dirname", "mkdir", "rm", "sleep", "chmod"):
            (self.tools / tool).symlink_to(str(shutil.which(tool)))
        self.python()
        self.uv()

    def python(self, *, version: int = 0, venv: int = 0) -> None:
        real = sys.executable
        self._tool("python3", PYTHON.format(version=version, venv=venv, real=real))

    def uv(self, pip: str = ":") -> None:
        self._tool("uv", UV.format(calls=self.calls, pip=pip))

    def _tool(self, name: str, text: str) -> None:
        (self.tools / name).write_text(text)
        (self.tools / name).chmod(0o755)

    def begin(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [self.here / "disposisi", *arguments],
            env={"PATH": str(self.tools)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=self.tools,
            start_new_session=True,
        )

    def run(self, *arguments: str) -> tuple[int, str, str]:
        process = self.begin(*arguments)
        out, err = process.communicate(timeout=30)
        return process.returncode, out.strip(), err.strip()

    def made(self) -> list[str]:
        """Tell what uv was asked since the last time."""
        told = self.calls.read_text().splitlines() if self.calls.exists() else []
        self.calls.unlink(missing_ok=True)
        return told


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


ANEW = ["venv --quiet", "pip install"]


def test_the_first_use_prepares_and_the_second_only_runs(checkout):
    code, out, _ = checkout.run("serve", "--port", "0")
    assert code == 0
    cwd, path, command = out.split("|")
    assert cwd == str(checkout.tools), "the caller's folder stays"
    assert path == str(checkout.here)
    assert command == "-P -m interfaces.cli serve --port 0"
    assert checkout.made() == ANEW
    assert checkout.run("serve")[0] == 0
    assert checkout.made() == []


def test_tests_benches_and_drills_come_from_the_checkout(checkout):
    checkout.run("serve")
    checkout.made()
    for word in ("test", "bench", "drill"):
        _, out, _ = checkout.run(word, "name", "--json")
        assert out.endswith(f"-m tests.commands.{word} name --json")
    assert checkout.made() == ["pip install"], "one more lock, on top"
    checkout.run("serve")
    assert checkout.made() == []


def test_a_changed_lock_is_installed_again(checkout):
    checkout.run("serve")
    checkout.made()
    with (checkout.here / "requirements.lock").open("a") as lock:
        lock.write("# changed\n")
    checkout.run("serve")
    assert checkout.made() == ["pip install"]


def test_what_is_said_while_preparing_goes_to_standard_error(checkout):
    _, out, err = checkout.run("token", "ani")
    assert len(out.splitlines()) == 1
    assert "preparing" in err


def test_an_interrupted_installation_is_begun_afresh(checkout):
    checkout.uv(pip="exec sleep 60")
    process = checkout.begin("serve")
    while not checkout.calls.exists() or "pip" not in checkout.calls.read_text():
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    checkout.made()
    checkout.uv()
    assert checkout.run("serve")[0] == 0
    assert checkout.made() == ANEW


def test_two_first_uses_at_once_prepare_one_environment(checkout):
    checkout.uv(pip="sleep 0.5")
    both = [checkout.begin("serve"), checkout.begin("serve")]
    assert [process.wait(timeout=30) for process in both] == [0, 0]
    for process in both:
        process.communicate()
    assert checkout.made() == ANEW


def test_without_a_usable_venv_one_line_tells_what_to_install(checkout):
    (checkout.tools / "uv").unlink()
    checkout.python(venv=1)
    code, out, err = checkout.run("serve")
    assert code == 2
    assert out == ""
    assert err.endswith("apt-get install python3-venv")
    assert not (checkout.here / ".venv").exists()


def test_an_old_python_is_not_used(checkout):
    checkout.python(version=1)
    code, _, err = checkout.run("serve")
    assert code == 2
    assert "3.11" in err


def test_the_lock_files_pin_every_package_by_hash_and_name_no_address():
    program, tests = (
        (CHECKOUT / lock).read_text().replace("\\\n", "").splitlines()
        for lock in ("requirements.lock", "tests/requirements.lock")
    )
    for line in (*program, *tests):
        assert re.fullmatch(
            r"[a-z0-9.-]+==[^\s/@]+( ; .+?)?( +--hash=sha256:\w{64})+", line
        )
    assert set(program) < set(tests), "one choice of versions"
