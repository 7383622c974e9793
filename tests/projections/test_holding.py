"""Who held a case, one after the other, and for how long."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import msgspec
from msgspec.structs import replace

from application.entries import Entry
from domain import events
from domain.values import CorrectableFact, MissedPickup
from projections.holding import held_by, holdings
from projections.standing import Moment, replay
from tests.domain import past
from tests.domain.offices import ANALYST, BPPD, HEAD, OFFICES
from tests.domain.receipts import lettered
from tests.domain.resting import rested
from tests.domain.scenarios import Happened, fold, wita
from tests.projections import lives

OFFICE = OFFICES[BPPD]
CALENDAR = OFFICE.calendar
RECEIVED = wita("2026-06-05 09:00")
"""A Friday."""
NEVER = datetime(2030, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def entered(*happened: Happened) -> list[Entry]:
    made = lives.entries(happened, "BPPD-2026-00001")
    return [
        Entry(position=n, **msgspec.structs.asdict(entry))
        for n, entry in enumerate(made, start=101)
    ]


def told(entries, now: datetime = NEVER, moment: Moment | None = None):
    standing = replay(entries, now, moment, OFFICE)
    return holdings(standing, CALENDAR)


def at(happened: Happened, day: int, hour: int = 9) -> Happened:
    return replace(happened, at=wita(f"2026-06-{day:02} {hour:02}:00"))


LETTER = (
    lettered(at=RECEIVED),
    at(past.disposed(), 8),
    at(past.drafted(), 10),
    at(past.returned(), 10, 15),
    at(past.drafted(n=2), 11),
    at(past.initialled(1, draft=2), 12),
    at(past.initialled(2, draft=2), 15),
    at(past.signed(draft=2), 16),
    at(past.delivered(), 17),
    at(past.closed(), 18),
)


def test_each_span_ends_where_the_next_partys_begins():
    spans = told(entered(*LETTER))
    assert [(span.who, span.official) for span in spans] == [
        ("agency_head", None),
        ("handler", ANALYST),
        ("subdivision_head", None),
        ("handler", ANALYST),
        ("subdivision_head", None),
        ("division_head", None),
        ("agency_head", None),
        ("letter_clerk", None),
    ]
    for span, following in pairwise(spans):
        assert span.until == following.since
    assert spans[0].since == RECEIVED
    assert spans[0].since.utcoffset() == timedelta(hours=8)


def test_after_its_end_nobody_holds_a_case():
    last = told(entered(*LETTER))[-1]
    assert last.until == wita("2026-06-18 09:00")
    assert last.seconds == 2 * DAY.total_seconds()


def test_days_are_counted_as_terms_are_from_the_day_after():
    head, analyst, *_ = told(entered(*LETTER))
    assert (head.seconds, head.working_days) == (3 * DAY.total_seconds(), 1)
    assert (analyst.seconds, analyst.working_days) == (2 * DAY.total_seconds(), 2)


def test_a_party_is_told_once_with_all_its_spans_together():
    spans = told(entered(*LETTER))
    sums = held_by(spans)
    assert [each.who for each in sums] == [
        "agency_head",
        "handler",
        "subdivision_head",
        "division_head",
        "letter_clerk",
    ]
    assert sum(each.seconds for each in sums) == sum(span.seconds for span in spans)
    assert sums[0].seconds == spans[0].seconds + spans[6].seconds
    assert sums[0].working_days == spans[0].working_days + spans[6].working_days


def test_what_is_held_still_has_no_end_and_is_counted_up_to_now():
    now = wita("2026-06-09 09:00")
    span = told(entered(*LETTER[:2]), now)[-1]
    assert (span.until, span.seconds, span.working_days) == (
        None,
        DAY.total_seconds(),
        1,
    )


def test_the_past_ends_at_its_moment():
    entries = entered(*LETTER)
    then = wita("2026-06-09 12:00")
    spans = told(entries, moment=Moment(occurred_at=then))
    assert [span.who for span in spans] == ["agency_head", "handler"]
    assert spans[-1].until is None
    assert spans[-1].seconds == (DAY + timedelta(hours=3)).total_seconds()
    of_version = told(entries, moment=Moment(version=2))
    assert of_version[-1].seconds == 5, "it was recorded five seconds later"


def test_another_assignee_is_another_span():
    spans = told(entered(*LETTER[:2], at(past.disposed(to="colleague"), 9)))
    assert [span.official for span in spans] == [None, ANALYST, "colleague"]


def test_the_requester_holds_what_the_office_waits_for():
    letter = (lettered(at=RECEIVED), past.disposed(), *past.approved())
    spans = told(entered(*letter, past.called(), past.missed(MissedPickup.CLOSE)))
    assert [span.who for span in spans][-2:] == ["letter_clerk", "requester"]


def test_a_reopened_case_is_held_again():
    again = (*LETTER, at(past.reopened(), 22), at(past.delivered(), 23))
    spans = told(entered(*again))
    assert spans[-2].who == "handler"
    assert spans[-2].since == wita("2026-06-22 09:00")
    assert spans[-3].until == wita("2026-06-18 09:00")


def test_the_secretarys_days_with_a_letter_come_first():
    receipt = lettered(at=RECEIVED)
    assert isinstance(receipt.event, events.Received)
    had_at = wita("2026-06-02 10:00")
    letter = events.LetterReceipt(received_by_regional_secretary_at=had_at)
    made = entered(receipt)
    event = replace(receipt.event, letter=letter)
    spans = told([replace(made[0], event=event)])
    assert (spans[0].who, spans[0].since, spans[0].until) == (
        "regional_secretary",
        had_at,
        RECEIVED,
    )
    assert spans[0].working_days == 3


def test_the_time_in_which_the_clocks_rest_is_told_apart():
    case = fold(LETTER[:2])
    assert case is not None
    # Tuesday and Wednesday; he has had it since Monday.
    rests = rested(case, wita("2026-06-08 10:00"), date(2026, 6, 9), date(2026, 6, 10))
    spans = told(entered(*LETTER[:2], rests, at(past.drafted(), 12)))
    assert [span.paused_seconds for span in spans[:2]] == [0, 2 * DAY.total_seconds()]
    assert held_by(spans)[1].paused_seconds == 2 * DAY.total_seconds()


def test_a_corrected_time_moves_the_spans():
    corrected = events.FactCorrected(
        version=2,
        fact=CorrectableFact.OCCURRED_AT,
        value=wita("2026-06-09 09:00").astimezone(UTC).isoformat(),
        before=wita("2026-06-08 09:00").astimezone(UTC).isoformat(),
        reason="salah tanggal",
    )
    entries = entered(*LETTER[:3], at(Happened(corrected, by=HEAD), 12))
    head, analyst, *_ = told(entries)
    assert head.until == analyst.since == wita("2026-06-09 09:00")
    assert analyst.seconds == DAY.total_seconds()
    as_entered = told(entries, moment=Moment(version=3))
    assert as_entered[0].until == wita("2026-06-08 09:00")


def test_every_life_has_one_holder_at_a_time_and_no_gap_but_after_an_end():
    for life in lives.LIVES:
        entries = entered(*life)
        spans = told(entries)
        assert spans[0].since == entries[0].occurred_at
        for span, following in pairwise(spans):
            assert span.until is not None
            assert span.until <= following.since
        assert sum(span.seconds for span in spans) == sum(
            each.seconds for each in held_by(spans)
        )
