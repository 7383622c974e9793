"""A case: what the rules need to know of a request, folded from its history.

`evolve` changes and never refuses. The guards (`must_...`) are what `decide` asks.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

import msgspec

from domain import errors, events
from domain.clocks import RunningClock
from domain.movements import Movement
from domain.office import Official
from domain.outcome import ItemOutcome
from domain.papers import Correction, Draft, Exemption, IdCard
from domain.values import (
    AgencyCode,
    Channel,
    Clock,
    CorrectableFact,
    LaporClass,
    OfficialId,
    Outcome,
    PersonId,
    Requirement,
    Role,
    Secrecy,
    Stage,
)

ANSWERED = frozenset({Clock.STANDARD, Clock.STATUTE})
"""The clocks that an answer meets."""

DRAFTABLE = (Stage.DISPOSED, Stage.DRAFTED, Stage.RETURNED, Stage.IN_REVIEW)
"""Stages in which an answer is being written and corrected."""

FINISHED = (Stage.DELIVERED, Stage.REFUSED)
"""Stages in which the agency has answered and may close."""

UNANSWERED = (
    Stage.RECEIVED,
    Stage.INCOMPLETE,
    *DRAFTABLE,
    Stage.APPROVED,
    Stage.AWAITING_PICKUP,
)
"""Stages in which the agency still owes an answer."""

LEFT = (Stage.CONVERTED, Stage.TRANSFERRED, Stage.WITHDRAWN, Stage.LAPSED)
"""Stages in which the request has gone another way than by an answer."""


class Case(msgspec.Struct, frozen=True, omit_defaults=True):
    """Only what rules and answers need; screens read projections."""

    agency: AgencyCode
    channel: Channel
    registration_number: str
    person: PersonId
    standard: str
    items: int
    stage: Stage
    last_at: datetime
    """When the last fact happened; time never runs backwards within a case."""
    addressee: Role | None = None
    anonymous: bool = False
    """Whether the reporter asked SP4N-LAPOR! to keep his name back."""
    confidential: bool = False
    """Whether he asked it to keep his report from the public; if it turns out to be a
    complaint, it is for those who handle that."""
    secret_by: OfficialId | None = None
    """Who disposed it as secret, and did not take that back."""
    entrusted: frozenset[OfficialId] = frozenset()
    """Who disposed it while it was secret, to whom, and whom else that named."""
    missing: tuple[Requirement, ...] = ()
    clocks: tuple[RunningClock, ...] = ()
    reviewed: LaporClass | None = None
    assignee: OfficialId | None = None
    draft: Draft | None = None
    tested: tuple[Exemption, ...] = ()
    """Items with a consequence test, as the last test of each says."""
    exempt: tuple[Exemption, ...] = ()
    """Items that were withheld as exempt."""
    answers: tuple[ItemOutcome, ...] = ()
    """What was said of items so far, finally approved or at the counter."""
    said_before: tuple[ItemOutcome, ...] = ()
    """What had been said of them when the case was opened again."""
    outcome: Outcome | None = None
    id_card: IdCard | None = None
    refused_in_writing: bool = False
    has: frozenset[Requirement] = frozenset()
    """What the requester has brought so far."""
    unit: str | None = None
    """The assignee's unit when the case was assigned."""
    letter: events.LetterReceipt | None = None
    lapor: events.LaporReceipt | None = None
    hands: frozenset[OfficialId] = frozenset()
    """Whoever drafted or approved an answer, or in whose stead, in any version."""
    extended: bool = False
    """The Act gives one extension only."""
    times: tuple[datetime, ...] = ()
    """When each fact happened, by version, as far as is known today."""
    superseded: frozenset[tuple[int, CorrectableFact]] = frozenset()
    """Facts that were corrected, by the version that told them."""
    corrections: tuple[Correction, ...] = ()
    started_in: Mapping[Clock, int] = msgspec.field(default_factory=dict)
    """The version from whose time each clock counts."""
    left_in: int | None = None
    """The version by which the request went another way, and its clocks stopped."""
    left: Stage | None = None
    """By which way it went, also after it was closed; no answer is owed here."""
    answered_in: tuple[int, ...] = ()
    """Versions that brought an answer to the requester."""
    movements: tuple[Movement, ...] = ()
    """What moved clocks, in the order told."""
    started_under: Mapping[Clock, str] = msgspec.field(default_factory=dict)
    """The edition of the calendar in which each clock was counted at first."""
    announced_in: frozenset[int] = frozenset()
    """Versions by which a calendar announced late moved clocks; each is told with the
    fact before it and has its time."""
    restricted: bool = False
    """Whether the requester's data are used by nobody for the time being."""
    erased: bool = False
    """Whether the key to the requester's data was destroyed."""
    finished_in: int | None = None
    """The version with which the case was closed, or went another way."""
    kept_until: date | None = None
    """The last day of keeping the file on, once its time was over."""
    completed_in: int | None = None
    """The version that completed the request and let clocks begin anew."""

    def must_be(self, *allowed: Stage) -> None:
        """The act is possible in these stages only."""
        if self.stage not in allowed:
            raise errors.WrongStageError(self.stage, allowed)

    def must_not_be_erased(self) -> None:
        """There is somebody left to answer."""
        if self.erased:
            raise errors.PersonErasedError

    def must_have_come_by(self, *allowed: Channel) -> None:
        """The act belongs to these channels only."""
        if self.channel not in allowed:
            raise errors.WrongChannelError(self.channel, allowed)

    def must_be_handled_by(self, official: Official) -> None:
        """The act is the assigned official's."""
        if self.assignee != official.id:
            raise errors.NotTheAssignedOfficialError

    def must_be_finally_approved(self) -> None:
        """The answer may leave; it has not left yet."""
        if self.stage in {Stage.RECEIVED, Stage.INCOMPLETE, *DRAFTABLE}:
            raise errors.NotFinallyApprovedError
        self.must_be(Stage.APPROVED, Stage.AWAITING_PICKUP)

    def is_addressed_to(self, role: Role) -> bool:
        """Whether this head leads the case: of the agency, or named on the letter.

        The Regional Secretary acts on the letters addressed to him and on no others.
        """
        if role is Role.REGIONAL_SECRETARY:
            return self.addressee is role
        return role is Role.AGENCY_HEAD

    def must_be_addressed_to(self, roles: Iterable[Role]) -> None:
        """The act is a head's whose affair the case is."""
        if not any(self.is_addressed_to(role) for role in roles):
            raise errors.NotAddressedToYouError

    def must_hold_draft(self, n: int) -> Draft:
        """The current draft, which has to be the version that was looked at."""
        if self.draft is None or self.draft.n != n:
            current = 0 if self.draft is None else self.draft.n
            raise errors.StaleDraftError(n, current)
        return self.draft

    def must_have(self, items: Iterable[int]) -> None:
        """Items are numbered from 1 and named once."""
        named = list(items)
        strange = [n for n in named if not 1 <= n <= self.items or named.count(n) > 1]
        if strange:
            raise errors.UnknownItemError(strange)

    def must_be_answered_whole_by(self, items: Iterable[ItemOutcome]) -> None:
        """Every item has an outcome."""
        said = {item.n for item in items}
        silent = [n for n in range(1, self.items + 1) if n not in said]
        if silent:
            raise errors.ItemWithoutOutcomeError(silent)

    def must_have_tested(self, items: Iterable[int]) -> None:
        """The consequences of opening these items were weighed before."""
        untested = [n for n in items if n not in self.tested_items]
        if untested:
            raise errors.ConsequenceTestMissingError(untested)

    def clock(self, clock: Clock) -> RunningClock | None:
        """One of its clocks; none that has not started."""
        return next((one for one in self.clocks if one.due.clock is clock), None)

    @property
    def secrecy(self) -> Secrecy:
        """Whether what was asked is for those alone who are concerned with it.

        A report that SP4N-LAPOR! calls confidential is kept from the public, and not
        from the officials of the agency that it asks.
        """
        return Secrecy.ORDINARY if self.secret_by is None else Secrecy.SECRET

    @property
    def tested_items(self) -> frozenset[int]:
        """Items with a consequence test."""
        return frozenset(test.n for test in self.tested)

    @property
    def finished_at(self) -> datetime | None:
        """When it was closed or went another way; None while it is not over."""
        return None if self.finished_in is None else self.times[self.finished_in - 1]

    @property
    def next_version(self) -> int:
        """The version that the next fact will have."""
        return len(self.times) + 1

    @property
    def first_answered_in(self) -> int | None:
        """The version of the answer that met the clocks: the first one counts."""
        return self.answered_in[0] if self.answered_in else None

    @property
    def open_items(self) -> tuple[int, ...]:
        """Items of which nothing was said yet."""
        said = {item.n for item in self.answers}
        return tuple(n for n in range(1, self.items + 1) if n not in said)

    @property
    def holds_id_card(self) -> bool:
        """Whether reception holds the visitor's card."""
        return self.id_card is not None and self.id_card.returned_at is None


def exempted(before: Iterable[Exemption], *said: Exemption) -> tuple[Exemption, ...]:
    """The exemptions after some were said; what is said last of an item counts."""
    anew = {one.n for one in said}
    return (*(one for one in before if one.n not in anew), *said)
