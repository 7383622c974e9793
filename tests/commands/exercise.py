"""Finds the benches and drills of the checkout and runs one by its name."""

import argparse
import importlib
import pkgutil
from types import ModuleType
from typing import cast

from tests.commands.figures import Exercise, Report, machine, tell


def names(room: ModuleType) -> list[str]:
    """List the exercises of a package; what starts with an underscore is none."""
    found = pkgutil.iter_modules(room.__path__)
    return sorted(module.name for module in found if not module.name.startswith("_"))


def perform(room: ModuleType, name: str, *, short: bool) -> Report:
    module = importlib.import_module(f"{room.__name__}.{name}")
    figures = cast("Exercise", module).measure(short=short)
    return Report(name=name, machine=machine(), figures=figures)


def main(room: ModuleType, word: str) -> int:
    """Run what the command line names; answer 1 when a figure misses its aim."""
    known = names(room)
    parser = argparse.ArgumentParser(prog=f"disposisi {word}")
    parser.add_argument("name", choices=known, metavar="NAME", help=", ".join(known))
    parser.add_argument("--json", action="store_true", help="one object for a program")
    parser.add_argument(
        "--short", action="store_true", help="seconds, correctness only"
    )
    said = parser.parse_args()
    report = perform(room, said.name, short=said.short)
    tell(report, as_json=said.json)
    return 0 if report.holds else 1
