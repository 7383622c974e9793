"""A history in sentences says who, in which role, for whom, when, by which rule."""

from datetime import UTC, datetime
from typing import get_args
from uuid import UUID

from application import upcasting
from application.entries import Entry, Metadata
from domain import events
from domain.values import Role
from projections.timeline import WORDING, timeline

AT = datetime(2026, 3, 16, 0, 30, tzinfo=UTC)


def test_every_entry_of_a_case_and_every_role_has_its_words():
    tags = {upcasting.tag_of(event) for event in get_args(events.CaseEvent)}
    assert tags <= set(WORDING.entries)
    assert set(WORDING.roles) == set(Role)


def _told(event: events.AnyEvent, metadata: Metadata):
    entry = Entry(
        position=1,
        stream=UUID(int=1),
        version=1,
        event=event,
        event_id=UUID(int=2),
        occurred_at=AT,
        recorded_at=AT,
        metadata=metadata,
    )
    (told,) = timeline([entry], "Asia/Makassar")
    return told


def test_it_says_who_acted_for_whom_when_and_by_which_rule():
    by = Metadata(
        official="sekban", role=Role.AGENCY_SECRETARY, acting_for="kaban", rule="head"
    )
    told = _told(events.Disposed(to="ina", by="sekban"), by)
    assert told.indonesian == (
        "16 Maret 2026 08.30 WITA: didisposisi, oleh sekban (sekretaris),"
        " mewakili kaban, dasar head; dicatat 16 Maret 2026 08.30 WITA"
    )
    assert told.english == (
        "2026-03-16 08:30 WITA: assigned (disposisi), by sekban (agency_secretary),"
        " for kaban, under head; recorded 2026-03-16 08:30 WITA"
    )


def test_what_the_program_did_is_told_as_the_systems():
    told = _told(events.Closed(), Metadata())
    assert "oleh sistem;" in told.indonesian
    assert "by the system;" in told.english


def test_months_are_told_in_indonesian_and_all_of_them():
    assert len(set(WORDING.months)) == 12
    assert (WORDING.months[0], WORDING.months[-1]) == ("Januari", "Desember")
