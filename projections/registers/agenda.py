"""The agenda book of incoming letters (buku agenda surat masuk).

Its number links the letter, the disposition sheet and the answer.
"""

from datetime import date
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from application.register import Connection
from domain.calendar import Calendar
from domain.values import AgencyCode, Channel, OfficialId, Outcome, Role, Stage
from projections.case_row import Folded
from projections.registers.excerpt import Excerpt
from projections.registers.numbered import ALL, Numbered
from projections.registers.onlooker import Onlooker
from projections.registers.received_cases import RequestsWanted, received_cases
from projections.registers.told import AGENDA, Told

SEALED = ("sender", "subject")
"""Columns that stay empty for who may not know them."""


class AgendaLine(msgspec.Struct, frozen=True, kw_only=True):
    """One incoming letter; days are the agency's local days."""

    agenda_number: str | None
    letter_number: str | None
    letter_date: date | None
    sender: str | None
    addressee: Role | None
    received_on: date
    subject: str | None
    disposed_to: Annotated[
        OfficialId | None, Meta(description="Who answers it at present.")
    ]
    disposed_on: Annotated[
        date | None, Meta(description="Day of the first disposition.")
    ]
    answer_number: Annotated[
        str | None, Meta(description="Of the letter that answered last.")
    ]
    case: UUID
    registration_number: str
    agency: AgencyCode
    stage: Stage
    outcome: Outcome | None
    not_shown: Annotated[
        tuple[str, ...], Meta(description="Columns that the reader may not see.")
    ]


class AgendaPage(msgspec.Struct, frozen=True):
    """Lines of the book, the newest day first."""

    items: tuple[AgendaLine, ...]
    next: str | None
    """Opaque; where the book goes on, while there is more."""


async def agenda(
    connection: Connection,
    onlooker: Onlooker,
    excerpt: Excerpt,
    numbered: Numbered = ALL,
) -> AgendaPage:
    """A page of the book."""
    letters = RequestsWanted(channel=Channel.LETTER, numbered=numbered)
    page = await received_cases(connection, onlooker, excerpt, letters, AGENDA)
    return AgendaPage(
        items=tuple(
            line(
                one,
                each,
                page.opened[one],
                onlooker.offices.calendar(each.case.agency),
            )
            for one, each in page.folded.items()
        ),
        next=page.next,
    )


def line(case_id: UUID, folded: Folded, said: Told, calendar: Calendar) -> AgendaLine:
    """What the book says of a letter."""
    case, disposed_in = folded.case, folded.course.disposed_in
    letter = case.letter
    disposed_on = None
    if disposed_in is not None:
        disposed_on = calendar.date_of(case.times[disposed_in - 1])
    return AgendaLine(
        agenda_number=None if letter is None else letter.agenda_number,
        letter_number=None if letter is None else letter.number,
        letter_date=None if letter is None else letter.dated,
        sender=said.name,
        addressee=case.addressee,
        received_on=calendar.date_of(case.times[0]),
        subject=said.words.subject,
        disposed_to=case.assignee,
        disposed_on=disposed_on,
        answer_number=folded.course.answer_number,
        case=case_id,
        registration_number=case.registration_number,
        agency=case.agency,
        stage=case.stage,
        outcome=case.outcome,
        not_shown=(
            *(() if said.sight.requester else ("sender",)),
            *(() if said.sight.words else ("subject",)),
        ),
    )
