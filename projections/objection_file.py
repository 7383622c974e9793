"""An objection as it stands, with its words for whom they are meant (keberatan)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from application.entries import Entry
from application.recorded import ObjectionRecorded
from domain.clock_faces import faces
from domain.histories import folded
from domain.objection import Objection
from domain.office import Office
from domain.values import Digest


class ObjectionFile(ObjectionRecorded, frozen=True, kw_only=True):
    """`GET /v1/objections/{id}`."""

    facts: str | None
    """The statement of facts (kasus posisi); None to those without part in it."""


def objection_file(
    entries: Sequence[Entry],
    told: Mapping[Digest, bytes],
    office: Office,
    now: datetime,
) -> ObjectionFile:
    """An objection after its entries, of which there is one at least.

    `told` is what was sealed of it, for who may know it.
    """
    objection = folded((entry.event, entry.by()) for entry in entries)
    assert isinstance(objection, Objection)
    last = entries[-1]
    stated = told.get(objection.filed.facts)
    return ObjectionFile(
        objection=last.stream,
        case=objection.case,
        version=last.version,
        position=last.position,
        recorded_at=office.calendar.local(last.recorded_at),
        stage=objection.stage,
        clocks=faces(objection.clocks, office.standard.statute, office.calendar, now),
        facts=None if stated is None else stated.decode(),
    )
