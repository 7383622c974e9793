"""As what the provider knows us where people sign in: a client, with or without secret.

The secret comes from the environment or a file, and is shown to nobody else.
"""

import base64
from pathlib import Path
from typing import Final
from urllib.parse import quote_plus

import msgspec
from typing_extensions import override

from application import secret_files
from application.secret_files import KeyFileError, OpenToOthersError
from interfaces.trouble import setting_trouble

_LONGEST: Final = 4_096


class Client(msgspec.Struct, frozen=True):
    """What was registered for us at the provider."""

    id: str
    secret: str | None
    """None: a public client, which proves nothing but the code's verifier."""

    @override
    def __repr__(self) -> str:
        return f"Client({self.id!r})"

    def headers(self) -> dict[str, str]:
        """How we say who we are (`client_secret_basic`; RFC 6749, 2.3.1)."""
        if self.secret is None:
            return {}
        pair = f"{quote_plus(self.id)}:{quote_plus(self.secret)}"
        return {"authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}

    def form(self) -> dict[str, str]:
        """The same in the form, of a client that has no secret."""
        return {"client_id": self.id} if self.secret is None else {}


def registered(
    *, id_: str | None, secret: str | None, secret_file: str | None
) -> Client | None:
    """As the operator set it; None without an id.

    Raises OperatorError naming the variable that won't do.
    """
    if secret is not None and secret_file is not None:
        raise setting_trouble(
            "DISPOSISI_OIDC_CLIENT_SECRET",
            "dan DISPOSISI_OIDC_CLIENT_SECRET_FILE tidak boleh diisi bersama",
            "and DISPOSISI_OIDC_CLIENT_SECRET_FILE are not set together",
        )
    if id_ is None:
        if secret is None and secret_file is None:
            return None
        raise setting_trouble("DISPOSISI_OIDC_CLIENT_ID", "belum diisi", "is not set")
    if secret_file is not None:
        secret = _read(Path(secret_file))
    return Client(id_, secret)


def _read(path: Path) -> str:
    try:
        said = secret_files.read(path, _LONGEST + 1).decode().strip()
    except OpenToOthersError:
        raise setting_trouble(
            "DISPOSISI_OIDC_CLIENT_SECRET_FILE",
            "menunjuk berkas yang dapat dibaca orang lain (ubah dengan chmod 600)",
            "names a file that others may read (chmod 600 mends it)",
        ) from None
    except (KeyFileError, FileNotFoundError, ValueError):
        said = ""
    if not said or len(said) > _LONGEST:
        raise setting_trouble(
            "DISPOSISI_OIDC_CLIENT_SECRET_FILE",
            "tidak menunjuk berkas yang dapat dibaca",
            "names no file that can be read",
        )
    return said
