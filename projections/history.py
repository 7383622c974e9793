"""A case's history as people read it: who did what, when, under which rule."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, get_args

import msgspec

from application import upcasting
from application.entries import Entry
from application.office.proofs import Proof
from domain import events
from domain.calendar import Calendar
from domain.office import Office
from domain.values import STANDS_FOR_SOMEBODY, AgencyCode, OfficialId, Role


class Doer(msgspec.Struct, frozen=True, omit_defaults=True):
    """Who entered it; all of it is None where the program itself acted.

    Of a job at the command line it names the operator, who is no official.
    """

    official: OfficialId | None
    name: str | None
    role: Role | None
    acting_for: OfficialId | None
    operator: str | None = None
    proof: Proof | None = None
    """By what means the official proved who he is; older entries do not tell."""


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """One entry, wherever it is told; its times are the agency's."""

    version: int
    position: int
    type: str
    by: Doer
    occurred_at: datetime
    recorded_at: datetime
    late_reason: str | None
    note: str | None
    data: dict[str, Any]
    """The event's own fields; persons are ids, their words digests."""
    rule: str | None
    """The row of the authority table that allowed it."""


class HistoryItem(Told, frozen=True, kw_only=True):
    """One entry among those of its history."""

    superseded_by: int | None
    """The last version that corrects a fact of this one, where one does."""


class HistoryPage(msgspec.Struct, frozen=True):
    """Entries in the order of their versions."""

    items: tuple[HistoryItem, ...]
    next: str | None
    """The last version shown, while there are more."""


def history(
    entries: Sequence[Entry],
    agency: AgencyCode,
    office: Office,
    after: int,
    limit: int,
    *,
    tells_whose: bool = True,
) -> HistoryPage:
    """Up to `limit` of these entries behind a version.

    Where it does not tell whose they are, what stands for somebody is left out.
    """
    later = [entry for entry in entries if entry.version > after]
    superseded = {
        entry.event.version: entry.version
        for entry in entries
        if isinstance(entry.event, events.FactCorrected)
    }
    shown = tuple(
        HistoryItem(
            **msgspec.structs.asdict(
                told(entry, agency, office, tells_whose=tells_whose)
            ),
            superseded_by=superseded.get(entry.version),
        )
        for entry in later[:limit]
    )
    more = len(later) > len(shown)
    return HistoryPage(shown, str(shown[-1].version) if more else None)


def told(
    entry: Entry, agency: AgencyCode, office: Office, *, tells_whose: bool = True
) -> Told:
    """An entry as people read it; `agency` is the one in which its official acted."""
    metadata = entry.metadata
    found = office.directory.officials.get((metadata.official or "", agency))
    local = office.calendar.local
    return Told(
        version=entry.version,
        position=entry.position,
        type=upcasting.tag_of(type(entry.event)),
        by=Doer(
            official=metadata.official,
            name=None if found is None else found.name,
            role=metadata.role,
            acting_for=metadata.acting_for,
            operator=metadata.operator,
            proof=metadata.proof,
        ),
        occurred_at=local(entry.occurred_at),
        recorded_at=local(entry.recorded_at),
        late_reason=metadata.late_reason,
        note=metadata.note,
        data=_shown(entry.event, office.calendar, tells_whose=tells_whose),
        rule=metadata.rule,
    )


def _shown(value: Any, calendar: Calendar, *, tells_whose: bool) -> Any:  # noqa: ANN401 - any event's fields
    """A value with its fields by name and its instants in the agency's zone."""
    if isinstance(value, msgspec.Struct):
        hidden = frozenset() if tells_whose else _standing_for_somebody(type(value))
        return {
            name: _shown(field, calendar, tells_whose=tells_whose)
            for name, field in msgspec.structs.asdict(value).items()
            if name not in hidden
        }
    if isinstance(value, datetime):
        return calendar.local(value)
    if isinstance(value, tuple):
        return [_shown(each, calendar, tells_whose=tells_whose) for each in value]
    return value


@cache
def _standing_for_somebody(of: type[msgspec.Struct]) -> frozenset[str]:
    """The fields of a struct that are persons' ids, or digests."""
    return frozenset(
        field.name for field in msgspec.structs.fields(of) if _is_marked(field.type)
    )


def _is_marked(kind: Any) -> bool:  # noqa: ANN401 - any annotation
    """Whether a person's id or a digest is anywhere in it."""
    return any(
        each.extra == STANDS_FOR_SOMEBODY
        if isinstance(each, msgspec.Meta)
        else _is_marked(each)
        for each in (*get_args(kind), *getattr(kind, "__metadata__", ()))
    )
