"""What the clients of benches and drills send: a letter's receipt, its disposition."""

import asyncio
from collections.abc import Mapping

import msgspec
import psycopg

from application.office import directory, officials, tokens
from interfaces import clock

AGENCY = "biro-organisasi"
CLERK, HEAD, HANDLER = "juru-surat", "kepala-biro", "analis"
_ROLES = {CLERK: "letter_clerk", HEAD: "agency_head", HANDLER: "handler"}

LETTER = msgspec.json.encode(
    {
        "channel": "letter",
        "agency": AGENCY,
        "requester": {
            "name": "Yohana Lamatokan",
            "phone": "081234567890",
            "address": "Jalan El Tari 52, Kupang",
        },
        "letter": {
            "number": "17/LSM/2026",
            "addressee": "agency_head",
            "evidence": ["identity_copy"],
        },
        "subject": "Data kelembagaan perangkat daerah",
        "items": ["Jumlah perangkat daerah", "Peta jabatan tahun ini"],
    }
)
DISPOSITION = msgspec.json.encode(
    {
        "to": HANDLER,
        "others": [],
        "instructions": ["Siapkan jawaban sesuai ketentuan"],
        "urgency": "ordinary",
        "secrecy": "ordinary",
    }
)


def headers(token: str, *, version: int | None = None) -> dict[str, str]:
    """What goes with a body: whose it is, and the version that was looked at."""
    said = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    if version is not None:
        said["If-Match"] = f'"{version}"'
    return said


def staff(url: str) -> Mapping[str, str]:
    """Employ who receives, who disposes and who answers; gives their tokens."""
    return asyncio.run(employ(url))


async def employ(url: str) -> Mapping[str, str]:
    """Do it where an event loop runs already."""
    given = {}
    async with await psycopg.AsyncConnection.connect(url) as connection:
        for id_, role in _ROLES.items():
            official = officials.check(
                id_=id_,
                agency=AGENCY,
                name=f"Pejabat {id_}",
                roles=[role],
                unit=None,
                agencies={AGENCY},
            )
            await directory.add(connection, official, clock.now())
            given[id_] = await tokens.issue(connection, id_, clock.now())
    return given
