"""What the operator may set from outside; read once from the environment."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Self, TypeAlias

import msgspec
import psycopg
from psycopg.conninfo import conninfo_to_dict
from typing_extensions import override

from interfaces.provider.chosen import (
    USUAL_ALGORITHMS,
    USUAL_CLAIM,
    USUAL_TYPES,
    Chosen,
    choose,
)
from interfaces.provider.registered import Client, registered
from interfaces.trouble import OperatorError, setting_trouble

CHECKOUT = Path(__file__).resolve().parent.parent

Origin: TypeAlias = Annotated[str, msgspec.Meta(pattern=r"^https?://[^/?#@\s]+$")]
"""Scheme, host and port."""


class Settings(
    msgspec.Struct,
    frozen=True,
    rename={
        "database_url": "DATABASE_URL",
        "data": "DISPOSISI_DATA",
        "port": "DISPOSISI_PORT",
        "pg_bin": "DISPOSISI_PG_BIN",
        "public_url": "DISPOSISI_PUBLIC_URL",
        "checkpoint_seconds": "DISPOSISI_CHECKPOINT_SECONDS",
        "oidc_issuer": "DISPOSISI_OIDC_ISSUER",
        "oidc_audience": "DISPOSISI_OIDC_AUDIENCE",
        "oidc_claim": "DISPOSISI_OIDC_CLAIM",
        "oidc_algorithms": "DISPOSISI_OIDC_ALGORITHMS",
        "oidc_types": "DISPOSISI_OIDC_TYPES",
        "oidc_acr": "DISPOSISI_OIDC_ACR",
        "oidc_jwks_url": "DISPOSISI_OIDC_JWKS_URL",
        "oidc_client_id": "DISPOSISI_OIDC_CLIENT_ID",
        "oidc_client_secret": "DISPOSISI_OIDC_CLIENT_SECRET",
        "oidc_client_secret_file": "DISPOSISI_OIDC_CLIENT_SECRET_FILE",
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

    public_url: Origin | None = None
    """Where clients reach us, without a path; `https` says that TLS stands before us.

    It names our own issuer of tokens: another address ends those under way."""

    checkpoint_seconds: Annotated[int, msgspec.Meta(ge=10, le=60)] = 30
    """Between two checkpoints of the notary, where the log has grown."""

    oidc_issuer: str | None = None
    """The organisation's identity provider; none means our own accounts alone."""

    oidc_audience: str | None = None
    """Whom the provider's tokens have to be made for: our name there."""

    oidc_claim: str = USUAL_CLAIM
    """The claim with our official's id; the provider must let nobody choose his own."""

    oidc_algorithms: str = USUAL_ALGORITHMS
    """Signatures that are believed, by commas."""

    oidc_types: str = USUAL_TYPES
    """Types of token, by commas; providers before RFC 9068 need `at+jwt,JWT`."""

    oidc_acr: str = ""
    """Ways of signing in that serve for signing and refusing; empty: any."""

    oidc_jwks_url: str | None = None
    """Where the provider's keys stand; none asks its discovery document."""

    oidc_client_id: str | None = None
    """As what browsers are sent to sign in there; none: nobody signs in there."""

    oidc_client_secret: str | None = None
    """How we prove that; none and no file: we are a public client."""

    oidc_client_secret_file: str | None = None
    """A file with it that nobody else may read."""

    @override
    def __repr__(self) -> str:
        return "Settings()"  # Some of them are secret.

    @classmethod
    def read(cls, environ: Mapping[str, str] = os.environ) -> Self:
        """Raise OperatorError naming the variable that cannot be understood."""
        said = {
            name: value
            for field in msgspec.structs.fields(cls)
            if (value := environ.get(name := field.encode_name))
        }
        try:
            settings = msgspec.convert(said, cls, strict=False)
        except msgspec.ValidationError as fault:
            raise OperatorError(
                indonesian=f"Pengaturan lingkungan tidak dapat dibaca: {fault}.",
                english=f"A setting in the environment cannot be read: {fault}.",
            ) from fault
        settings.must_be_sound()
        return settings

    def must_be_sound(self) -> None:
        """Raise OperatorError naming a variable that is wrong or fits no other."""
        self._must_name_a_server()
        _ = self.provider
        _ = self.client

    def _must_name_a_server(self) -> None:
        try:
            conninfo_to_dict(self.database_url or "")
        except psycopg.ProgrammingError:
            # The fault would repeat the address, and a password that stands in it.
            raise setting_trouble(
                "DATABASE_URL",
                "bukan alamat server PostgreSQL, seperti postgresql://server/register",
                "is no address of a PostgreSQL server, as postgresql://server/register",
            ) from None

    @property
    def provider(self) -> Chosen | None:
        """The identity provider, where one is set."""
        return choose(
            issuer=self.oidc_issuer,
            audience=self.oidc_audience,
            claim=self.oidc_claim,
            algorithms=self.oidc_algorithms,
            types=self.oidc_types,
            strong=self.oidc_acr,
            jwks_url=self.oidc_jwks_url,
        )

    @property
    def client(self) -> Client | None:
        """What we are at the provider, where people may sign in there."""
        if self.oidc_client_id is not None and self.oidc_issuer is None:
            raise OperatorError(
                indonesian="Pengaturan DISPOSISI_OIDC_ISSUER belum diisi.",
                english="The setting DISPOSISI_OIDC_ISSUER is not set.",
                code=2,
            )
        return registered(
            id_=self.oidc_client_id,
            secret=self.oidc_client_secret,
            secret_file=self.oidc_client_secret_file,
        )

    @property
    def issuer(self) -> str:
        """The name of our own issuer of tokens: the address where we are reached."""
        return self.public_url or f"http://127.0.0.1:{self.port}"

    def at_port(self, port: int) -> Self:
        return msgspec.structs.replace(self, port=port)

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
