"""What a published standard promises for one way of asking (media layanan).

Sentences under `published` are the page's own, word for word; what the page does not
say stands under `assumed` or beside it in machine form, and is listed in the
standard's gaps.
"""

from enum import StrEnum
from typing import Annotated

import msgspec

from domain.values import Clock, DayKind, Requirement, Role


class TimeUnit(StrEnum):
    """The unit in which a page says a time: menit or hari."""

    MINUTE = "minute"
    DAY = "day"


class ClockStart(StrEnum):
    """The instant from which a term counts ("terhitung ...")."""

    RECEIVED = "received"
    """When the visitor was received."""
    RECEIVED_BY_AGENCY = "received_by_agency"
    """When the agency itself had the letter, whoever else had it before."""
    RECEIVED_BY_REGIONAL_SECRETARY = "received_by_regional_secretary"
    """When the Regional Secretary had it, where given; else the agency's receipt."""
    SUBMITTED = "submitted"
    """When the report was handed in to SP4N-LAPOR!."""


class RequirementRule(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """What the requester must bring: all of some things, and one of some others."""

    published: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
    all_of: tuple[Requirement, ...] = msgspec.field(default=(), name="all")
    any_of: tuple[Requirement, ...] = msgspec.field(default=(), name="any")
    """One is enough ("dan/atau")."""

    def missing(self, has: frozenset[Requirement]) -> tuple[Requirement, ...]:
        """What is still asked for; every alternative while none of them is there."""
        absent = tuple(each for each in self.all_of if each not in has)
        if self.any_of and has.isdisjoint(self.any_of):
            absent += tuple(each for each in self.any_of if each not in absent)
        return absent

    def unmet(
        self, asked: tuple[Requirement, ...], has: frozenset[Requirement]
    ) -> tuple[Requirement, ...]:
        """What was asked for and is still missing; one of several will do here too."""
        enough = not has.isdisjoint(self.any_of)
        spared = {*self.any_of} - {*self.all_of} if enough else set()
        return tuple(each for each in asked if each not in has | spared)


class TargetTime(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The promised time (waktu penyelesaian) and how its sentence is read."""

    published: str
    value: Annotated[int, msgspec.Meta(ge=1)]
    unit: TimeUnit
    day_kind: DayKind
    starts: ClockStart
    soft: bool = False
    """A target, not a limit ("atau sesuai kebutuhan"): overrun wants a reason."""
    also: DayKind | None = None
    """The other reading of "hari" where the page does not say which days count."""

    def __post_init__(self) -> None:
        """Refuse a unit and a kind of day that contradict each other."""
        in_minutes = self.unit is TimeUnit.MINUTE
        if in_minutes is not (self.day_kind is DayKind.MINUTES):
            message = f"unit {self.unit} cannot be counted in {self.day_kind}"
            raise ValueError(message)
        if self.also in (self.day_kind, DayKind.MINUTES):
            message = f"{self.also} is not another reading of {self.day_kind}"
            raise ValueError(message)


class Step(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One numbered step of the procedure."""

    published: str = ""
    """The page's words; empty where the page is cut off before the step."""
    assumed: str = ""
    """What is taken to follow where the page ends in mid-sentence or before."""

    def __post_init__(self) -> None:
        """Refuse a step that says nothing."""
        if not (self.published or self.assumed):
            message = "a step says nothing"
            raise ValueError(message)


class Procedure(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Sistem, mekanisme dan prosedur of one channel, in the page's order."""

    published_heading: str | None = None
    """As printed, misprints included; none where the page is cut off before it."""
    steps: Annotated[tuple[Step, ...], msgspec.Meta(min_length=1)]


class ChannelStandard(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """One channel of a service: what is asked, how it goes, how long it takes."""

    requirement: RequirementRule
    procedure: Procedure
    target: TargetTime
    statute_starts: ClockStart
    """From when the ten working days of the Act count for this channel."""
    restarts_at_completion: tuple[Clock, ...] = (Clock.STATUTE,)
    """Clocks that begin anew when an incomplete request is completed."""

    def missing(self, has: frozenset[Requirement]) -> tuple[Requirement, ...]:
        """What the requester still has to bring."""
        return self.requirement.missing(has)


class LetterStandard(
    ChannelStandard, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """Requests by letter: to whom they are addressed, and who has a copy."""

    addressee: Role
    cc: tuple[Role, ...] = ()
    published_postal_address: str


class ShortMessage(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """The SMS door of SP4N-LAPOR!: a number and the word a message begins with."""

    number: str
    prefix: str
    published: str


class LaporStandard(
    ChannelStandard, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """Requests through SP4N-LAPOR!: its doors."""

    sms: ShortMessage
    url: str
