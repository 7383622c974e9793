"""What officials say to be let in, and administrators of accounts.

Apart from commands about cases: nothing here happened earlier, and no role is stated.
"""

from typing import Annotated, TypeAlias

import msgspec
from typing_extensions import override

from domain.values import AgencyCode, Role
from interfaces.http.bodies import patterns
from interfaces.http.bodies.fields import Name

Password: TypeAlias = Annotated[str, msgspec.Meta(min_length=1, max_length=1_000)]
"""As it is typed; the rules of a good one are asked of new ones alone."""
Secret: TypeAlias = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
GivenId: TypeAlias = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
"""An official's id as somebody typed it, who may be mistaken."""
Slug: TypeAlias = Annotated[str, msgspec.Meta(pattern=patterns.SLUG)]
Unit: TypeAlias = Annotated[str, msgspec.Meta(pattern=patterns.UNIT, max_length=200)]


class Said(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A form whose unknown fields are refused; its values never show in a text."""

    @override
    def __repr__(self) -> str:
        return type(self).__name__


class Nothing(Said, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A form without fields: the address says it all."""


class Credentials(Said, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who wants in, and his password."""

    official: GivenId
    password: Password


class Redemption(Said, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A one-time link, and the password that it shall set."""

    link: Secret
    password: Password
    official: Slug = "administrator"
    """How the first administrator wants to be called; other links know for whom."""
    name: Name = "Administrator"


class NewPassword(Said, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One's password, and the one that shall take its place."""

    current: Password
    new: Password


class PasswordAgain(Said, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One's password, once more."""

    password: Password


class NewOfficial(Said, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody who shall be an official of an agency."""

    official: Slug
    agency: AgencyCode
    name: Name
    roles: Annotated[tuple[Role, ...], msgspec.Meta(min_length=1, max_length=20)]
    unit: Unit | None = None
