"""The rights of data subjects (UU 27/2022): asked, weighed, and carried out.

What a reader of a case or a complaint has to know stands in its own history too.
"""

from datetime import date, datetime
from uuid import UUID

from domain.due import Due
from domain.events.event import Event
from domain.values import (
    AgencyCode,
    Clock,
    DataRequestKind,
    Digest,
    Filer,
    HoldGround,
    LegalBasisCode,
    PersonId,
    RetentionChoice,
)


class DataRequestReceived(Event, frozen=True, tag="data-request-received"):
    """Somebody asks for his own data (permohonan subjek data diterima)."""

    agency: AgencyCode
    person: PersonId
    kind: DataRequestKind
    asked_by: Filer
    how: str
    """By which way it came, such as a letter; never who it was."""
    words: Digest | None = None
    """Of the sealed wish."""
    power_of_attorney: Digest | None = None
    due: tuple[Due, ...] = ()


class DataRequestDeferred(Event, frozen=True, tag="data-request-deferred"):
    """It waits, for a reason the law gives (permohonan ditangguhkan)."""

    grounds: tuple[HoldGround, ...]
    reason: str
    matters: tuple[UUID, ...] = ()
    """The histories whose windows or proceedings run."""
    until: datetime | None = None
    """When the last of them is over; None while nobody can tell."""
    missed: tuple[Clock, ...] = ()
    """Clocks that had run out by then: they begin anew, and stay missed."""
    due: tuple[Due, ...] = ()
    """Counts from when the wait is over."""
    kept_for: HoldGround | None = None
    """A duty that no matter shows, as a person named it."""
    kept_until: datetime | None = None
    """When its last day is over; the last deferral that names one counts."""


class DataRequestRefused(Event, frozen=True, tag="data-request-refused"):
    """The law lets the office refuse (permohonan ditolak)."""

    legal_basis: LegalBasisCode
    reason: str


class DataRequestGranted(Event, frozen=True, tag="data-request-granted"):
    """The right is given way to; it is still to be carried out (dikabulkan)."""

    reason: str | None = None


class DataRequestAnswered(Event, frozen=True, tag="data-request-answered"):
    """It was carried out, and the person was told (permohonan dipenuhi)."""

    how: str
    """How the person was told of it (art. 30(2), 45)."""
    matters: tuple[UUID, ...] = ()
    """The histories in which his data stood."""


class PersonalDataCorrected(Event, frozen=True, tag="personal-data-corrected"):
    """Who asks was told wrongly; from now on this holds (perbaikan data pribadi)."""

    request: UUID
    identity: Digest
    """Of a sealed identity that tells the corrected fields."""
    fields: tuple[str, ...] = ()
    """Which were put right; what else is sealed there holds no longer than before."""


class ProcessingRestricted(Event, frozen=True, tag="processing-restricted"):
    """The person's data are used by nobody for the time being (pembatasan)."""

    request: UUID


class RestrictionLifted(Event, frozen=True, tag="restriction-lifted"):
    """The person's data may be used again (pembatasan dicabut)."""

    request: UUID
    reason: str


class PersonalDataErased(Event, frozen=True, tag="personal-data-erased"):
    """The key to the person's data was destroyed (data pribadi dihapus)."""

    request: UUID | None = None
    """At whose wish; None where the file's time was over."""
    documents: tuple[Digest, ...] = ()
    """Destroyed with it: the matter's papers that no other person's matter names."""


class RetentionDecided(Event, frozen=True, tag="retention-decided"):
    """A file whose time was over is destroyed, or kept on (keputusan retensi)."""

    decision: RetentionChoice
    reason: str
    ended_on: date
    """The local day with which its time was over."""
    until: date | None = None
    """The last day of keeping it on."""
