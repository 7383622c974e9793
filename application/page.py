"""A page of the desk's book: what a batch has read, and what it is about to enter.

Later errands of the batch see what earlier ones entered. Nothing here touches the
database; the page is thrown away when the batch has to be carried out again.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

import msgspec

from application import papers
from application.all_matters import AllMatters
from application.comparing_names import NamesToCompare, persons_of
from application.entries import Metadata, NewEntry
from application.erasing import Erasure
from application.errands import Errand
from application.register import History
from application.requester import IDENTITY
from application.restricting import Restriction
from domain.facts import By, Fact
from domain.histories import Matter, evolve, folded
from domain.office import Act
from domain.values import AgencyCode, Digest

NumberSeries: TypeAlias = tuple[AgencyCode, int]
"""Whose numbers, of which year of recording."""

Scope: TypeAlias = tuple[str, str, str, str]


class KeptReply(msgspec.Struct, frozen=True):
    """A reply that was given for an idempotency key."""

    body_sha256: bytes
    answer: bytes
    subject: UUID
    version: int
    position: int


class Standing(msgspec.Struct, frozen=True):
    """What a history is about, and the version it stands at."""

    matter: Matter
    version: int


class Entered(msgspec.Struct, frozen=True):
    """What one errand put on the page; its answer waits for the positions."""

    errand: Errand
    facts: tuple[Fact, ...]
    standing: Standing | None
    last: int
    """Index of its last entry on the page."""
    event_id: UUID
    version: int


class Reply(msgspec.Struct, frozen=True):
    """The answer to what was entered, with 0 for the position not yet known."""

    entered: Entered
    body: bytes


class Page:
    """One batch's view of the register."""

    def __init__(
        self,
        recorded_at: datetime,
        new_id: Callable[[], UUID],
        *,
        histories: Mapping[UUID, History],
        lasts: Mapping[NumberSeries, int],
        reports: Mapping[str, UUID],
        replies: Mapping[Scope, KeptReply],
        names: NamesToCompare | None = None,
    ) -> None:
        self.recorded_at = recorded_at
        self.entries: list[NewEntry] = []
        self.entered: list[Entered] = []
        self.lasts = dict(lasts)
        self.moved: set[NumberSeries] = set()
        self.reports = dict(reports)
        self.new_reports: dict[str, UUID] = {}
        self.numbers: dict[str, UUID] = {}
        self.replies = replies
        self.names = names
        """Whom texts are compared with; None where nobody wrote any."""
        self._told_since: set[UUID] = set()
        """Matters and persons of whom the page itself tells who it is, or anew."""
        self.keyed: dict[Scope, Reply] = {}
        self._new_id = new_id
        self._histories = histories
        self._standings: dict[UUID, Standing] = {}
        self.decided_under: str | None = None
        """The calendar's edition that the entries rest on."""

    @property
    def has_side_books(self) -> bool:
        """Whether anything but the register is to be written."""
        sealed = any(entered.errand.sealed for entered in self.entered)
        return sealed or bool(
            self.moved
            or self.papers
            or self.new_reports
            or self.keyed
            or self.erasures
            or self.restrictions
            or self.of_all
            or self.must_live
        )

    @property
    def papers(self) -> list[tuple[Digest, UUID]]:
        """Documents that the page's entries name, each with its matter."""
        return papers.named(self.entries)

    @property
    def erasures(self) -> list[Erasure]:
        """Who is erased in the page's transaction."""
        return [one for entered in self.entered for one in entered.errand.erases]

    @property
    def restrictions(self) -> list[Restriction]:
        """Whose data are closed, or open again, from the page's transaction on."""
        return [one for entered in self.entered for one in entered.errand.restricts]

    @property
    def of_all(self) -> list[AllMatters]:
        """About whose data the page decides, with all that was seen to touch them."""
        return [one for entered in self.entered for one in entered.errand.of_all]

    @property
    def must_live(self) -> list[UUID]:
        """Who may not be erased by then."""
        return [one for entered in self.entered for one in entered.errand.must_live]

    def told_since(self, errand: Errand, matter: Matter | None) -> bool:
        """Whether the page tells of whom the act concerns what was not read with it."""
        if not self._told_since:
            return False
        concerned = errand.streams | persons_of(errand.command, matter)
        return not self._told_since.isdisjoint(concerned)

    def standing(self, stream: UUID) -> Standing | None:
        """The matter as the last entry of the register, or of this page, leaves it."""
        found = self._standings.get(stream)
        if found is None and (history := self._histories.get(stream)):
            matter = folded((step.event(), step.by()) for step in history)
            if matter is not None:
                found = Standing(matter, history[-1].version)
                self._standings[stream] = found
        return found

    def next_number(self, series: NumberSeries, prefix: str) -> str:
        """The registration number that an accepted receipt would take."""
        agency_next = self.lasts.get(series, 0) + 1
        return f"{prefix}-{series[1]}-{agency_next:05d}"

    def enter(
        self, errand: Errand, facts: tuple[Fact, ...], act: Act, metadata: Metadata
    ) -> Entered:
        """Put an errand's facts on the page, with the numbers and keys they take."""
        by = By(official=act.official.id, at=act.occurred_at, told_at=act.recorded_at)
        ids = [self._new_id() for _ in facts]
        if len(facts) > 1:
            metadata = msgspec.structs.replace(metadata, correlation=ids[0])
        for fact, event_id in zip(facts, ids, strict=True):
            stream = fact.stream or errand.subject
            entry = NewEntry(
                stream=stream,
                version=self._enter_in(stream, fact, by),
                event=fact.event,
                event_id=event_id,
                occurred_at=act.occurred_at,
                recorded_at=self.recorded_at,
                metadata=self._in_book_of(stream, metadata),
            )
            self.entries.append(entry)
        mine = self.entries[-len(facts) :]
        versions = [entry.version for entry in mine if entry.stream == errand.subject]
        entered = Entered(
            errand=errand,
            facts=facts,
            standing=self._standings.get(errand.subject),
            last=len(self.entries) - 1,
            event_id=mine[-1].event_id,
            version=versions[-1],
        )
        self.entered.append(entered)
        for more in errand.sealed:
            if IDENTITY in more.digests:
                self._told_since |= {more.record, more.person}
        return entered

    def take_number(self, series: NumberSeries, number: str, case: UUID) -> None:
        """An accepted receipt moves the counter."""
        self.lasts[series] = self.lasts.get(series, 0) + 1
        self.moved.add(series)
        self.numbers[number] = case

    def take_report(self, tracking_id: str, case: UUID) -> None:
        """An accepted report takes its tracking id."""
        self.reports[tracking_id] = case
        self.new_reports[tracking_id] = case

    def _in_book_of(self, stream: UUID, metadata: Metadata) -> Metadata:
        """An entry stands in the book of its own matter's agency.

        A case that is passed on stands in the other's, and one person's matters may
        stand in both.
        """
        entered = self._standings.get(stream)
        if entered is None or entered.matter.agency == metadata.agency:
            return metadata
        return msgspec.structs.replace(metadata, agency=entered.matter.agency)

    def _enter_in(self, stream: UUID, fact: Fact, by: By) -> int:
        before = self.standing(stream)
        matter = evolve(None if before is None else before.matter, fact.event, by)
        version = 1 if before is None else before.version + 1
        if matter is not None:  # a visit has one entry and no state
            self._standings[stream] = Standing(matter, version)
        return version
