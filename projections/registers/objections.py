"""The register of objections (buku register keberatan), after Perki 1/2021."""

from datetime import date
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta
from psycopg.rows import class_row

from application import named_sql
from application.register import Connection
from domain.values import (
    AgencyCode,
    Filer,
    ObjectionGround,
    ObjectionRuling,
    ObjectionStage,
    OfficialId,
    Role,
)
from projections.case_row import Folded as FoldedCase
from projections.objection_row import Folded, Ruled
from projections.registers import told
from projections.registers.cases_of import cases_of
from projections.registers.excerpt import Excerpt, Found, cut
from projections.registers.onlooker import Onlooker
from projections.registers.told import Told

_NEWEST = named_sql.load(__file__)["newest"]

_decode = msgspec.msgpack.Decoder(Folded).decode

BY_WORDS = ("reason", "commission_result")
"""What officials wrote; it stays empty for who may not read what was asked."""


class ObjectionLine(msgspec.Struct, frozen=True, kw_only=True):
    """One objection in its register; days are the agency's local days."""

    filed_on: date
    name: Annotated[str | None, Meta(description="Of the requester.")]
    address: str | None
    contact: Annotated[str | None, Meta(description="Telephone; e-mail.")]
    by: Annotated[
        Filer, Meta(description="A proxy's own name stands in the power of attorney.")
    ]
    registration_number: Annotated[
        str | None, Meta(description="Of the request whose decision is attacked.")
    ]
    information_requested: str | None
    purpose: str | None
    ground: ObjectionGround
    decision: ObjectionRuling | None
    reason: Annotated[str | None, Meta(description="Of the decision.")]
    answered_on: date | None
    letter_number: str | None
    superior: Annotated[
        OfficialId | None, Meta(description="Who answered (atasan PPID).")
    ]
    superior_name: str | None
    superior_position: Annotated[
        Role | None, Meta(description="The role in which he decided.")
    ]
    superior_for: Annotated[
        OfficialId | None, Meta(description="In whose stead, where in another's.")
    ]
    disputed_on: Annotated[
        date | None,
        Meta(description="The requester's reaction: day on which it was noted."),
    ]
    commission_number: str | None
    commission_status: str | None
    commission_result: str | None
    objection: UUID
    case: UUID
    agency: AgencyCode
    stage: ObjectionStage
    not_shown: Annotated[
        tuple[str, ...], Meta(description="Columns that the reader may not see.")
    ]


class ObjectionRegisterPage(msgspec.Struct, frozen=True):
    """Lines of the register, the newest day first."""

    items: tuple[ObjectionLine, ...]
    next: str | None
    """Opaque; where the register goes on, while there is more."""


class _Found(Found, frozen=True):
    objection_id: UUID
    folded: bytes


async def objections(
    connection: Connection,
    onlooker: Onlooker,
    excerpt: Excerpt,
    *,
    ground: ObjectionGround | None = None,
    decision: ObjectionRuling | None = None,
) -> ObjectionRegisterPage:
    """A page of the register."""
    of = excerpt.within() | {"ground": ground, "decision": decision}
    async with connection.cursor(binary=True, row_factory=class_row(_Found)) as cursor:
        await cursor.execute(_NEWEST, of, prepare=False)
        found, following = cut(await cursor.fetchall(), excerpt.limit)
    folded = {one.objection_id: _decode(one.folded) for one in found}
    cases = await cases_of(connection, {one.objection.case for one in folded.values()})
    opened = await told.of_cases(connection, onlooker, cases)
    return ObjectionRegisterPage(
        items=tuple(
            line(
                one,
                each,
                cases.get(each.objection.case),
                opened.get(each.objection.case, Told()),
                onlooker,
            )
            for one, each in folded.items()
        ),
        next=following,
    )


def line(
    objection_id: UUID,
    folded: Folded,
    case: FoldedCase | None,
    said: Told,
    onlooker: Onlooker,
) -> ObjectionLine:
    """What the register says of an objection and the request it is about."""
    objection, ruled, disputed = folded.objection, folded.ruled, folded.disputed
    result = None if disputed is None else disputed.result
    reason = None if ruled is None else ruled.reason
    day = onlooker.offices.calendar(objection.agency).date_of
    return ObjectionLine(
        filed_on=day(folded.filed_at),
        name=said.name,
        address=said.identity.address,
        contact=said.contact,
        by=objection.filed.filed_by,
        registration_number=None if case is None else case.case.registration_number,
        information_requested=said.asked,
        purpose=said.words.visit_purpose,
        ground=objection.filed.ground,
        decision=objection.ruling,
        reason=reason if said.sight.words else None,
        answered_on=None if ruled is None else day(ruled.at),
        letter_number=None if ruled is None else ruled.letter_number,
        superior=None if ruled is None else ruled.by,
        superior_name=_name(ruled, objection.agency, onlooker),
        superior_position=None if ruled is None else ruled.role,
        superior_for=None if ruled is None else ruled.acting_for,
        disputed_on=None if disputed is None else day(disputed.at),
        commission_number=None if disputed is None else disputed.commission_number,
        commission_status=None if disputed is None else disputed.status,
        commission_result=result if said.sight.words else None,
        objection=objection_id,
        case=objection.case,
        agency=objection.agency,
        stage=objection.stage,
        not_shown=said.not_shown_with(BY_WORDS),
    )


def _name(ruled: Ruled | None, agency: AgencyCode, onlooker: Onlooker) -> str | None:
    return None if ruled is None else onlooker.name_of(ruled.by, agency)
