"""Both agencies as tests know them: real standards, calendar and law, invented people.

The same ids serve in both agencies, so that a scenario reads alike in either; who
exists in one of them only says so.
"""

from application.office import calendars, data_law_book, legal_book
from domain.office import Directory, Office, Official
from domain.standard import ServiceStandard
from domain.values import AgencyCode, OfficialId, Role
from tests.domain import standards

BIRO: AgencyCode = "biro-organisasi"
BPPD: AgencyCode = "bppd"

SEKDA: OfficialId = "sekda"
HEAD: OfficialId = "kepala"
SECRETARY: OfficialId = "sekretaris"
"""Of BPPD only, and its PPID."""
DIVISION_HEAD: OfficialId = "kabid-batas"
OTHER_DIVISION_HEAD: OfficialId = "kabid-potensi"
SUBDIVISION_HEAD: OfficialId = "kasubid-batas"
OTHER_SUBDIVISION_HEAD: OfficialId = "kasubid-potensi"
ANALYST: OfficialId = "analis-batas"
OTHER_ANALYST: OfficialId = "analis-potensi"
RECEPTIONIST: OfficialId = "penerima-tamu"
CLERK: OfficialId = "agendaris"
LIAISON: OfficialId = "penghubung"
PPID: OfficialId = "ppid"
SUPERIOR: OfficialId = "atasan-ppid"
"""The superior of both PPID; usually the Regional Secretary."""
DOUBLE: OfficialId = "rangkap"
"""Heads a division and one of its subdivisions at once."""
RETIRED: OfficialId = "pensiunan"
"""A disabled official: known to the register, and unknown to new acts."""
NOBODY: OfficialId = "tiada"
"""An id that no official bears."""

PLACES: tuple[tuple[OfficialId, tuple[Role, ...], str | None], ...] = (
    (SEKDA, (Role.REGIONAL_SECRETARY,), None),
    (HEAD, (Role.AGENCY_HEAD,), None),
    (DIVISION_HEAD, (Role.DIVISION_HEAD,), "batas"),
    (OTHER_DIVISION_HEAD, (Role.DIVISION_HEAD,), "potensi"),
    (SUBDIVISION_HEAD, (Role.SUBDIVISION_HEAD,), "batas/lintas"),
    (OTHER_SUBDIVISION_HEAD, (Role.SUBDIVISION_HEAD,), "potensi/data"),
    (ANALYST, (Role.HANDLER,), "batas/lintas"),
    (OTHER_ANALYST, (Role.HANDLER,), "potensi/data"),
    (RECEPTIONIST, (Role.RECEPTIONIST,), None),
    (CLERK, (Role.LETTER_CLERK,), None),
    (LIAISON, (Role.LAPOR_LIAISON,), None),
    (PPID, (Role.PPID,), None),
    (SUPERIOR, (Role.PPID_SUPERIOR,), None),
    (DOUBLE, (Role.DIVISION_HEAD, Role.SUBDIVISION_HEAD), "batas"),
    (RETIRED, (Role.SUBDIVISION_HEAD,), "batas/lintas"),
)


def _official(
    official: OfficialId,
    agency: AgencyCode,
    roles: tuple[Role, ...],
    unit: str | None,
) -> Official:
    return Official(
        id=official,
        agency=agency,
        name=official,
        roles=roles,
        unit=unit,
        disabled=official == RETIRED,
    )


_PEOPLE = tuple(
    _official(official, agency, roles, unit)
    for agency in (BIRO, BPPD)
    for official, roles, unit in PLACES
)
_SECRETARY = _official(SECRETARY, BPPD, (Role.AGENCY_SECRETARY, Role.PPID), None)

DIRECTORY = Directory(
    officials={
        (official.id, official.agency): official for official in (*_PEOPLE, _SECRETARY)
    }
)
HOLIDAYS = calendars.load()
LEGAL_BASES = legal_book.load()
DATA_LAW = data_law_book.load()


def office(standard: ServiceStandard) -> Office:
    """The office that works by this standard."""
    return Office(
        standard=standard,
        calendar=HOLIDAYS.calendar(standard.agency.zone),
        directory=DIRECTORY,
        legal_bases=LEGAL_BASES,
        data_law=DATA_LAW,
    )


OFFICES = {BIRO: office(standards.BIRO), BPPD: office(standards.BPPD)}
