"""Who was appointed to act for an absent official, on which days (Plh., Plt., Pj.)."""

from datetime import date

import msgspec

from domain.values import AgencyCode, Capacity, OfficialId


class StandIn(msgspec.Struct, frozen=True):
    """An appointment: in this capacity, from the first local day to the last."""

    agency: AgencyCode
    official: OfficialId
    acting_for: OfficialId
    capacity: Capacity
    first: date
    last: date | None
    """None while the end is open, as with a vacant post (Plt.)."""
    decree: str
    """The letter of appointment (surat perintah)."""

    def covers(self, day: date) -> bool:
        """Whether the appointment holds on a day."""
        return self.first <= day and (self.last is None or day <= self.last)
