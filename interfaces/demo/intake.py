"""Where the demo's requests come in: by visit, by letter, by report, by complaint."""

from collections.abc import Sequence
from datetime import date, datetime

from interfaces.demo.api import Answer, Clerk, Json
from interfaces.demo.cast import House
from interfaces.demo.hand import CaseInHand, happened


class Counter:
    """An agency's doors (loket)."""

    def __init__(self, api: Clerk, house: House) -> None:
        self.house = house
        self.api = api

    def visitor(
        self,
        at: datetime,
        items: Sequence[str],
        *,
        name: str,
        card: str | None = None,
        left: bool = True,
        **told: Json,
    ) -> CaseInHand:
        """A visitor asks at the counter, and shows or leaves a card."""
        identity = None if card is None else {"kind": card, "deposited": left}
        body = {
            "channel": "face_to_face",
            "requester": {"name": name, "identity": identity, **told},
            "visit_purpose": "Meminta data dan informasi publik",
        }
        return self._received(self.house.reception, at, items, body)

    def letter(
        self,
        at: datetime,
        items: Sequence[str],
        *,
        dated: date,
        number: str | None = None,
        agenda: str | None = None,
        evidence: Sequence[str] = (),
        secretary_had_it: datetime | None = None,
        **told: Json,
    ) -> CaseInHand:
        """A letter comes in; `told` is what it says of the requester."""
        letter = {
            "number": number,
            "date": dated,
            "addressee": self.house.addressee,
            "cc": self.house.cc,
            "agenda_number": agenda,
            "evidence": evidence,
            "received_by_regional_secretary_at": secretary_had_it,
        }
        body = {"channel": "letter", "requester": told, "letter": letter}
        return self._received(self.house.letters, at, items, body)

    def report(
        self,
        at: datetime,
        items: Sequence[str],
        *,
        tracking_id: str,
        submitted_at: datetime,
        medium: str = "web",
        class_: str = "information_request",
        anonymous: bool = False,
        confidential: bool = False,
        **told: Json,
    ) -> CaseInHand:
        """The liaison finds a report in SP4N-LAPOR!."""
        lapor = {
            "tracking_id": tracking_id,
            "medium": medium,
            "submitted_at": submitted_at,
            "class": class_,
            "anonymous": anonymous,
            "confidential": confidential,
        }
        body = {"channel": "sp4n_lapor", "requester": told, "lapor": lapor}
        return self._received(self.house.liaison, at, items, body)

    def guest_book(
        self, at: datetime, *, name: str, purpose: str, note: str, outcome: str
    ) -> Answer:
        """A visit that makes no case."""
        body = {
            "agency": self.house.code,
            "visitor": {"name": name},
            "visit_purpose": purpose,
            "outcome": outcome,
        }
        said = {**body, **happened(at, note)}
        return self.api.post(self.house.reception, "/v1/visits", said)

    def complaint(
        self,
        at: datetime,
        text: str,
        *,
        by: str,
        channel: str,
        category: str,
        case: CaseInHand | None = None,
        about: str | None = None,
        anonymous: bool = False,
        **complainant: Json,
    ) -> Answer:
        """Somebody complains; about a case, that case's history moves on."""
        body = {
            "agency": self.house.code,
            "channel": channel,
            "case": None if case is None else case.id,
            "about": about,
            "category": category,
            "anonymous": anonymous,
            "confidential": False,
            "complainant": None if anonymous else complainant,
            "text": text,
        }
        opened = self.api.post(by, "/v1/complaints", {**body, **happened(at)})
        if case is not None:
            case.moved_on(case.stage)
        return opened

    def _received(
        self, by: str, at: datetime, items: Sequence[str], body: Answer
    ) -> CaseInHand:
        said = {
            **body,
            **happened(at),
            "agency": self.house.code,
            "subject": "Permohonan data dan informasi publik",
            "items": items,
        }
        return CaseInHand(self.api, self.house, self.api.post(by, "/v1/cases", said))
