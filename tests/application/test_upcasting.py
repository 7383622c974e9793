"""Old lines stay readable; unknown ones are refused by name."""

import msgspec
import pytest

from application import upcasting
from domain import events


def test_every_event_of_today_is_read_back_under_its_tag():
    closed = events.Closed(reason="selesai")

    read = upcasting.decode("closed", msgspec.json.encode(closed))

    assert read == closed
    assert upcasting.tag_of(events.RefusedAsExempt) == "refused-as-exempt"


def test_an_old_tag_is_lifted_step_by_step_to_an_event_of_today():
    steps = {
        "ended": lambda raw: {"type": "finished", "why": raw["why"]},
        "finished": lambda raw: {"type": "closed", "reason": raw["why"]},
    }

    read = upcasting.decode("ended", b'{"type":"ended","why":"selesai"}', steps)

    assert read == events.Closed(reason="selesai")


def test_an_unknown_tag_is_refused_and_nothing_is_imported_for_it():
    with pytest.raises(upcasting.UnknownTagError) as unknown:
        upcasting.decode("os:system", b'{"type":"os:system"}')

    assert unknown.value.tag == "os:system"


@pytest.mark.parametrize(
    "state",
    [b"", b"{", b"[]", b'{"type":"reopened","reason":"x"}', b'{"type":"disposed"}'],
)
def test_a_state_that_is_not_what_its_tag_says_is_unreadable(state):
    with pytest.raises(upcasting.UnreadableEventError) as unreadable:
        upcasting.decode("disposed", state)

    assert unreadable.value.tag == "disposed"


def test_what_cannot_be_read_is_told_by_its_place_and_never_quoted():
    with pytest.raises(upcasting.UnreadableEventError) as unreadable:
        upcasting.decode("disposed", b'{"to":"a","by":"b","urgency":"Siti Aminah"}')

    assert unreadable.value.path == "$.urgency"
    assert "Siti" not in str(unreadable.value)
    assert unreadable.value.__cause__ is None
    assert unreadable.value.__suppress_context__
