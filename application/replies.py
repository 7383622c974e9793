"""Replies to errands: those given before under the same key, and those about to be.

An answer is written before anything is recorded, so that what can't be answered is
not recorded either; only its position is filled in after the commit.
"""

from collections.abc import Sequence
from typing import TypeAlias
from uuid import UUID

from application.answers import answer
from application.desk_errors import (
    DeskError,
    InDoubtError,
    KeyReusedError,
    OverloadedError,
)
from application.errands import Errand
from application.office.offices import Offices
from application.page import Entered, KeptReply, Page, Reply
from application.recorded import Recorded
from domain.errors import RuleBrokenError

Outcome: TypeAlias = Recorded | RuleBrokenError | DeskError

_NO_POSITION = b'"position":0,'


def given(errand: Errand, page: Page) -> Recorded | Reply | KeyReusedError | None:
    """What the errand's key was answered before, in the book or on this page."""
    key = errand.idempotency
    if key is None:
        return None
    if kept := page.replies.get(key.scope):
        same = kept.body_sha256 == key.body_sha256
        return _replay(kept) if same else KeyReusedError()
    if first := page.keyed.get(key.scope):
        own = first.entered.errand.idempotency
        same = own is not None and own.body_sha256 == key.body_sha256
        return first if same else KeyReusedError()
    return None


def written(entered: Entered, page: Page, offices: Offices) -> Reply:
    """The answer to what was just entered; its key is remembered on the page."""
    standing = entered.standing
    matter = None if standing is None else standing.matter
    agency = (
        page.entries[entered.last].metadata.agency if matter is None else matter.agency
    )
    assert agency is not None
    office = offices.of(matter, agency, page.recorded_at)
    reply = Reply(entered, answer(entered, page.recorded_at, office))
    if entered.errand.idempotency is not None:
        page.keyed[entered.errand.idempotency.scope] = reply
    return reply


def placed(
    outcomes: Sequence[Reply | Outcome], positions: Sequence[int]
) -> list[Outcome]:
    """The outcomes after the commit, with their positions.

    Of two errands with one key the first was carried out, the other is a replay.
    """
    answered: set[UUID] = set()
    told: list[Outcome] = []
    for outcome in outcomes:
        if not isinstance(outcome, Reply):
            told.append(outcome)
            continue
        entered = outcome.entered
        told.append(
            Recorded(
                body=_at(outcome.body, positions[entered.last]),
                version=entered.version,
                subject=entered.errand.subject,
                replayed=entered.event_id in answered,
            )
        )
        answered.add(entered.event_id)
    return told


def in_doubt(outcomes: Sequence[Reply | Outcome]) -> list[Outcome]:
    """The outcomes when nobody knows whether the page was recorded.

    A refusal may rest on what stood on the page before it, so it isn't told either.
    """
    told: list[Outcome] = []
    for outcome in outcomes:
        if isinstance(outcome, Recorded):
            told.append(outcome)
        else:
            in_question = isinstance(outcome, Reply)
            told.append(InDoubtError() if in_question else OverloadedError())
    return told


def _replay(kept: KeptReply) -> Recorded:
    """The kept answer with its position, byte for byte as it went out first."""
    return Recorded(
        body=_at(kept.answer, kept.position),
        version=kept.version,
        subject=kept.subject,
        replayed=True,
    )


def _at(body: bytes, position: int) -> bytes:
    # The field itself is the first to match: within a text a quote is escaped.
    return body.replace(_NO_POSITION, b'"position":%d,' % position, 1)
