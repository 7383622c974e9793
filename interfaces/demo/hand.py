"""A case as officials have it in hand: each act goes through the API, with its version.

Acts are entered after the fact, as from the guest book and the agenda: with the time
at which they happened, and why they are entered late.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from domain.values import Capacity, DeliveryMeans, DraftKind, NoticeMeans, Outcome
from interfaces.demo.api import Answer, Clerk, Json
from interfaces.demo.cast import House

LATE = "dimasukkan kemudian dari buku tamu, buku agenda dan SP4N-LAPOR!"


def happened(at: datetime, note: str | None = None) -> dict[str, Json]:
    """What every body says of its time."""
    said: dict[str, Json] = {"occurred_at": at, "late_reason": LATE}
    return said if note is None else {**said, "note": note}


def item(
    n: int, outcome: Outcome, *legal_basis: str, reason: str | None = None
) -> dict[str, Json]:
    """What a draft says of an item."""
    return {"n": n, "outcome": outcome, "legal_basis": legal_basis, "reason": reason}


class CaseInHand:
    """A case, its version, and what the last answer said of it."""

    def __init__(self, api: Clerk, house: House, answer: Answer) -> None:
        self.house = house
        self.id = str(answer["case"])
        self.answer = answer
        self.api = api
        self._card_left: bool = answer["version"] > 1

    @property
    def stage(self) -> str:
        """Where it stands after the last act."""
        return str(self.answer["stage"])

    @property
    def card_left(self) -> bool:
        """Whether a visitor left a card; its deposit is the second fact of a visit."""
        return self._card_left

    def act(
        self, by: str, word: str, at: datetime, /, note: str | None = None, **said: Json
    ) -> None:
        """Record an act about the case as it stands."""
        body = {**said, **happened(at, note)}
        path = f"/v1/cases/{self.id}/{word}"
        self.answer = self.api.post(by, path, body, self.answer["version"])

    def moved_on(self, stage: str) -> None:
        """An act about something else has added a fact to the case."""
        self.answer = {
            **self.answer,
            "version": self.answer["version"] + 1,
            "stage": stage,
        }

    def gone_on_as(self, case: str, house: House | None = None) -> "CaseInHand":
        """The case as which the request goes on, where it was opened."""
        opened = {"case": case, "version": 1, "stage": "received"}
        return CaseInHand(self.api, house or self.house, opened)

    # At the counter.

    def directed(self, at: datetime, *, to: str, by: str) -> None:
        """A head says who serves the visitor; reception enters it."""
        self.act(self.house.reception, "direction", at, to=to, directed_by=by)

    def answered_at_counter(
        self,
        at: datetime,
        *,
        by: str,
        items: Iterable[Mapping[str, Json]] = (),
        how: DeliveryMeans = DeliveryMeans.ORAL,
    ) -> None:
        """The handling official gives what was asked."""
        self.act(by, "delivery", at, how=how, items=list(items))

    def refused_at_counter(
        self,
        at: datetime,
        *,
        by: str,
        legal_basis: str,
        reason: str,
        note: str | None = None,
    ) -> None:
        """The handling official says at once that it is exempt, and why."""
        self.act(by, "refusal", at, note, legal_basis=[legal_basis], reason=reason)

    def overrun(self, at: datetime, *, by: str, reason: str) -> None:
        """The fifteen minutes were not enough."""
        self.act(by, "overrun", at, reason=reason)

    def card_returned(self, at: datetime, *, to: str = "visitor") -> None:
        """Reception hands the card back."""
        self.act(self.house.reception, "identity-return", at, to=to)

    # Letters and reports.

    def reviewed(self, at: datetime, summary: str, class_: str) -> None:
        """The liaison reviews a report."""
        body = {"summary": summary, "class": class_}
        self.act(self.house.liaison, "review", at, **body)

    def disposed(
        self, at: datetime, *, to: str, by: str, instruction: str = "Siapkan jawaban"
    ) -> None:
        """Somebody above assigns the case."""
        self.act(
            by,
            "disposition",
            at,
            to=to,
            others=[],
            instructions=[instruction],
            urgency="ordinary",
            secrecy="ordinary",
        )

    def tested(
        self,
        at: datetime,
        *,
        items: list[int],
        act: str,
        analysis: str,
        until: date | None = None,
        part: str | None = None,
    ) -> None:
        """The PPID weighs what opening the items would do."""
        ppid = self.house.ppid
        self.act(
            ppid,
            "consequence-test",
            at,
            items=items,
            act=act,
            analysis=analysis,
            until=until,
            part=part,
            participants=[ppid],
        )

    def drafted(
        self,
        at: datetime,
        *,
        by: str,
        text: str,
        items: Iterable[Mapping[str, Json]],
        kind: DraftKind = DraftKind.ANSWER,
        document: str | None = None,
    ) -> None:
        """The assignee writes the next version, in words or as a kept document."""
        words = {"document": document, "text": text if document is None else None}
        self.act(by, "draft", at, kind=kind, items=list(items), **words)

    def approved(
        self,
        at: datetime,
        *,
        by: str,
        draft: int = 1,
        for_: str | None = None,
        instead: Capacity = Capacity.ON_BEHALF,
    ) -> None:
        """The next tier puts initials or signature; `for_` is whose it would be."""
        capacity = Capacity.OWN if for_ is None else instead
        self.act(by, "approval", at, **{"for": for_}, draft=draft, capacity=capacity)

    def returned(self, at: datetime, *, by: str, notes: str, draft: int = 1) -> None:
        """The next tier sends the draft back."""
        self.act(by, "correction", at, draft=draft, notes=notes)

    def sent(
        self, at: datetime, *, how: DeliveryMeans, letter_number: str | None = None
    ) -> None:
        """The letter desk sends the answer, or hands it over."""
        desk = self.house.letters
        self.act(desk, "delivery", at, how=how, letter_number=letter_number)

    def posted_in_lapor(self, at: datetime, *, notified_by: NoticeMeans) -> None:
        """The liaison posts the answer in SP4N-LAPOR! and tells the reporter."""
        how = DeliveryMeans.LAPOR_POST
        self.act(self.house.liaison, "delivery", at, how=how, notified_by=notified_by)

    def called_to_collect(
        self, at: datetime, *, contacts: Mapping[datetime, str], collect_by: date
    ) -> None:
        """The letter desk tried to reach the requester, each time with a result."""
        tried = [
            {"at": when, "medium": "telepon", "result": result}
            for when, result in contacts.items()
        ]
        self.act(
            self.house.letters, "pickup", at, contacts=tried, collect_by=collect_by
        )

    def collected(self, at: datetime, *, by: str = "requester") -> None:
        """Somebody came for the answer."""
        self.act(self.house.letters, "collection", at, by=by)

    def pickup_missed(self, at: datetime, *, then: str) -> None:
        """Nobody came."""
        self.act(self.house.letters, "pickup-missed", at, then=then)

    def lapor_shows(self, at: datetime, status: str, *, since: datetime) -> None:
        """The liaison copies a status of SP4N-LAPOR!, which has stood since then."""
        # `at` is also the name of the act's own time here.
        body: Answer = {"status": status, "at": since}
        self.act(self.house.liaison, "lapor-status", at, **body)

    def closed(self, at: datetime, *, by: str, reason: str | None = None) -> None:
        """Nothing more is owed."""
        self.act(by, "closing", at, reason=reason)
