"""Figures of benches and drills: their shape, their aims, how they are told."""

import os
import platform
import sys
from collections.abc import Callable
from typing import Protocol

import msgspec
from rich.console import Console
from rich.table import Table


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One measured number, and what was hoped for."""

    name: str
    value: float
    unit: str
    aim: str | None = None
    """Such as `>= 0.5`; none where the figure only informs."""

    holds: bool = True
    """Whether the aim was met."""


class Report(msgspec.Struct, frozen=True):
    """What one bench or drill found, on which machine."""

    name: str
    machine: str
    figures: list[Figure]

    @property
    def holds(self) -> bool:
        return all(figure.holds for figure in self.figures)


class Exercise(Protocol):
    """A module of tests/load or tests/drills."""

    measure: Callable[..., list[Figure]]
    """`measure(short=...)`: the short form takes seconds and its aims are about
    correctness alone, never speed, so that a busy machine fails nobody."""


def at_least(name: str, value: float, unit: str, aim: float) -> Figure:
    return Figure(
        name=name, value=value, unit=unit, aim=f">= {aim:g}", holds=value >= aim
    )


def at_most(name: str, value: float, unit: str, aim: float) -> Figure:
    return Figure(
        name=name, value=value, unit=unit, aim=f"<= {aim:g}", holds=value <= aim
    )


def exactly(name: str, value: float, unit: str, aim: float) -> Figure:
    return Figure(
        name=name, value=value, unit=unit, aim=f"= {aim:g}", holds=value == aim
    )


def machine() -> str:
    """Describe where it was measured: figures mean nothing without it."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, "
        f"{memory:.0f} GiB, Python {platform.python_version()}"
    )


def tell(report: Report, *, as_json: bool) -> None:
    """Print one JSON object, or a table for people."""
    if as_json:
        sys.stdout.write(msgspec.json.encode(report).decode() + "\n")
        return
    table = Table(title=f"{report.name} ({report.machine})", title_justify="left")
    for heading in ("figure", "value", "unit", "aim", "holds"):
        table.add_column(heading, justify="right" if heading == "value" else "left")
    for each in report.figures:
        holds = "" if each.aim is None else "yes" if each.holds else "NO"
        table.add_row(each.name, f"{each.value:,g}", each.unit, each.aim or "", holds)
    Console().print(table)
