"""What the operator may set from outside; read once from the environment."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Self

import msgspec

from interfaces.trouble import OperatorError

CHECKOUT = Path(__file__).resolve().parent.parent


class Settings(
    msgspec.Struct,
    frozen=True,
    rename={
        "database_url": "DATABASE_URL",
        "data": "DISPOSISI_DATA",
        "port": "DISPOSISI_PORT",
        "pg_bin": "DISPOSISI_PG_BIN",
    },
):
    """An empty variable counts as not set."""

    database_url: str | None = None
    """A PostgreSQL server that exists already; none means the embedded one."""

    data: str = str(CHECKOUT / "data")
    """Folder of the embedded database, of the keys and of the server's notice."""

    port: Annotated[int, msgspec.Meta(ge=0, le=65535)] = 8000
    """Where `serve` listens; 0 takes a free port."""

    pg_bin: str | None = None
    """Folder with another PostgreSQL's initdb, pg_ctl and postgres."""

    @classmethod
    def read(cls, environ: Mapping[str, str] = os.environ) -> Self:
        """Raise OperatorError naming the variable that cannot be understood."""
        said = {
            name: value
            for field in msgspec.structs.fields(cls)
            if (value := environ.get(name := field.encode_name))
        }
        try:
            return msgspec.convert(said, cls, strict=False)
        except msgspec.ValidationError as fault:
            raise OperatorError(
                indonesian=f"Pengaturan lingkungan tidak dapat dibaca: {fault}.",
                english=f"A setting in the environment cannot be read: {fault}.",
            ) from fault

    def with_database(self, url: str) -> Self:
        return msgspec.structs.replace(self, database_url=url)

    def environment(self) -> dict[str, str]:
        """Tell a child process the same settings, and all else that we were told."""
        told = msgspec.to_builtins(self)
        return {
            **os.environ,
            **{name: str(v) for name, v in told.items() if v is not None},
        }

    @property
    def data_path(self) -> Path:
        return Path(self.data).expanduser().resolve()
