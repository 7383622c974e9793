"""The register of complaints (buku register pengaduan).

Whose affair a complaint is decides who sees that there is one; nobody sees one about
himself, in whatever post he looks.
"""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta
from psycopg.rows import class_row

from application import named_sql
from application.register import Connection
from domain.calendar import Calendar
from domain.values import (
    AgencyCode,
    ComplaintChannel,
    ComplaintClass,
    ComplaintKind,
    ComplaintStage,
)
from projections.complaint_row import Folded
from projections.registers import told
from projections.registers.excerpt import Excerpt, Found, cut
from projections.registers.onlooker import Onlooker
from projections.registers.told import Told

_NEWEST = named_sql.load(__file__)["newest"]

_decode = msgspec.msgpack.Decoder(Folded).decode

SEALED = ("name", "contact", "about", "text")


class ComplaintLine(msgspec.Struct, frozen=True, kw_only=True):
    """One complaint in its register; days are the agency's local days."""

    opened_on: date
    channel: ComplaintChannel
    name: Annotated[
        str | None, Meta(description="Of the complainant; null if he stays unnamed.")
    ]
    contact: Annotated[str | None, Meta(description="Telephone; e-mail.")]
    category: str
    about: Annotated[
        str | None, Meta(description="An official's id, or words for what it is about.")
    ]
    text: str | None
    class_: ComplaintClass | None = msgspec.field(name="class")
    kind: Annotated[ComplaintKind, Meta(description="Whose affair it is.")]
    classified_on: date | None
    followed_up_on: Annotated[date | None, Meta(description="For the first time.")]
    answered_on: date | None
    closed_on: date | None
    due_on: Annotated[
        date | None, Meta(description="Null while nothing is owed by a day.")
    ]
    anonymous: bool
    confidential: bool
    complaint: UUID
    case: UUID | None
    agency: AgencyCode
    stage: ComplaintStage
    not_shown: Annotated[
        tuple[str, ...], Meta(description="Columns that the reader may not see.")
    ]


class ComplaintRegisterPage(msgspec.Struct, frozen=True):
    """Lines of the register, the newest day first."""

    items: tuple[ComplaintLine, ...]
    next: str | None
    """Opaque; where the register goes on, while there is more."""


class _Found(Found, frozen=True):
    complaint_id: UUID
    due_on: date | None
    folded: bytes


async def complaints(
    connection: Connection,
    onlooker: Onlooker,
    excerpt: Excerpt,
) -> ComplaintRegisterPage:
    """A page of the register."""
    of = excerpt.within() | onlooker.affairs().asked()
    async with connection.cursor(binary=True, row_factory=class_row(_Found)) as cursor:
        await cursor.execute(_NEWEST, of, prepare=False)
        found, following = cut(await cursor.fetchall(), excerpt.limit)
    folded = {one.complaint_id: _decode(one.folded) for one in found}
    due = {one.complaint_id: one.due_on for one in found}
    told_in = {one: each.complaint for one, each in folded.items()}
    opened = await told.of_complaints(connection, onlooker, told_in)
    return ComplaintRegisterPage(
        items=tuple(
            line(
                one,
                each,
                due[one],
                opened.get(one),
                onlooker.offices.calendar(each.complaint.agency),
            )
            for one, each in folded.items()
        ),
        next=following,
    )


def line(
    complaint_id: UUID,
    folded: Folded,
    due_on: date | None,
    said: Told | None,
    calendar: Calendar,
) -> ComplaintLine:
    """What the register says of a complaint; `said` is None to who may not hear it."""
    complaint, steps, opened = folded.complaint, folded.steps, folded.complaint.opened
    heard = said or Told()

    def day(at: datetime | None) -> date | None:
        return None if at is None else calendar.date_of(at)

    return ComplaintLine(
        opened_on=calendar.date_of(steps.opened_at),
        channel=opened.channel,
        name=heard.name,
        contact=heard.contact,
        category=opened.category,
        about=None if said is None else opened.about or heard.words.subject,
        text=heard.words.text,
        class_=complaint.classified,
        kind=complaint.kind,
        classified_on=day(complaint.classified_at),
        followed_up_on=day(steps.followed_up_at),
        answered_on=day(steps.answered_at),
        closed_on=day(steps.closed_at),
        due_on=due_on,
        anonymous=opened.anonymous,
        confidential=opened.confidential,
        complaint=complaint_id,
        case=opened.case,
        agency=complaint.agency,
        stage=complaint.stage,
        not_shown=SEALED if said is None else (),
    )
