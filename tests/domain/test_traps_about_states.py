"""Mistakes about states that other systems of this kind make, one test for each.

e-PPID's reports count status names that its own program no longer writes, and its
officers' pages set the status of a request past its state machine.
"""

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import get_args, get_type_hints

import msgspec
import pytest

import application
import domain
import interfaces
import projections
from domain import events
from domain.values import ComplaintStage, ObjectionStage, Outcome, Stage
from projections.stages import AnyStage

PACKAGES = (domain, application, projections, interfaces)
ROOT = Path(domain.__path__[0]).parent
WORDS = {
    "stage": {*Stage, *ComplaintStage, *ObjectionStage},
    "outcome": {*Outcome},
}
"""What the columns and fields of these names may say."""
EVENTS = {event.__name__ for event in get_args(events.AnyEvent)}
FOLDS = {
    "domain/evolution.py",
    "domain/complaint.py",
    "domain/objection.py",
    "domain/data_request.py",
    "domain/breach.py",
}
"""Where alone a history becomes a state."""


def modules(*packages: ModuleType) -> Iterator[tuple[str, ast.Module]]:
    for package in packages:
        for source in sorted(Path(package.__path__[0]).rglob("*.py")):
            name = source.relative_to(ROOT).as_posix()
            yield name, ast.parse(source.read_text(encoding="utf-8"))


def statements() -> Iterator[tuple[str, str]]:
    """Every line of SQL, comments aside, in lower case."""
    for package in PACKAGES:
        for source in sorted(Path(package.__path__[0]).rglob("*.sql")):
            for line in source.read_text(encoding="utf-8").splitlines():
                yield source.relative_to(ROOT).as_posix(), line.split("--")[0].lower()


def structs() -> Iterator[type[msgspec.Struct]]:
    """Every struct that a report or an answer is made of."""
    for package in (projections, application):
        names = pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
        for module in map(importlib.import_module, (name.name for name in names)):
            for found in vars(module).values():
                ours = inspect.isclass(found) and found.__module__ == module.__name__
                if ours and issubclass(found, msgspec.Struct):
                    yield found


@pytest.mark.parametrize("column", WORDS)
def test_no_report_asks_for_a_state_that_no_case_can_have(column):
    told = {
        (source, word)
        for source, line in statements()
        if re.search(rf"\b{column}\b", re.sub("'[^']*'", "''", line))
        for word in re.findall(r"'([^']*)'", line)
    }
    assert {word for _, word in told} <= WORDS[column], told


def test_lists_of_all_kinds_know_just_the_words_of_each():
    assert {*AnyStage} == WORDS["stage"]


def test_what_people_read_of_a_state_is_a_word_of_the_enumeration():
    loose = [
        f"{struct.__name__}.{name}"
        for struct in structs()
        if not struct.__name__.startswith("_")  # rows as the database gives them
        for name, kind in get_type_hints(struct).items()
        if name in WORDS and str in {kind, *get_args(kind)}
    ]
    assert loose == []


def test_nothing_but_a_history_sets_a_state():
    doors = {
        name
        for name, tree in modules(domain, application)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).split(".")[-1] in {"replace", "Case"}
        and any(keyword.arg == "stage" for keyword in node.keywords)
    }
    assert doors == FOLDS


def test_no_event_is_made_but_by_a_decision():
    # A page or a job that writes its own event is the second door.
    makers = {
        (name, ast.unparse(node.func))
        for name, tree in modules(application, projections, interfaces)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).removeprefix("events.") in EVENTS
    }
    assert makers == set()


def test_nothing_is_written_to_the_register_but_appended():
    writing = (
        r"\b(insert into|update|delete from|truncate|copy)\s+(public\.)?register\b"
    )
    writers = {source for source, line in statements() if re.search(writing, line)}
    # The functions that append stand in migrations; everybody else calls them. Load
    # data alone is copied, under the same lock, into a register that is empty.
    assert {
        one for one in writers if not one.startswith("application/migrations/")
    } == {"interfaces/demo/bulk/books.sql"}
    appending = {
        source
        for source, line in statements()
        if "register_append(" in line and "migrations" not in source
    }
    assert appending == {"application/register.sql", "application/recorder.sql"}


def test_only_its_own_view_writes_the_list_of_cases():
    writing = r"\b(insert into|update|delete from|truncate)\s+cases\b"
    writers = {source for source, line in statements() if re.search(writing, line)}
    assert writers == {"projections/cases.sql"}
