"""Histories as pages, or as tables: an entry a line, who and when in columns."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from litestar import Response

from application.entries import Entry
from application.office.proofs import Proof
from domain.office import Office
from domain.values import AgencyCode, OfficialId, Role
from interfaces.http import csv_answer
from interfaces.http.call import Call
from interfaces.http.csv_answer import Format
from projections.history import HistoryItem, HistoryPage, Told, history
from projections.trail_items import TrailItem
from projections.trail_row import HistoryKind


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """What every entry tells."""

    version: int
    position: int
    type: str
    official: OfficialId | None
    name: str | None
    role: Role | None
    acting_for: OfficialId | None
    operator: str | None
    occurred_at: datetime
    recorded_at: datetime
    late_reason: str | None
    note: str | None
    rule: str | None
    data: dict[str, Any]
    """As JSON."""
    proof: Proof | None


class HistoryLine(Line, frozen=True, kw_only=True):
    """An entry of one history."""

    superseded_by: int | None


class TrailLine(Line, frozen=True, kw_only=True):
    """An entry of the trail."""

    agency: AgencyCode
    subject_kind: HistoryKind
    subject: UUID
    case: UUID | None
    registration_number: str | None


def asked_for(
    call: Call,
    format_: Format | None,
    entries: Sequence[Entry],
    office: Office,
    *,
    after: int,
    limit: int,
    tells_whose: bool = True,
) -> Response[HistoryPage]:
    """A page of a history, or as CSV all of it behind the version `after`."""
    is_csv = csv_answer.is_wanted(call, format_)
    shown = history(
        entries,
        office.agency,
        office,
        after,
        len(entries) if is_csv else limit,
        tells_whose=tells_whose,
    )
    if not is_csv:
        return Response(shown)
    name = f"history-{entries[0].stream}"
    columns = csv_answer.header(HistoryLine)
    return csv_answer.whole(name, columns, map(history_line, shown.items))


def history_line(item: HistoryItem) -> HistoryLine:
    """An entry of a history as a line."""
    return HistoryLine(**_line(item), superseded_by=item.superseded_by)


def trail_line(item: TrailItem) -> TrailLine:
    """An entry of the trail as a line."""
    return TrailLine(
        **_line(item),
        agency=item.agency,
        subject_kind=item.subject.kind,
        subject=item.subject.id,
        case=item.case,
        registration_number=item.registration_number,
    )


def _line(item: Told) -> dict[str, Any]:
    told = msgspec.structs.asdict(item)
    line = {name: told[name] for name in told if name in Line.__struct_fields__}
    return line | msgspec.structs.asdict(item.by)
