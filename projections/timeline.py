"""A history told in sentences, Indonesian and English, by what its entries say alone.

No directory and no table stands behind it, so that whoever holds the entries can tell
the same again and compare: that is how a bundle's timeline is checked.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Final
from zoneinfo import ZoneInfo

import msgspec

from application import upcasting
from application.entries import Entry
from application.office import strict_toml
from domain.values import OfficialId, Role


class _Phrase(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    en: str


class _Wording(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    entries: Mapping[str, _Phrase]
    roles: Mapping[Role, str]
    months: Annotated[tuple[str, ...], msgspec.Meta(min_length=12, max_length=12)]
    """In Indonesian, January first."""


WORDING: Final = strict_toml.read(Path(__file__).with_suffix(".toml"), _Wording)


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One entry as it is read aloud, with the fields that the sentences are made of."""

    version: int
    type: str
    occurred_at: datetime
    """Instants in the agency's zone."""
    recorded_at: datetime
    official: OfficialId | None
    """None where the program itself acted."""
    role: Role | None
    acting_for: OfficialId | None
    rule: str | None
    """The row of the authority table that allowed it."""
    late_reason: str | None
    indonesian: str
    english: str


def timeline(entries: Sequence[Entry], zone: str) -> tuple[Event, ...]:
    """Tell a history; `zone` is the IANA name of the agency's."""
    return tuple(_told(entry, ZoneInfo(zone)) for entry in entries)


def _told(entry: Entry, zone: ZoneInfo) -> Event:
    metadata = entry.metadata
    tag = upcasting.tag_of(type(entry.event))
    phrase = WORDING.entries[tag]
    occurred_at = entry.occurred_at.astimezone(zone)
    recorded_at = entry.recorded_at.astimezone(zone)
    return Event(
        version=entry.version,
        type=tag,
        occurred_at=occurred_at,
        recorded_at=recorded_at,
        official=metadata.official,
        role=metadata.role,
        acting_for=metadata.acting_for,
        rule=metadata.rule,
        late_reason=metadata.late_reason,
        indonesian=(
            f"{_in_indonesian(occurred_at)}: {phrase.id}, oleh "
            f"{metadata.official or 'sistem'}"
            + (f" ({WORDING.roles[metadata.role]})" if metadata.role else "")
            + (f", mewakili {metadata.acting_for}" if metadata.acting_for else "")
            + (f", dasar {metadata.rule}" if metadata.rule else "")
            + f"; dicatat {_in_indonesian(recorded_at)}"
        ),
        english=(
            f"{_in_english(occurred_at)}: {phrase.en}, by "
            f"{metadata.official or 'the system'}"
            + (f" ({metadata.role})" if metadata.role else "")
            + (f", for {metadata.acting_for}" if metadata.acting_for else "")
            + (f", under {metadata.rule}" if metadata.rule else "")
            + f"; recorded {_in_english(recorded_at)}"
        ),
    )


def _in_indonesian(at: datetime) -> str:
    return f"{at.day} {WORDING.months[at.month - 1]} {at.year} {at:%H.%M} {at:%Z}"


def _in_english(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} {at:%Z}"
