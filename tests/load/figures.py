"""What a bench answers: figures, each with its aim and whether it holds."""

import os
import platform
import sys
from collections.abc import Sequence

import msgspec


class Figure(msgspec.Struct, frozen=True):
    """One measured value; a figure without an aim always holds."""

    name: str
    value: float
    unit: str
    aim: str | None = None
    holds: bool = True


class Report(msgspec.Struct, frozen=True):
    """A bench's one object."""

    name: str
    machine: str
    figures: Sequence[Figure]

    @property
    def holds(self) -> bool:
        """Whether every figure meets its aim."""
        return all(figure.holds for figure in self.figures)


def machine(*more: str) -> str:
    """Say what was measured on; `more` are versions of what else took part."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return ", ".join(
        (
            f"{os.cpu_count()} cores",
            f"{memory:.0f} GiB",
            f"{platform.system()} {platform.machine()}",
            f"Python {platform.python_version()}",
            *more,
        )
    )


def say(line: str) -> None:
    """Tell how far a long bench has come, beside its answer."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def answer(report: Report, *, as_json: bool) -> int:
    """Print the report; answers the exit code, 1 when an aim is missed."""
    if as_json:
        lines = [msgspec.json.encode(report).decode()]
    else:
        lines = [f"{report.name} on {report.machine}"]
        for figure in report.figures:
            verdict = "" if figure.aim is None else f"aim {figure.aim}: "
            verdict += (
                "" if figure.aim is None else ("held" if figure.holds else "MISSED")
            )
            value = (
                f"{figure.value:,.4g}" if figure.value % 1 else f"{figure.value:,.0f}"
            )
            lines.append(f"  {figure.name:<28} {value:>14} {figure.unit:<10} {verdict}")
    sys.stdout.write("\n".join(lines) + "\n")
    return 0 if report.holds else 1
