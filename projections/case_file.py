"""The file of one case, as one who may read it sees it, now or at any past moment."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Final
from uuid import UUID

import msgspec

from application import requester
from application.requester import IDENTITY, WORDS, Identity, Words
from domain import events, turns
from domain.case import Case
from domain.clock_faces import ClockFace, faces
from domain.nik import NikWarning
from domain.office import Office
from domain.papers import Approval, Draft
from domain.values import (
    AgencyCode,
    ApprovalKind,
    Capacity,
    Channel,
    Digest,
    DraftKind,
    LegalBasisCode,
    OfficialId,
    Outcome,
    Requirement,
    Role,
    Stage,
)
from projections.holding import Held, Holding, held_by
from projections.reader import Reader
from projections.standing import Standing

SHOWN: Final = (IDENTITY, WORDS, "withdrawal")
"""The sealed fields of a case that its file shows."""


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One requested item and what was finally said of it."""

    n: int
    text: str | None
    """None where the reader may not see words, or they were erased."""
    outcome: Outcome | None = None
    legal_basis: tuple[LegalBasisCode, ...] = ()
    reason: str | None = None
    exempt_until: date | msgspec.UnsetType = msgspec.UNSET
    """The last day of its exemption, where one was told."""


class ShownIdentity(msgspec.Struct, frozen=True):
    """The kind of identity that was shown, and whether it was left."""

    kind: str
    deposited: bool


class Requester(msgspec.Struct, frozen=True, kw_only=True):
    """Who asks (pemohon)."""

    name: str | None
    identity: ShownIdentity | None
    phone: str | None
    email: str | None
    address: str | None
    institution: str | None
    nik: str | None
    """Its last four digits, unless the reader may know all of them."""
    person: UUID
    """Under this id he asks for his own data (UU 27/2022)."""
    nik_warnings: tuple[NikWarning, ...] | msgspec.UnsetType = msgspec.UNSET
    """What looks wrong with it."""


class Tier(msgspec.Struct, frozen=True, kw_only=True):
    """A tier of the present draft, with its initials or signature once it has them."""

    n: int
    roles: tuple[Role, ...]
    """Any one of them will do."""
    role: Role | None = None
    by: OfficialId | None = None
    name: str | None = None
    capacity: Capacity | None = None
    acting_for: OfficialId | None = None
    kind: ApprovalKind | None = None
    at: datetime | None = None


class DraftFace(msgspec.Struct, frozen=True):
    """The latest version of the answer."""

    n: int
    kind: DraftKind
    document: Digest | None
    by: OfficialId


class IdCardFace(msgspec.Struct, frozen=True):
    """Custody of the visitor's card."""

    deposited_at: datetime
    returned_at: datetime | None


class CaseFile(msgspec.Struct, frozen=True, kw_only=True):
    """`GET /v1/cases/{id}`."""

    case: UUID
    registration_number: str
    agency: AgencyCode
    channel: Channel
    version: int
    stage: Stage
    outcome: Outcome | None
    subject: str | None
    items: tuple[Item, ...]
    requester: Requester | None
    """None where the reader may not know, or the person was erased."""
    assignee: OfficialId | None
    tier: int | None
    tiers: tuple[Tier, ...]
    draft: DraftFace | None
    id_card: IdCardFace | None
    clocks: tuple[ClockFace, ...]
    whose_turn: str | None
    held: tuple[Holding, ...]
    """Whose turn it was from its receipt on, one after the other."""
    held_by: tuple[Held, ...]
    """The same, summed for each party."""
    actions: tuple[str, ...]
    """Empty for the past, where nothing can be done."""
    missing: tuple[Requirement, ...] | msgspec.UnsetType = msgspec.UNSET
    origin: UUID | None
    """The case that was transferred or converted into this one."""
    new_case: UUID | msgspec.UnsetType = msgspec.UNSET
    """As which the request goes on, after a transfer or a conversion."""
    restricted: bool | msgspec.UnsetType = msgspec.UNSET
    """True while nobody uses the requester's data (UU 27/2022 art. 41)."""
    erased: bool | msgspec.UnsetType = msgspec.UNSET
    """True once the key to them was destroyed; the register keeps the rest."""
    withdrawal_reason: str | msgspec.UnsetType | None = msgspec.UNSET
    """Why the requester took it back, if he said so; None as with items' texts."""


