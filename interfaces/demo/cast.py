"""The officials of the demo: both agencies, small but whole.

Names are invented; what an official is called says what the post is.
"""

from typing import Any

import msgspec
from psycopg import AsyncConnection

from application.office import directory, officials, standards_book, tokens
from domain.values import Role
from interfaces import clock


class Unit(msgspec.Struct, frozen=True):
    """A division with those who write and correct its answers."""

    name: str
    division_head: str
    subdivision_head: str
    staff: str


class House(msgspec.Struct, frozen=True, kw_only=True):
    """An agency as its counters see it: who sits where."""

    code: str
    reception: str
    letters: str
    liaison: str
    head: str
    ppid: str
    complaints: str
    dpo: str
    addressee: Role
    """To whom requests by letter are addressed, by the standard's page."""
    cc: tuple[Role, ...] = ()
    signs_for: str | None = None
    """In whose stead the head signs letters that are addressed to him."""
    units: tuple[Unit, ...]


BIRO = House(
    code="biro-organisasi",
    reception="tamu-biro",
    letters="surat-biro",
    liaison="lapor-biro",
    head="kepala-biro",
    ppid="kabag-tatalaksana",
    complaints="pengaduan-biro",
    dpo="pdp-biro",
    addressee=Role.REGIONAL_SECRETARY,
    cc=(Role.AGENCY_HEAD,),
    signs_for="sekda",
    units=(
        Unit("kelembagaan", "kabag-kelembagaan", "kasubag-anjab", "staf-anjab"),
        Unit("tatalaksana", "kabag-tatalaksana", "kasubag-sop", "staf-sop"),
        Unit("kinerja", "kabag-kinerja", "kasubag-reformasi", "staf-reformasi"),
    ),
)

BPPD = House(
    code="bppd",
    reception="tamu-bppd",
    letters="surat-bppd",
    liaison="lapor-bppd",
    head="kepala-bppd",
    ppid="sekretaris-bppd",
    complaints="pengaduan-bppd",
    dpo="pdp-bppd",
    addressee=Role.AGENCY_HEAD,
    units=(
        Unit("batas", "kabid-batas", "kasubid-lintas-batas", "staf-lintas-batas"),
        Unit("kawasan", "kabid-kawasan", "kasubid-lokpri", "staf-lokpri"),
    ),
)

HOUSES = (BIRO, BPPD)

NAMES = {
    "tamu-biro": "Yuliana Bria",
    "surat-biro": "Marselinus Seran",
    "lapor-biro": "Dorkas Lalay",
    "kepala-biro": "Agustinus Manafe",
    "kabag-kelembagaan": "Fransiska Toepu",
    "kasubag-anjab": "Yeremias Nubatonis",
    "staf-anjab": "Maria Goreti Lawa",
    "kabag-tatalaksana": "Benediktus Kolin",
    "kasubag-sop": "Ester Djami",
    "staf-sop": "Kristoforus Ledo",
    "kabag-kinerja": "Paulina Tukan",
    "kasubag-reformasi": "Simon Petrus Ndun",
    "staf-reformasi": "Adelheid Wea",
    "pengaduan-biro": "Theodora Sabon",
    "pdp-biro": "Robertus Uskono",
    "tamu-bppd": "Rosalia Mali",
    "surat-bppd": "Gaudensius Bere",
    "lapor-bppd": "Melki Tallo",
    "kepala-bppd": "Hendrikus Taolin",
    "sekretaris-bppd": "Katarina Fernandez",
    "kabid-batas": "Dominikus Atok",
    "kasubid-lintas-batas": "Imelda Kehi",
    "staf-lintas-batas": "Yohanis Foenay",
    "kabid-kawasan": "Veronika Nahak",
    "kasubid-lokpri": "Arnoldus Tnunay",
    "staf-lokpri": "Sisilia Luan",
    "pengaduan-bppd": "Petrus Kanisius Un",
    "pdp-bppd": "Beatriks Nitbani",
    "sekda": "Ignasius Rihi",
    "asisten-umum": "Blasius Naben",
    "inspektorat": "Margareta Dhae",
}


async def employ(connection: AsyncConnection[Any]) -> dict[str, str]:
    """Add everybody as the command line does, and answer a token of each."""
    agencies = standards_book.load().agencies
    for house in HOUSES:
        for id_, roles, unit in _posts(house):
            official = officials.check(
                id_=id_,
                name=NAMES[id_],
                agency=house.code,
                roles=roles,
                unit=unit,
                agencies=agencies,
            )
            await directory.add(connection, official, clock.now())
    return {id_: await tokens.issue(connection, id_, clock.now()) for id_ in NAMES}


def _posts(house: House) -> list[tuple[str, list[Role], str | None]]:
    """Who holds which roles in which unit."""
    posts: dict[str, tuple[list[Role], str | None]] = {
        house.reception: ([Role.RECEPTIONIST], None),
        house.letters: ([Role.LETTER_CLERK], None),
        house.liaison: ([Role.LAPOR_LIAISON], None),
        house.head: ([Role.AGENCY_HEAD], None),
        house.complaints: ([Role.COMPLAINT_OFFICER], None),
        house.dpo: ([Role.DPO], None),
        "sekda": ([Role.REGIONAL_SECRETARY, Role.PPID_SUPERIOR], None),
        # Rules on objections to what the Sekda, or one in his stead, has signed.
        "asisten-umum": ([Role.PPID_SUPERIOR], None),
        "inspektorat": ([Role.INSPECTORATE], None),
    }
    for unit in house.units:
        below = f"{unit.name}/{unit.subdivision_head}"
        posts[unit.division_head] = ([Role.DIVISION_HEAD], unit.name)
        posts[unit.subdivision_head] = ([Role.SUBDIVISION_HEAD], below)
        posts[unit.staff] = ([Role.HANDLER], below)
    roles, unit_name = posts.get(house.ppid, ([Role.AGENCY_SECRETARY], None))
    posts[house.ppid] = ([*roles, Role.PPID], unit_name)
    return [(id_, roles, unit) for id_, (roles, unit) in posts.items()]
