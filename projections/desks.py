"""Where work waits for an official: on his own desks, and on an absent one's.

A desk is one kind of task in one post. Which there are the authority table says, role
by role; whose turn it is in a matter its own rows say.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime

import msgspec

from application.office.authority import Authority, Of
from domain.office import Office, Official
from domain.values import AgencyCode, Channel, ComplaintKind, OfficialId, Role
from projections import reader
from projections.owed import (
    ABOUT_COMPLAINTS,
    ABOUT_OBJECTIONS,
    ASSIGNED,
    IN_CASES,
    Duty,
)
from projections.reader import Seat
from projections.tasks import whose

Units = Mapping[AgencyCode, Collection[str]]


class Desk(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of task that may wait for an official in one post."""

    agency: AgencyCode
    today: date
    """The agency's local day."""
    duty: Duty
    role: Role
    whose: str
    """In whose pile it lies; of complaints: their kind."""
    holder: OfficialId
    """Whose post it is."""
    in_own_post: bool
    units: tuple[str, ...] | None = None
    """Only tasks of these units, as they were written down; None is every unit's."""


def desks(seat: Seat, at: datetime, units: Units) -> Iterator[Desk]:
    """An official's desks on the local day of an instant; his own before others'.

    `units` are those under which tasks stand, as they were called then.
    """
    caller, office = seat.official, seat.office
    known = units.get(caller.agency, ())
    readable = reader.grants(seat.holders, "read-list", None, seat.authority)
    for holder in dict.fromkeys(post for post, _ in readable):
        over = None
        if holder.unit is not None:
            over = tuple(unit for unit in known if _is_over(holder, unit, office))
        post = _Post(holder, seat.authority, acting_for=holder.id != caller.id)
        for duty, role, pile in _piles(post):
            yield Desk(
                agency=caller.agency,
                today=office.calendar.date_of(at),
                duty=duty,
                role=role,
                whose=pile,
                holder=holder.id,
                in_own_post=holder.id == caller.id,
                units=over if duty is Duty.APPROVAL else None,
            )


def _is_over(head: Official, unit: str, office: Office) -> bool:
    return head.is_over(office.directory.path(unit, head.agency))


class _Post(msgspec.Struct, frozen=True):
    """A post before the table: whose it is, and whether an absent official's."""

    holder: Official
    authority: Authority
    acting_for: bool

    def may(self, role: Role, duty: Duty, of: Of = None) -> bool:
        """Whether the table lets a role of the post do it."""
        grant = self.authority.row(
            (role,),
            duty,
            of,
            agency=self.holder.agency,
            acting_for=self.acting_for,
        )
        return grant is not None

    def may_in_some_channel(self, role: Role, duty: Duty) -> bool:
        """Whether there are cases in which it may."""
        return any(self.may(role, duty, channel) for channel in Channel)


def _piles(post: _Post) -> Iterator[tuple[Duty, Role, str]]:
    """The tasks that the table lets him do, with the role that each waits for."""
    holder = post.holder
    for duty in ASSIGNED:
        if any(post.may_in_some_channel(role, duty) for role in holder.roles):
            yield duty, Role.HANDLER, whose(Role.HANDLER, holder.id)
    for role in holder.roles:
        yield from _piles_of(role, post)


def _piles_of(role: Role, post: _Post) -> Iterator[tuple[Duty, Role, str]]:
    for duty in IN_CASES:
        if post.may_in_some_channel(role, duty):
            yield duty, role, whose(role, None)
    for duty in ABOUT_COMPLAINTS:
        for kind in ComplaintKind:
            if post.may(role, duty, kind):
                yield duty, role, kind
    for duty in ABOUT_OBJECTIONS:
        if post.may(role, duty):
            yield duty, role, role
