"""No edge case loses its test unnoticed, and no test stands here without its case."""

import importlib
import pkgutil

import pytest

from tests.domain import edge_cases
from tests.domain.edge_cases.listed import LISTED

HOW_MANY = 38
"""Edge cases that the office named."""


@pytest.mark.parametrize("theme", LISTED)
def test_every_edge_case_has_the_tests_it_names_and_no_others_stand_here(theme):
    module = importlib.import_module(f"{edge_cases.__name__}.{theme}")
    standing = [name for name in vars(module) if name.startswith("test_")]
    named = [name for names in LISTED[theme].values() for name in names]
    assert sorted(named) == sorted(standing)


def test_every_theme_is_on_the_list():
    modules = {module.name for module in pkgutil.iter_modules(edge_cases.__path__)}
    themes = {name for name in modules if name.startswith("test_")}
    assert themes - {"test_listed"} == set(LISTED)


def test_no_edge_case_was_struck_from_the_list():
    assert sum(len(cases) for cases in LISTED.values()) == HOW_MANY
    assert all(names for cases in LISTED.values() for names in cases.values())
