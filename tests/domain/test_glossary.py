"""Every word of the domain stands in its dictionary, domain/README.md."""

import importlib
import inspect
import pkgutil
import re
from enum import Enum
from pathlib import Path

import pytest

import domain
from domain.errors import RuleBrokenError

README = Path(domain.__path__[0]) / "README.md"
WORDS = set(re.findall(r"`([^`]+)`", README.read_text(encoding="utf-8")))
MODULES = [
    importlib.import_module(module.name)
    for module in pkgutil.walk_packages(domain.__path__, "domain.")
]
CLASSES = {
    name: found
    for module in MODULES
    for name, found in vars(module).items()
    if inspect.isclass(found) and found.__module__ == module.__name__
}
NAMES = sorted(
    name
    for name, found in CLASSES.items()
    if not issubclass(found, RuleBrokenError) and not name.startswith("_")
)
MEMBERS = sorted(
    f"{name}.{member.value}"
    for name, found in CLASSES.items()
    if issubclass(found, Enum)
    for member in found
)


@pytest.mark.parametrize("name", NAMES)
def test_every_name_is_told_with_its_indonesian_term(name):
    assert name in WORDS


@pytest.mark.parametrize("member", MEMBERS)
def test_every_word_of_an_enumeration_is_told(member):
    assert member.split(".", 1)[1] in WORDS


@pytest.mark.parametrize("name", sorted({*CLASSES} - {*NAMES, "RuleBrokenError"}))
def test_a_refusal_has_a_code_of_its_own_rule(name):
    refusal = CLASSES[name]
    assert issubclass(refusal, RuleBrokenError)
    assert name.endswith("Error")
    assert re.fullmatch("[a-z]+(-[a-z]+)*", refusal.code)
