"""What may be written of an official: the checks between the form and the directory."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from typing import Final

from domain.office import Official
from domain.values import Role

_SLUG: Final = re.compile(r"[a-z0-9-]{1,64}")
_UNIT: Final = re.compile(r"[a-z0-9-]+(/[a-z0-9-]+)*")
_LONGEST_NAME: Final = 200


class OfficialRefusedError(Exception):
    """The directory refuses what was asked of an official; nothing was changed."""


class BadSlugError(OfficialRefusedError):
    """An official's id is no slug."""

    def __init__(self, given: str) -> None:
        super().__init__(
            f"the id {given!r} must be 1 to 64 lower-case letters, digits or hyphens"
        )
        self.given = given


class BadUnitError(OfficialRefusedError):
    """A unit is no path of slugs."""

    def __init__(self, given: str) -> None:
        super().__init__(
            f"the unit {given!r} must be slugs joined by slashes, "
            "for example kelembagaan/analisis"
        )
        self.given = given


class BadNameError(OfficialRefusedError):
    """A name is blank, too long or holds control characters."""

    def __init__(self) -> None:
        super().__init__("a name has 1 to 200 characters and no control characters")


class UnknownAgencyError(OfficialRefusedError):
    """No service standard is on file for the agency."""

    def __init__(self, given: str, known: Collection[str]) -> None:
        super().__init__(
            f"there is no agency {given!r}; known are {', '.join(sorted(known))}"
        )
        self.given = given


class UnknownRoleError(OfficialRefusedError):
    """The office has no such role."""

    def __init__(self, given: str) -> None:
        super().__init__(f"there is no role {given!r}; known are {', '.join(Role)}")
        self.given = given


class NoRoleError(OfficialRefusedError):
    """An official acts in a role, so at least one is needed."""

    def __init__(self) -> None:
        super().__init__("an official needs at least one role")


class OfficialExistsError(OfficialRefusedError):
    """The id is taken in that agency, with other data."""

    def __init__(self, standing: Official, differing: Sequence[str]) -> None:
        super().__init__(
            f"{standing.id} is already an official of {standing.agency} with another "
            f"{' and '.join(differing)}; disable it first to add it anew"
        )
        self.standing = standing
        self.differing = tuple(differing)


class UnknownOfficialError(OfficialRefusedError):
    """Nobody has that id, or nobody who is in office."""

    def __init__(self, given: str) -> None:
        super().__init__(f"there is no official {given!r} in office")
        self.given = given


def check(
    *,
    id_: str,
    agency: str,
    name: str,
    roles: Sequence[str],
    unit: str | None,
    agencies: Collection[str],
) -> Official:
    """Make an official of what a form says; `OfficialRefusedError` where it is wrong.

    `agencies` are the codes for which there is a service standard.
    """
    if not is_slug(id_):
        raise BadSlugError(id_)
    must_be_agency(agency, agencies)
    if unit is not None:
        must_be_unit(unit)
    if not is_line(name, _LONGEST_NAME):
        raise BadNameError
    if not roles:
        raise NoRoleError
    return Official(
        id=id_,
        agency=agency,
        name=name.strip(),
        roles=tuple(dict.fromkeys(map(_role, roles))),
        unit=unit,
    )


def is_slug(given: str) -> bool:
    """Whether it can be an official's id."""
    return _SLUG.fullmatch(given) is not None


def must_be_agency(agency: str, agencies: Collection[str]) -> None:
    """There is a service standard for it; raises `UnknownAgencyError`."""
    if agency not in agencies:
        raise UnknownAgencyError(agency, agencies)


def must_be_unit(unit: str) -> None:
    """It is a path of slugs; raises `BadUnitError`."""
    if not _UNIT.fullmatch(unit):
        raise BadUnitError(unit)


def is_line(text: str, longest: int) -> bool:
    """Whether it says something in one line of at most so many characters."""
    return bool(text.strip()) and len(text) <= longest and not _has_control(text)


def differences(standing: Official, wanted: Official) -> list[str]:
    """Name the facts in which two entries differ; the order of roles is none."""
    return [
        fact
        for fact, same in (
            ("name", standing.name == wanted.name),
            ("roles", set(standing.roles) == set(wanted.roles)),
            ("unit", standing.unit == wanted.unit),
        )
        if not same
    ]


def _role(word: str) -> Role:
    try:
        return Role(word)
    except ValueError:
        raise UnknownRoleError(word) from None


def _has_control(name: str) -> bool:
    """Control and format characters, and halves of pairs that UTF-8 can't write."""
    return any(unicodedata.category(letter) in {"Cc", "Cs"} for letter in name)
