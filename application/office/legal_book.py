"""The legal bases that refusals may cite, read from data files that agencies own."""

from pathlib import Path
from typing import Annotated

import msgspec

from application.office import strict_toml
from domain.exemptions import LegalBasis, LegalCatalogue
from domain.values import LegalBasisCode

FOLDER = Path(__file__).parent / "legal"
"""The Acts that come with the program."""


class _Act(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    act: str
    """The Act whose grounds the file lists."""
    bases: Annotated[tuple[LegalBasis, ...], msgspec.Meta(min_length=1)]


def load(folder: Path = FOLDER) -> LegalCatalogue:
    """Every ground by its code; raises DataFileError for a fault or a second one."""
    catalogue: dict[LegalBasisCode, LegalBasis] = {}
    for file in sorted(folder.glob("*.toml")):
        for n, basis in enumerate(strict_toml.read(file, _Act).bases):
            if basis.code in catalogue:
                problem = f"{basis.code} stands twice"
                raise strict_toml.fault(file, ("bases", n, "code"), problem)
            catalogue[basis.code] = basis
    if not catalogue:
        raise strict_toml.DataFileError(folder, 1, "", "holds no legal basis")
    return catalogue