def case_file(
    case_id: UUID,
    standing: Standing,
    reader: Reader,
    told: Mapping[Digest, bytes],
    office: Office,
    *,
    held: Sequence[Holding] = (),
    is_present: bool,
    is_closed: bool = False,
) -> CaseFile:
    """Put the file together; `told` is what the people store opens of the case.

    The requester's data may be closed by a wish that is older than the case.
    """
    case = standing.case
    history = [entry.event for entry in standing.entries]
    received = history[0]
    assert isinstance(received, events.Received)
    words = Words()
    if received.words in told and reader.words:
        words = requester.words(told[received.words])
    identity = None
    if reader.requester:
        identity = requester.identity_of(told, history)
        if identity is None and (case.restricted or is_closed):
            identity = Identity()
    incomplete = case.stage is Stage.INCOMPLETE
    return CaseFile(
        case=case_id,
        registration_number=case.registration_number,
        agency=case.agency,
        channel=case.channel,
        version=standing.version,
        stage=case.stage,
        outcome=case.outcome,
        subject=words.subject,
        items=_items(case, words),
        requester=None if identity is None else _requester(identity, case),
        assignee=case.assignee,
        tier=turns.tier(case),
        tiers=_tiers(case, office),
        draft=None if case.draft is None else _draft(case.draft),
        id_card=_id_card(case, office),
        clocks=faces(
            case.clocks, office.standard.statute, office.calendar, standing.at
        ),
        whose_turn=turns.whose(case),
        held=tuple(held),
        held_by=held_by(held),
        actions=reader.actions if is_present else (),
        missing=case.missing if incomplete else msgspec.UNSET,
        origin=received.origin,
        new_case=_gone_on_as(history),
        restricted=case.restricted or is_closed or msgspec.UNSET,
        erased=case.erased or msgspec.UNSET,
        withdrawal_reason=_withdrawn_because(history, told if reader.words else {}),
    )


def _gone_on_as(history: Iterable[events.AnyEvent]) -> UUID | msgspec.UnsetType:
    for event in history:
        if isinstance(event, events.Transferred | events.ConvertedToWritten):
            return event.new_case or msgspec.UNSET
    return msgspec.UNSET


def _withdrawn_because(
    history: Iterable[events.AnyEvent], told: Mapping[Digest, bytes]
) -> str | msgspec.UnsetType | None:
    for event in history:
        if isinstance(event, events.Withdrawn) and event.told is not None:
            reason = told.get(event.told)
            return None if reason is None else reason.decode()
    return msgspec.UNSET


def _items(case: Case, words: Words) -> tuple[Item, ...]:
    said = {item.n: item for item in case.answers}
    ends = {one.n: one.until for one in case.exempt}
    texts = dict(enumerate(words.items, start=1))
    items = []
    for n in range(1, case.items + 1):
        answer = said.get(n)
        items.append(
            Item(n=n, text=texts.get(n))
            if answer is None
            else Item(
                n=n,
                text=texts.get(n),
                outcome=answer.outcome,
                legal_basis=answer.legal_basis,
                reason=answer.reason,
                exempt_until=ends.get(n) or msgspec.UNSET,
            )
        )
    return tuple(items)


def _requester(identity: Identity, case: Case) -> Requester:
    shown = None
    if identity.kind is not None:
        shown = ShownIdentity(identity.kind, deposited=case.id_card is not None)
    return Requester(
        name=identity.name,
        identity=shown,
        phone=identity.phone,
        email=identity.email,
        address=identity.address,
        institution=identity.institution,
        nik=identity.nik,
        person=case.person,
        nik_warnings=identity.nik_warnings or msgspec.UNSET,
    )


def _draft(draft: Draft) -> DraftFace:
    return DraftFace(draft.n, draft.kind, draft.document, draft.by)


def _id_card(case: Case, office: Office) -> IdCardFace | None:
    card = case.id_card
    if card is None:
        return None
    local = office.calendar.local
    return IdCardFace(
        deposited_at=local(card.deposited_at),
        returned_at=None if card.returned_at is None else local(card.returned_at),
    )


def _tiers(case: Case, office: Office) -> tuple[Tier, ...]:
    if case.draft is None:
        return ()
    # A return for correction voids the initials that the draft had.
    void = case.stage is Stage.RETURNED
    given = {} if void else {one.event.tier: one for one in case.draft.approvals}
    return tuple(
        _tier(n, roles, given.get(n), case, office)
        for n, roles in enumerate(case.draft.tiers, start=1)
    )


def _tier(
    n: int,
    roles: tuple[Role, ...],
    approval: Approval | None,
    case: Case,
    office: Office,
) -> Tier:
    if approval is None:
        return Tier(n=n, roles=roles)
    found = office.directory.officials.get((approval.by, case.agency))
    return Tier(
        n=n,
        roles=roles,
        role=approval.event.role,
        by=approval.by,
        name=None if found is None else found.name,
        capacity=approval.event.capacity,
        acting_for=approval.event.acting_for,
        kind=approval.event.kind,
        at=office.calendar.local(approval.at),
    )
