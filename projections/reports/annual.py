"""The annual report's figures (laporan layanan informasi publik), of a whole year.

Perki 1/2021 article 56 wants the number of requests, the time that each class of them
needed, how many were granted in whole and in part, how many were refused with reasons;
and the objections, their rulings and the disputes. All are figures of compliance.py.

What became of requests is counted as they were finished, which may be in a later year
than they came, or twice: what was left over and what was reopened stand beside them.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

import msgspec

from domain.values import AgencyCode, Channel
from projections.reports.adding_up import Check
from projections.reports.compliance import Compliance, Group
from projections.reports.definitions import Definition
from projections.reports.measured import Measured

SOURCE = "Perki 1/2021 Pasal 56 huruf b dan c"

DEFINED_BY: Final = {
    "requests": "received",
    "granted": "outcome",
    "granted_in_part": "outcome",
    "refused": "outcome",
    "refusal_grounds": "refusal_ground",
    "not_held": "outcome",
    "not_documented": "outcome",
    "gone_otherwise": "outcome",
    "objection_grounds": "objection_ground",
    "rulings": "objection_ruling",
    "time_needed": "answered",
}
"""Which figure's definition a number of the year has, unless its own name's."""


class TimeNeeded(msgspec.Struct, frozen=True):
    """Until the first answers of the year; a class of requests is a channel."""

    channel: Channel | None
    """Null is all of them together."""
    requests: int
    """Answered in the year."""
    needed: Measured | None
    """Null where none was."""


class AgencyYear(msgspec.Struct, frozen=True, kw_only=True):
    """An agency's year; null is all that were asked for."""

    agency: AgencyCode | None
    backlog_at_start: int
    """Not finished when the year began."""
    requests: int
    """Received in the year."""
    reopened: int
    finished: int
    """In the year, by the outcomes below; what was reopened may be twice among them."""
    backlog_at_end: int
    """Not finished when the year ended."""
    time_needed: tuple[TimeNeeded, ...]
    """Of all channels, then of each; of all agencies together none is told apart."""
    granted: int
    granted_in_part: int
    refused: int
    refusal_grounds: dict[str, int]
    """By legal basis; partial answers that keep something back are among them."""
    not_held: int
    not_documented: int
    gone_otherwise: int
    """Transferred, withdrawn, lapsed, gone on as a letter, or no request at all."""
    objections: int
    objection_grounds: dict[str, int]
    rulings: dict[str, int]
    disputes: int
    checks: tuple[Check, ...]
    """That its numbers agree."""


class Annual(msgspec.Struct, frozen=True, kw_only=True):
    """The report, with all that it rests on."""

    report: str = "annual"
    year: int
    source: str = SOURCE
    agency: AgencyCode | None
    position: int
    head: int
    left_out: int
    """Entries that the figures lack, as the views could not take them."""
    calendar_edition: str
    definitions_version: str
    generated_at: datetime
    zones: dict[AgencyCode, str]
    """In whose local days the year is."""
    judged_at: dict[AgencyCode, datetime]
    """The year's end, or when it was asked while the year runs."""
    seen_by: tuple[str, ...]
    adds_up: bool
    agencies: tuple[AgencyYear, ...]
    definitions: tuple[Definition, ...]


def annual(of_the_year: Compliance) -> Annual:
    """The annual report of a year's figures."""
    return Annual(
        year=of_the_year.first.year,
        agency=of_the_year.agency,
        position=of_the_year.position,
        head=of_the_year.head,
        left_out=of_the_year.left_out,
        calendar_edition=of_the_year.calendar_edition,
        definitions_version=of_the_year.definitions_version,
        generated_at=of_the_year.generated_at,
        zones=of_the_year.zones,
        judged_at=of_the_year.judged_at,
        seen_by=of_the_year.seen_by,
        adds_up=of_the_year.adds_up,
        agencies=tuple(
            _agency(group, of_the_year.groups)
            for group in of_the_year.groups
            if group.channel is None
        ),
        definitions=of_the_year.definitions,
    )


def _agency(whole: Group, groups: tuple[Group, ...]) -> AgencyYear:
    counted = whole.figures
    outcomes = _split(whole, "outcome")
    told = {
        word: outcomes.pop(word)
        for word in (
            *("granted", "partial", "refused_as_exempt"),
            *("not_held", "not_documented"),
        )
    }
    otherwise = sum(outcomes.values())
    return AgencyYear(
        agency=whole.agency,
        backlog_at_start=counted["backlog_at_start"],
        requests=counted["received"],
        reopened=counted["reopened"],
        finished=counted["finished"],
        backlog_at_end=counted["backlog_at_end"],
        time_needed=tuple(
            TimeNeeded(
                group.channel, group.figures["answered"], group.measured["answered"]
            )
            for group in groups
            if group.agency == whole.agency
        ),
        granted=told["granted"],
        granted_in_part=told["partial"],
        refused=told["refused_as_exempt"],
        refusal_grounds=_split(whole, "refusal_ground"),
        not_held=told["not_held"],
        not_documented=told["not_documented"],
        gone_otherwise=otherwise,
        objections=counted["objections"],
        objection_grounds=_split(whole, "objection_ground"),
        rulings=_split(whole, "objection_ruling"),
        disputes=counted["disputes"],
        checks=_checks(counted, sum(told.values()) + otherwise),
    )


def _checks(counted: Mapping[str, int], ended: int) -> tuple[Check, ...]:
    came = counted["backlog_at_start"] + counted["received"] + counted["reopened"]
    finished = counted["finished"]
    sides = {
        "backlog_at_start + requests + reopened - finished = backlog_at_end": (
            came - finished,
            counted["backlog_at_end"],
        ),
        "granted + granted_in_part + refused + not_held + not_documented"
        " + gone_otherwise = finished": (ended, finished),
    }
    return tuple(Check(name, *both, both[0] == both[1]) for name, both in sides.items())


def _split(group: Group, figure: str) -> dict[str, int]:
    """What a figure is split into, by word."""
    beginning = f"{figure}:"
    return {
        name.removeprefix(beginning): n
        for name, n in group.figures.items()
        if name.startswith(beginning)
    }
