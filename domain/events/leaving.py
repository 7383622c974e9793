"""A request goes another way than by an answer."""

from uuid import UUID

from domain.events.event import Event
from domain.values import AgencyCode, Digest


class Lapsed(Event, frozen=True, tag="lapsed"):
    """What was missing did not come in time; the requester was told (gugur)."""

    notice: str


class Transferred(Event, frozen=True, tag="transferred"):
    """Another public body holds the information; it was passed on (pelimpahan)."""

    notice: str
    to_agency: AgencyCode | None = None
    """One of ours, which then has a case of its own."""
    holder: str | None = None
    """Another body, as the notice names it."""
    new_case: UUID | None = None


class Withdrawn(Event, frozen=True, tag="withdrawn"):
    """The requester takes the request back (dicabut)."""

    how: str
    told: Digest | None = None
    """Of the requester's sealed reason."""


class ConvertedToWritten(Event, frozen=True, tag="converted-to-written"):
    """A visit needs a written answer and goes on as a letter (menjadi tertulis)."""

    reason: str
    new_case: UUID
