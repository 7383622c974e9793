"""Every published service standard in every version; an agency is a file more."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from application.office import strict_toml
from domain.standard import ServiceStandard
from domain.standard_faults import faults
from domain.values import AgencyCode

FOLDER = Path(__file__).parent / "standards"
"""The standards that come with the program, a folder a province."""


class StandardsBook(msgspec.Struct, frozen=True):
    """The standards of all agencies, each agency's versions from the oldest on."""

    versions: Mapping[AgencyCode, tuple[ServiceStandard, ...]]

    @property
    def agencies(self) -> tuple[AgencyCode, ...]:
        """Codes of the agencies that have a standard."""
        return tuple(self.versions)

    def in_force(self, agency: AgencyCode, on: date) -> ServiceStandard | None:
        """The version that holds on a local day; none for an unknown agency.

        A day before the first version, as in an old letter entered late, falls under
        the first one: the page does not say what held before it.
        """
        versions = self.versions.get(agency, ())
        begun = [each for each in versions if each.effective_from <= on]
        return begun[-1] if begun else next(iter(versions), None)

    def __iter__(self) -> Iterator[ServiceStandard]:
        """All versions of all agencies."""
        for versions in self.versions.values():
            yield from versions


def load(*folders: Path) -> StandardsBook:
    """Read all `*.toml` below the folders, or below our own if none is given.

    Raises DataFileError for the first file that is wrong in itself or beside others.
    """
    read: dict[Path, ServiceStandard] = {}
    for folder in folders or (FOLDER,):
        for file in sorted(folder.rglob("*.toml")):
            standard = strict_toml.read(file, ServiceStandard)
            _must_fit(file, standard, read)
            read[file] = standard
    if not read:
        raise strict_toml.DataFileError(
            (folders or (FOLDER,))[0], 1, "", "holds no service standard"
        )
    ordered = sorted(read.values(), key=lambda each: (each.agency.code, each.version))
    versions: dict[AgencyCode, tuple[ServiceStandard, ...]] = {}
    for each in ordered:
        code = each.agency.code
        versions[code] = (*versions.get(code, ()), each)
    return StandardsBook(versions=versions)


def _must_fit(
    file: Path, standard: ServiceStandard, others: Mapping[Path, ServiceStandard]
) -> None:
    for found in faults(standard):
        raise strict_toml.fault(file, found.field, found.problem)
    agency = standard.agency
    try:
        ZoneInfo(agency.zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        problem = f"{agency.zone} is no time zone"
        raise strict_toml.fault(file, ("agency", "zone"), problem) from error
    for other_file, other in others.items():
        same_agency = other.agency.code == agency.code
        if standard.ref == other.ref:
            problem = f"{standard.ref} stands in {other_file.name} too"
            raise strict_toml.fault(file, ("version",), problem)
        if same_agency and standard.id != other.id:
            problem = f"{agency.code} has another service in {other_file.name}"
            raise strict_toml.fault(file, ("id",), problem)
        if not same_agency and agency.prefix == other.agency.prefix:
            problem = f"{agency.prefix} numbers {other.agency.code} already"
            raise strict_toml.fault(file, ("agency", "prefix"), problem)
        if not same_agency and standard.id == other.id:
            problem = f"{standard.id} belongs to {other.agency.code}"
            raise strict_toml.fault(file, ("id",), problem)
