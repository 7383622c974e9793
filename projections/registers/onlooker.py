"""Who looks into the books, and what of them he may know."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from datetime import datetime

from typing_extensions import override

from application.office.offices import Offices
from application.reading_room import ReadingRoom
from application.readings import Ground
from application.sight import Leave, Sight
from domain.case import Case
from domain.complaint import Complaint
from domain.office import Official
from domain.values import AgencyCode, ComplaintKind, OfficialId
from projections import reader
from projections.affairs import Affair, Affairs
from projections.reader import Seat

HISTORY = "read-complaint-history"
WORDS = "read-complaint-words"


class Onlooker(ABC):
    """Somebody with the office's books before him."""

    def __init__(
        self, offices: Offices, now: datetime, room: ReadingRoom | None = None
    ) -> None:
        self.offices = offices
        self.now = now
        self.room = room
        """Opens what is sealed; None for who is shown nothing of it."""

    def name_of(self, official: OfficialId, agency: AgencyCode) -> str | None:
        """An official's name, in office or no longer; it is no secret."""
        found = self.offices.on(agency, self.now).directory.known(official, agency)
        return None if found is None else found.name

    @abstractmethod
    def sight_of(self, case: Case) -> Sight:
        """What he may know of a case."""

    @abstractmethod
    def sight_of_visit(self, agency: AgencyCode) -> Sight:
        """What he may know of an agency's visits without a case."""

    @abstractmethod
    def affairs(self) -> Affairs:
        """Which complaints he may see, and in whose posts."""

    @abstractmethod
    def heard(self, complaint: Complaint) -> Leave | None:
        """What lets him know what was complained of, and by whom."""


class Operator(Onlooker):
    """Whoever runs the program: he sees every line, and nothing that is sealed."""

    @override
    def sight_of(self, case: Case) -> Sight:
        return Sight()

    @override
    def sight_of_visit(self, agency: AgencyCode) -> Sight:
        return Sight()

    @override
    def affairs(self) -> Affairs:
        every = [
            Affair(agency, kind, None)
            for agency in self.offices.agencies
            for kind in ComplaintKind
        ]
        return Affairs(None, every)

    @override
    def heard(self, complaint: Complaint) -> Leave | None:
        return None


class Caller(Onlooker):
    """An official, in every agency where he has a seat."""

    def __init__(
        self,
        offices: Offices,
        now: datetime,
        room: ReadingRoom,
        *,
        seats: Mapping[AgencyCode, Seat],
        official: OfficialId,
    ) -> None:
        super().__init__(offices, now, room)
        self._official = official
        self._seats = seats

    @override
    def sight_of(self, case: Case) -> Sight:
        seat = self._seats.get(case.agency)
        return Sight() if seat is None else seat.sight_of(case)

    @override
    def sight_of_visit(self, agency: AgencyCode) -> Sight:
        seat = self._seats.get(agency)
        return Sight() if seat is None else seat.sight_of_visit()

    @override
    def affairs(self) -> Affairs:
        granted = [
            Affair(agency, kind, post.id)
            for agency in self._seats
            for kind in ComplaintKind
            for post in self._posts(agency, kind, HISTORY)
        ]
        return Affairs(self._official, granted)

    @override
    def heard(self, complaint: Complaint) -> Leave | None:
        about = complaint.opened.about
        seat = self._seats.get(complaint.agency)
        if seat is None or self._official == about:
            return None
        return seat.leave_beside(WORDS, complaint.kind, Ground.COMPLAINT, about)

    def _posts(
        self, agency: AgencyCode, kind: ComplaintKind, action: str
    ) -> Iterator[Official]:
        seat = self._seats.get(agency)
        if seat is not None:
            found = reader.grants(seat.holders, action, kind, seat.authority)
            yield from (holder for holder, _ in found)
