"""Work on the office's own tables: beside a running server, or alone."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias, TypeVar

import psycopg

from application.office import officials, service_accounts
from interfaces import database
from interfaces.cli import changes_told
from interfaces.settings import Settings
from interfaces.trouble import OperatorError

T = TypeVar("T")
Connection: TypeAlias = psycopg.AsyncConnection[Any]


def at_the_office(
    settings: Settings,
    work: Callable[[Connection], Awaitable[T]],
    *,
    begins: bool = False,
) -> T:
    """Do the work on a connection of its own; refusals are told to the operator.

    Only what may come before the first start `begins` a database: elsewhere a mistyped
    folder would get one, and the answer that there is no such official.
    """
    if not begins:
        database.must_be_there(settings)

    async def connected(url: str) -> T:
        async with await psycopg.AsyncConnection.connect(url) as connection:
            return await work(connection)

    with database.opened(settings) as url:
        database.migrate(url)
        try:
            return asyncio.run(connected(url))
        except officials.OfficialRefusedError as refusal:
            raise told(refusal) from refusal


def told(refusal: officials.OfficialRefusedError) -> OperatorError:
    """Say a refusal in both languages; a wrong form is 2, the office's answer is 1."""
    code = 2
    match refusal:
        case officials.BadSlugError(given=given):
            indonesian = f"id {given!r} harus 1-64 huruf kecil, angka, tanda hubung"
        case officials.BadUnitError(given=given):
            indonesian = f"unit {given!r} harus kata dengan garis miring di antaranya"
        case officials.BadNameError():
            indonesian = "nama harus 1-200 huruf tanpa tanda kendali"
        case officials.UnknownAgencyError(given=given):
            indonesian = f"tidak ada perangkat daerah {given!r}"
        case officials.UnknownRoleError(given=given):
            indonesian = f"tidak ada peran {given!r}"
        case officials.NoRoleError():
            indonesian = "pejabat perlu sedikitnya satu peran"
        case officials.OfficialExistsError(standing=standing):
            indonesian = f"{standing.id} sudah terdaftar di {standing.agency}"
            code = 1
        case officials.UnknownOfficialError(given=given):
            indonesian = f"tidak ada pejabat {given!r} yang bertugas"
            code = 1
        case service_accounts.ServiceRefusedError():
            indonesian, code = _of_service(refusal), 1
        case _:
            indonesian, code = changes_told.in_indonesian(refusal)
    return OperatorError(indonesian=indonesian, english=str(refusal), code=code)


def _of_service(refusal: service_accounts.ServiceRefusedError) -> str:
    given = ", ".join(refusal.given)
    if isinstance(refusal, service_accounts.UnknownScopeError):
        return f"token tidak dapat dibatasi pada {given}"
    if isinstance(refusal, service_accounts.UselessScopeError):
        return f"peran akun layanan tidak dapat memakai {given}"
    return f"{given} bukan akun layanan"
