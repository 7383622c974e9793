"""Complaints about the service (pengaduan), from the box to the answer."""

from uuid import UUID

from domain.due import Due
from domain.events.event import Event
from domain.values import (
    AgencyCode,
    Clock,
    ComplaintChannel,
    ComplaintClass,
    Digest,
    OfficialId,
    PersonId,
)


class Complained(Event, frozen=True, tag="complained"):
    """Somebody complained about the service in this case (pengaduan)."""

    complaint: UUID
    channel: ComplaintChannel


class ComplaintOpened(Event, frozen=True, tag="complaint-opened"):
    """A complaint about the service was taken in (pengaduan diterima)."""

    agency: AgencyCode
    channel: ComplaintChannel
    category: str
    anonymous: bool
    confidential: bool
    words: Digest
    """Of the sealed text."""
    person: PersonId
    """Under whose key the text, and any complainant, is sealed."""
    case: UUID | None = None
    about: OfficialId | None = None
    """The official complained of, who may never handle it."""
    about_head: bool = False
    """Whether he headed the agency then."""
    about_only_officer: bool = False
    """Whether nobody but he handled complaints then."""
    identity: Digest | None = None
    """Of the sealed complainant; none where he stays unnamed."""
    due: tuple[Due, ...] = ()


class ComplaintClassified(Event, frozen=True, tag="complaint-classified"):
    """The complaint was sorted; its class gives it its time (klasifikasi)."""

    classified: ComplaintClass
    missed: tuple[Clock, ...] = ()
    """Clocks that had run out by then: they begin anew, and stay missed."""
    due: tuple[Due, ...] = ()


class ComplaintFollowedUp(Event, frozen=True, tag="complaint-followed-up"):
    """Something was done about the complaint (tindak lanjut)."""

    action: str


class ComplaintAnswered(Event, frozen=True, tag="complaint-answered"):
    """The complaint was answered (dijawab)."""

    text: Digest
    """Of the sealed answer."""
    document: Digest | None = None


class ComplaintClosed(Event, frozen=True, tag="complaint-closed"):
    """Nothing more is done about the complaint (selesai)."""

    reason: str
