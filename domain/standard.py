"""A published service standard (Standar Pelayanan) as types.

The office's promise to the public: its page's own sentences beside the form in which
`decide` asks them. A third agency is one more data file.
"""

from datetime import date
from typing import Annotated, TypeAlias, assert_never

import msgspec

from domain.channel_standard import (
    ChannelStandard,
    LaporStandard,
    LetterStandard,
    ShortMessage,
)
from domain.terms import (
    ComplaintTerms,
    ConsequenceTest,
    Days,
    Gap,
    IdCardCustody,
    InformationOfficers,
    LaporTerms,
    OfficeHours,
    PersonalDataTerms,
    Statute,
)
from domain.values import AgencyCode, Channel, ComplaintChannel, Role

Tier: TypeAlias = Annotated[tuple[Role, ...], msgspec.Meta(min_length=1)]
"""The roles of which one must approve before the next tier sees the draft."""


class Agency(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The public body, as its page heads it (instansi)."""

    code: Annotated[AgencyCode, msgspec.Meta(pattern="^[a-z0-9]+(-[a-z0-9]+)*$")]
    name: str
    parent: str
    address: str
    phone: str
    email: str | None = None
    web: str | None = None
    prefix: Annotated[str, msgspec.Meta(pattern="^[A-Z][A-Z0-9]{0,9}$")]
    """What its registration numbers begin with."""
    zone: str
    """IANA name of the zone in which its days begin and end."""


class Source(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the standard was published."""

    kind: str
    file: str


class Cost(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Biaya / tarif."""

    published: str
    amount: Annotated[int, msgspec.Meta(ge=0)]
    """In rupiah."""
    third_party_costs_are_told: bool = True
    """Copies and courier are others' fees; the requester hears of them beforehand."""


class ComplaintDoor(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """One way to complain about the service (pengaduan layanan)."""

    n: int
    """The number printed before it, which need not follow the order."""
    published: str
    channel: ComplaintChannel
    sms: ShortMessage | None = None
    url: str | None = None


class Channels(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The ways of asking that the agency has open; one left out is closed."""

    face_to_face: ChannelStandard | None = None
    letter: LetterStandard | None = None
    sp4n_lapor: LaporStandard | None = None


class ServiceStandard(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """One version of one agency's standard; a case keeps the one it came in under."""

    id: str
    """Agency and service, for example `bppd-ntt/data-informasi-publik`."""
    version: Annotated[int, msgspec.Meta(ge=1)]
    effective_from: date
    title: str
    published_time: str
    """The one time that heads the page, over the channels' own."""
    sk_number: str | None = None
    """Number of the decree; none where the page leaves `No. SK` empty."""
    source: Source
    agency: Agency
    channels: Channels
    cost: Cost
    products: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
    """Produk pelayanan, as published."""
    complaint_doors: Annotated[tuple[ComplaintDoor, ...], msgspec.Meta(min_length=1)]
    """In the order of the page."""
    directing_roles: Tier
    """Who may say at the counter which official will handle a visit (arahan)."""
    approval_chain: Annotated[tuple[Tier, ...], msgspec.Meta(min_length=1)]
    """Tiers from the lowest up (berjenjang); the last one signs."""
    information_officers: InformationOfficers
    """Who these are; whoever acts as such holds the role in the directory."""
    id_card: IdCardCustody
    consequence_test: ConsequenceTest
    statute: Statute
    complaint_terms: ComplaintTerms
    lapor_terms: LaporTerms
    personal_data: PersonalDataTerms
    completion_working_days: Days
    """Usual for the requester to bring what is missing: whoever asks says the day, and
    clients propose this one."""
    office_hours: OfficeHours
    letter_number: str
    """Template of outgoing numbers, gapless per agency and year. Kept for answers'
    letters; no rule reads it yet."""
    retention_years: Days
    """As the agency's paper says it. What retention proposes rests on the years of
    `personal_data/pdp.toml`, one number for all agencies; no rule reads this one."""
    gaps: tuple[Gap, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a standard under which nobody can ask for anything."""
        if not any(self.channel(each) for each in Channel):
            message = "a standard needs at least one channel"
            raise ValueError(message)

    @property
    def ref(self) -> str:
        """Id and version in one word, as a case keeps it."""
        return f"{self.id}@{self.version}"

    def channel(self, channel: Channel) -> ChannelStandard | None:
        """The standard of a channel; none where the agency has not opened it."""
        match channel:
            case Channel.FACE_TO_FACE:
                return self.channels.face_to_face
            case Channel.LETTER:
                return self.channels.letter
            case Channel.SP4N_LAPOR:
                return self.channels.sp4n_lapor
            case _:
                assert_never(channel)

    def takes_complaints_by(self, channel: ComplaintChannel) -> bool:
        """Whether the page lists that way to complain."""
        return any(door.channel is channel for door in self.complaint_doors)
