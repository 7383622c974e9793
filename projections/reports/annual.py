"""The annual report's figures (laporan layanan informasi publik), of a whole year.

Perki 1/2021 article 56 wants the number of requests, the time that each class of them
needed, how many were granted in whole and in part, how many were refused with reasons;
and the objections, their rulings and the disputes. All are figures of compliance.py.
"""

from datetime import datetime

import msgspec

from domain.values import AgencyCode, Channel
from projections.reports.compliance import Compliance, Group, Measured
from projections.reports.definitions import Definition

SOURCE = "Perki 1/2021 Pasal 56 huruf b dan c"


class TimeNeeded(msgspec.Struct, frozen=True):
    """Until the first answers of the year; a class of requests is a channel."""

    channel: Channel
    requests: int
    """Answered in the year."""
    needed: Measured | None
    """Null where none was."""


class AgencyYear(msgspec.Struct, frozen=True, kw_only=True):
    """An agency's year; null is all that were asked for."""

    agency: AgencyCode | None
    requests: int
    time_needed: tuple[TimeNeeded, ...]
    """By channel; of all agencies together nothing is said by channel."""
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


class Annual(msgspec.Struct, frozen=True, kw_only=True):
    """The report, with all that it rests on."""

    report: str = "annual"
    year: int
    source: str = SOURCE
    agency: AgencyCode | None
    position: int
    head: int
    calendar_edition: str
    definitions_version: str
    generated_at: datetime
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
        calendar_edition=of_the_year.calendar_edition,
        definitions_version=of_the_year.definitions_version,
        generated_at=of_the_year.generated_at,
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
    return AgencyYear(
        agency=whole.agency,
        requests=counted["received"],
        time_needed=tuple(
            TimeNeeded(
                group.channel, group.figures["answered"], group.measured.get("answered")
            )
            for group in groups
            if group.agency == whole.agency and group.channel is not None
        ),
        granted=told["granted"],
        granted_in_part=told["partial"],
        refused=told["refused_as_exempt"],
        refusal_grounds=_split(whole, "refusal_ground"),
        not_held=told["not_held"],
        not_documented=told["not_documented"],
        gone_otherwise=sum(outcomes.values()),
        objections=counted["objections"],
        objection_grounds=_split(whole, "objection_ground"),
        rulings=_split(whole, "objection_ruling"),
        disputes=counted["disputes"],
    )


def _split(group: Group, figure: str) -> dict[str, int]:
    """What a figure is split into, by word."""
    beginning = f"{figure}:"
    return {
        name.removeprefix(beginning): n
        for name, n in group.figures.items()
        if name.startswith(beginning)
    }
