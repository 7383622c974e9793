"""A visitor's row says who has his card, after every entry, and after corrections."""

from uuid import uuid4

from domain import events
from domain.corrected import written
from domain.values import Channel, CorrectableFact, VisitOutcome
from tests.domain import past
from tests.domain.offices import BPPD
from tests.domain.receipts import received
from tests.domain.scenarios import NUMBER, wita
from tests.domain.words import PERSON, WORDS
from tests.projections import histories, lives
from tests.projections.histories import Told, every_prefix_is_as_written
from tests.projections.projecting import projected

CAME = wita("2026-02-10 09:05")
DIRECTED = wita("2026-02-10 09:07")
RETURNED = wita("2026-02-10 09:40")
EARLIER = wita("2026-02-10 08:55")
EARLIER_STILL = wita("2026-02-10 08:50")
LATER = wita("2026-02-10 09:45")


def corrected(version: int, at, of: int = 0) -> events.FactCorrected:
    return events.FactCorrected(
        version=version,
        fact=CorrectableFact.OCCURRED_AT,
        value=written(at),
        before=None,
        reason="salah catat",
        of=of,
    )


WHOLE = (
    Told(
        received(Channel.FACE_TO_FACE, CAME),
        CAME,
        {"agency": BPPD, "came_at": CAME, "registration_number": NUMBER},
    ),
    Told(
        events.IdCardDeposited(kind="ktp"),
        CAME,
        {"card_kind": "ktp", "card_deposited_at": CAME},
    ),
    Told(
        events.IdCardReturned(to="proxy"),
        RETURNED,
        {"card_returned_at": RETURNED, "card_returned_to": "proxy"},
    ),
    Told(corrected(1, EARLIER), RETURNED, {"came_at": EARLIER}),
    Told(corrected(2, EARLIER), RETURNED, {"card_deposited_at": EARLIER}),
    Told(corrected(4, EARLIER_STILL, of=1), RETURNED, {"came_at": EARLIER_STILL}),
    Told(corrected(3, LATER), RETURNED, {"card_returned_at": LATER}),
)


async def test_after_every_entry_the_row_is_as_written_out(database_url, desk, owner):
    await every_prefix_is_as_written(database_url, desk, owner, "guests", WHOLE)


async def test_a_visit_without_a_case_stands_there_too(database_url, desk, owner):
    visit = (
        Told(
            events.Visited(
                agency=BPPD,
                outcome=VisitOutcome.NO_IDENTITY,
                person=PERSON,
                words=WORDS,
            ),
            CAME,
            {"agency": BPPD, "came_at": CAME, "outcome": "no_identity"},
        ),
    )
    await every_prefix_is_as_written(database_url, desk, owner, "guests", visit)


async def test_what_happens_besides_leaves_the_row_as_it_was(database_url, desk):
    directed = Told(past.directed().event, DIRECTED, {})
    stream = uuid4()
    await lives.record(
        desk, histories.entries(stream, (*WHOLE[:2], directed, directed))
    )
    await projected(database_url, desk)

    [row] = await histories.rows(desk, "guests")

    assert (row["version"], row["card_returned_at"]) == (2, None)


async def test_only_visitors_stand_in_the_guest_book(database_url, desk):
    await lives.record(desk, lives.many(6))
    await projected(database_url, desk)

    found = await histories.rows(desk, "guests")

    assert sorted((row["registration_number"], row["card_kind"]) for row in found) == [
        ("BPPD-2026-00001", "ktp"),
        ("BPPD-2026-00002", None),
    ]
