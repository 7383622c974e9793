"""Who works in the two agencies when tests call over HTTP; all invented.

Ids begin with the agency's prefix (`bo-kepala`, `bppd-kepala`), so that a token speaks
for one agency; only the Regional Secretary, the superior of the PPID and the inspector
serve both.
"""

from typing import Final, NamedTuple

from domain.values import AgencyCode, OfficialId, Role

BIRO: Final = "biro-organisasi"
BPPD: Final = "bppd"
AGENCIES: Final = (BIRO, BPPD)


class Place(NamedTuple):
    """An official's entry in the directory."""

    id: OfficialId
    agency: AgencyCode
    roles: tuple[Role, ...]
    unit: str | None = None

    @property
    def name(self) -> str:
        """An official's name is no secret, and no requester's."""
        return f"Pejabat {self.id}"


_SEATS: Final = (
    ("kepala", (Role.AGENCY_HEAD,), None),
    ("kabid", (Role.DIVISION_HEAD,), "batas"),
    ("kabid-lain", (Role.DIVISION_HEAD,), "potensi"),
    ("kasubid", (Role.SUBDIVISION_HEAD,), "batas/lintas"),
    ("analis", (Role.HANDLER,), "batas/lintas"),
    ("analis-lain", (Role.HANDLER,), "potensi/data"),
    ("penerima-tamu", (Role.RECEPTIONIST,), None),
    ("agendaris", (Role.LETTER_CLERK,), None),
    ("penghubung", (Role.LAPOR_LIAISON,), None),
    ("ppid", (Role.PPID,), None),
    ("pengaduan", (Role.COMPLAINT_OFFICER,), None),
    ("admin", (Role.ADMINISTRATOR,), None),
    ("pelapor", (Role.REPORTER,), None),
)

PLACES: Final = (
    *(
        Place(f"{prefix}-{seat}", agency, roles, unit)
        for prefix, agency in (("bo", BIRO), ("bppd", BPPD))
        for seat, roles, unit in _SEATS
    ),
    Place("bppd-sekretaris", BPPD, (Role.AGENCY_SECRETARY,)),
    *(
        Place("sekda", agency, (Role.REGIONAL_SECRETARY, Role.PPID_SUPERIOR))
        for agency in AGENCIES
    ),
    *(Place("pengawas", agency, (Role.INSPECTOR,)) for agency in AGENCIES),
    *(Place("atasan-ppid", agency, (Role.PPID_SUPERIOR,)) for agency in AGENCIES),
    *(Place("inspektorat", agency, (Role.INSPECTORATE,)) for agency in AGENCIES),
)
