"""A line of the register of requests, its seventeen columns.

Their order is that of the form that goes with Perki 1/2021. What the office is not
told, and what no event says, is null: a register invents nothing.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from domain.calendar import Calendar
from domain.case import Case
from domain.exemptions import withholds
from domain.outcome import ItemOutcome
from domain.standard import Cost
from domain.values import AgencyCode, Channel, Outcome, Stage
from projections.case_row import Folded
from projections.registers.told import Told

HELD = {Outcome.GRANTED, Outcome.PARTIAL, Outcome.REFUSED_AS_EXEMPT}
NOT_THERE = {Outcome.NOT_HELD, Outcome.NOT_DOCUMENTED}

BY_WORDS = ("reason_for_refusal",)
"""What officials wrote; it stays empty for who may not read what was asked."""

_NEVER_TOLD = "Always null: no event of the office says it."


class RequestLine(msgspec.Struct, frozen=True, kw_only=True):
    """One request in its register; days are the agency's local days."""

    no: Annotated[int, Meta(description="Serial of the agency's year.")]
    registration_number: str
    received_on: date
    name: Annotated[
        str | None, Meta(description="Of the requester, or of the institution.")
    ]
    address: str | None
    contact: Annotated[str | None, Meta(description="Telephone; e-mail.")]
    occupation: Annotated[None, Meta(description=_NEVER_TOLD)] = None
    information_requested: Annotated[
        str | None, Meta(description="The subject, then the items, a line each.")
    ]
    purpose: Annotated[
        str | None, Meta(description="Of the visit; letters and reports tell none.")
    ]
    held: Annotated[
        bool | None,
        Meta(description="Whether any item is held; null while nothing was answered."),
    ]
    held_by: Annotated[
        str | None, Meta(description="Agency or body to which it was transferred.")
    ]
    form_held: Annotated[None, Meta(description=_NEVER_TOLD)] = None
    kind: Annotated[None, Meta(description=_NEVER_TOLD)] = None
    decision: Annotated[
        Outcome | None, Meta(description="As it stands; null while the case is open.")
    ]
    reason_for_refusal: Annotated[
        str | None,
        Meta(description="Item, legal bases and reason of what was kept back."),
    ]
    notice_on: Annotated[
        date | None,
        Meta(
            description="Day of the written notice: of the last signature, of a refusal"
            " at the counter, or of the notice that the request went another way."
        ),
    ]
    given_on: Annotated[
        date | None,
        Meta(description="Day on which information was given for the first time."),
    ]
    cost: Annotated[
        str, Meta(description="As the standard publishes it for this request.")
    ]
    payment: Annotated[None, Meta(description="Null: nothing is to be paid.")] = None
    case: UUID
    agency: AgencyCode
    channel: Channel
    stage: Stage
    not_shown: Annotated[
        tuple[str, ...], Meta(description="Columns that the reader may not see.")
    ]


def line(
    case_id: UUID,
    folded: Folded,
    said: Told,
    calendar: Calendar,
    cost: Cost,
) -> RequestLine:
    """What the register says of a case as it stands."""
    case = folded.case

    def day(at: datetime | None) -> date | None:
        return None if at is None else calendar.date_of(at)

    return RequestLine(
        no=int(case.registration_number.rpartition("-")[2]),
        registration_number=case.registration_number,
        received_on=calendar.date_of(case.times[0]),
        name=said.name,
        address=said.identity.address,
        contact=said.contact,
        information_requested=said.asked,
        purpose=said.words.visit_purpose,
        held=_held(case),
        held_by=folded.course.holder,
        decision=case.outcome,
        reason_for_refusal=_reasons(case.answers) if said.sight.words else None,
        notice_on=day(_noticed_at(folded)),
        given_on=day(_given_at(case)),
        cost=cost.published,
        case=case_id,
        agency=case.agency,
        channel=case.channel,
        stage=case.stage,
        not_shown=said.not_shown_with(BY_WORDS),
    )


def _held(case: Case) -> bool | None:
    if case.outcome in {None, Outcome.WITHDRAWN, Outcome.LAPSED}:
        return None
    return any(item.outcome in HELD for item in case.answers)


def _reasons(answers: Sequence[ItemOutcome]) -> str | None:
    """Items, grounds and reasons; items of one ground and reason go together."""
    items: dict[str, list[int]] = {}
    for item in answers:
        if withholds(item) or item.outcome in NOT_THERE:
            said = (item.outcome, ", ".join(item.legal_basis), item.reason or "")
            items.setdefault(": ".join(filter(None, said)), []).append(item.n)
    told_of = (f"{','.join(map(str, ns))}. {said}" for said, ns in items.items())
    return "\n".join(told_of) or None


def _noticed_at(folded: Folded) -> datetime | None:
    """When the requester's written notice was made out, as far as there was one."""
    case, signed_in = folded.case, folded.course.approved_in
    if case.left in {Stage.TRANSFERRED, Stage.LAPSED} and case.left_in is not None:
        return case.times[case.left_in - 1]
    if signed_in is not None:
        return case.times[signed_in - 1]
    refused_in = case.first_answered_in
    if case.channel is Channel.FACE_TO_FACE and case.exempt and refused_in is not None:
        return case.times[refused_in - 1]
    return None


def _given_at(case: Case) -> datetime | None:
    given_in = case.first_answered_in
    given = {item.outcome for item in (*case.answers, *case.said_before)}
    if given_in is None or not given & {Outcome.GRANTED, Outcome.PARTIAL}:
        return None
    return case.times[given_in - 1]
