"""What UU 27/2022 asks of the office, read from its data file."""

from pathlib import Path
from typing import Final

from application.office import strict_toml
from domain.data_law import DataLaw

FILE: Final = Path(__file__).parent / "personal_data" / "pdp.toml"
"""The Act as it comes with the program."""


def load(file: Path = FILE) -> DataLaw:
    """The Act's terms and grounds; raises DataFileError for a fault of the file."""
    return strict_toml.read(file, DataLaw)
