"""Where the database's files are kept, so that whoever runs it can reach them."""

import os
import secrets
from pathlib import Path

from interfaces.postgres import PUBLIC_HOME, Account
from interfaces.trouble import OperatorError


def settle(link: Path, account: Account | None) -> Path:
    """Answer the database's home: `link`, or what it points to.

    Where root's system user cannot reach the data folder (a checkout under /root),
    the home is made in PUBLIC_HOME and the data folder keeps a link to it.
    """
    if link.is_symlink() and not link.exists():
        raise OperatorError(
            indonesian=f"Basis data {link} menunjuk ke folder yang tidak ada: "
            f"{link.readlink()}",
            english=f"The database {link} points to a folder that is gone: "
            f"{link.readlink()}",
        )
    home = link.resolve()
    if home.exists():
        _must_be_ours(home, account)
        return home
    home.mkdir(mode=0o700)
    if account is not None:
        os.chown(home, account.uid, account.gid)
        if not account.reaches(home):
            home.rmdir()
            home = PUBLIC_HOME / secrets.token_hex(6)
            home.mkdir(mode=0o700, parents=True)
            PUBLIC_HOME.chmod(0o755)
            os.chown(home, account.uid, account.gid)
            link.symlink_to(home)
    return home


def _must_be_ours(home: Path, account: Account | None) -> None:
    if account is None and home.stat().st_uid != os.geteuid():
        raise OperatorError(
            indonesian=f"Basis data di {home} milik pengguna lain; "
            "jalankan sebagai pengguna itu.",
            english=f"The database in {home} belongs to another user; run as that one.",
        )
