"""What UU 27/2022 on personal data asks of the office, as data.

Each term and each ground stands with the article that gives it.
"""

from collections.abc import Mapping
from typing import Annotated, TypeAlias

import msgspec

from domain.values import DataRequestKind, HoldGround, LegalBasisCode

Hours: TypeAlias = Annotated[int, msgspec.Meta(ge=1)]


class DataRight(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A right of the data subject, and how long its request may take."""

    hours: Hours
    """On the clock: nights, weekends and holidays count."""
    citation: str
    text: str
    """The Act's own words, in Indonesian."""
    source: str
    """Where they were read."""


class HoldRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A ground on which data stay for the time being."""

    citation: str
    gloss: str
    """What it means, in English."""
    source: str
    """Where it was read."""
    said: bool = False
    """Whether a person names it with its end; the others show in the matters."""


class DataLimit(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A ground on which a data subject's wish is refused."""

    citation: str
    text: str
    gloss: str
    source: str
    """Where the text was read."""


class RetentionRule(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """How long the file of a finished case is kept with its persons (retensi)."""

    years_after_closing: Annotated[int, msgspec.Meta(ge=1)]
    annual_report_month: Annotated[int, msgspec.Meta(ge=1, le=12)]
    """Of the year after: by the end of it the year's annual report is made."""
    citation: str
    gloss: str


class DataLaw(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The Act's terms and grounds, as the office applies them."""

    act: str
    rights: Mapping[DataRequestKind, DataRight]
    holds: Mapping[HoldGround, HoldRule]
    limits: Mapping[LegalBasisCode, DataLimit]
    retention: RetentionRule

    def __post_init__(self) -> None:
        """Refuse a law that leaves a right or a ground open."""
        wanted: list[tuple[str, set[str]]] = [
            ("right", {*DataRequestKind} - {*self.rights}),
            ("hold", {*HoldGround} - {*self.holds}),
        ]
        for kind, left_out in wanted:
            if left_out:
                message = f"the {kind} {min(left_out)} is left out"
                raise ValueError(message)
