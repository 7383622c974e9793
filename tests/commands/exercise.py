"""Finds the benches and drills of the checkout and runs one by its name.

A bench is a module of tests/load with `main(arguments)`, which prints its report and
answers the exit code; a drill is one of tests/drills. `SHORT`, if it has that, are the
arguments of the form that every full test runs: seconds, and aims of correctness alone.
"""

import importlib
import pkgutil
import sys
from collections.abc import Sequence
from types import ModuleType


def exercises(room: ModuleType) -> dict[str, ModuleType]:
    """Import the exercises of a package, by their names."""
    found = {
        each.name: importlib.import_module(f"{room.__name__}.{each.name}")
        for each in pkgutil.iter_modules(room.__path__)
    }
    return {name: found[name] for name in sorted(found) if hasattr(found[name], "main")}


def main(room: ModuleType, word: str, arguments: Sequence[str]) -> int:
    """Run the exercise that the first argument names, with the others."""
    known = exercises(room)
    name, *rest = arguments or [""]
    if name not in known:
        sys.stderr.write(f"disposisi {word} NAME [--json]: {', '.join(known)}\n")
        return 0 if name in {"-h", "--help"} else 2
    code: int = known[name].main(rest)
    return code
