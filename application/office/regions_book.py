"""Codes of provinces and regencies, as a NIK begins with them."""

from pathlib import Path
from typing import Annotated, Final, TypeAlias

import msgspec

from application.office import strict_toml
from domain.nik import Regions

FILE: Final = Path(__file__).parent / "regions" / "kemendagri.toml"
"""The codes that come with the program."""

_Code: TypeAlias = Annotated[str, msgspec.Meta(pattern="^[0-9]{2}$")]


class _Codes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    provinces: tuple[_Code, ...]
    regencies: dict[_Code, tuple[_Code, ...]]


def load(file: Path = FILE) -> Regions:
    """Read the codes; raises `DataFileError` for a fault."""
    codes = strict_toml.read(file, _Codes)
    return {
        province: frozenset(codes.regencies.get(province, ()))
        for province in codes.provinces
    }
