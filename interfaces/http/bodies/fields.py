"""The kinds of fields that bodies are made of, with the limits of the contract."""

from datetime import UTC, datetime
from typing import Annotated, Final, TypeAlias

import msgspec

from application.requester import Identity
from domain.outcome import ItemOutcome
from domain.values import Outcome, Role
from interfaces.http.bodies import patterns
from interfaces.http.problems import RequestFaultError

_CONTROLS: Final = r"\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F"
_ANY: Final = f"^[^{_CONTROLS}]*$"
# Blanks, then a sign that is none, then anything: no part can take over another's, so
# that a long text that does not match is refused in one pass.
_NOT_BLANK: Final = rf"^[^\S{_CONTROLS}]*[^\s{_CONTROLS}][^{_CONTROLS}]*$"

Text: TypeAlias = Annotated[str, msgspec.Meta(max_length=10_000, pattern=_NOT_BLANK)]
"""Says something; line breaks and tabs are its only control characters."""

LooseText: TypeAlias = Annotated[str, msgspec.Meta(max_length=10_000, pattern=_ANY)]
"""May be empty: a rule of the case says whether it has to say something."""

Name: TypeAlias = Annotated[str, msgspec.Meta(max_length=200, pattern=_NOT_BLANK)]
"""Of a person, an institution, or a number on paper."""

OfficialSlug: TypeAlias = Annotated[
    str, msgspec.Meta(max_length=200, pattern=_NOT_BLANK)
]
"""Id of an official; an unknown one is `unknown-official`."""

Code: TypeAlias = Annotated[str, msgspec.Meta(max_length=200, pattern=_NOT_BLANK)]

Sha256: TypeAlias = Annotated[str, msgspec.Meta(pattern=patterns.SHA256)]

Instant: TypeAlias = Annotated[datetime, msgspec.Meta(tz=True)]
"""RFC 3339 with its offset."""

ItemNumber: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=1_000)]

MOST: Final = 200
"""The longest list a body may hold."""

Items: TypeAlias = Annotated[
    tuple[Text, ...], msgspec.Meta(min_length=1, max_length=MOST)
]
Numbers: TypeAlias = Annotated[
    tuple[ItemNumber, ...], msgspec.Meta(min_length=1, max_length=MOST)
]
"""Items that an act is about; an act about none is no act."""

Codes: TypeAlias = Annotated[tuple[Code, ...], msgspec.Meta(max_length=MOST)]
Texts: TypeAlias = Annotated[tuple[Text, ...], msgspec.Meta(max_length=MOST)]
Officials: TypeAlias = Annotated[
    tuple[OfficialSlug, ...], msgspec.Meta(max_length=MOST)
]


class Body(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every command may say besides its own."""

    occurred_at: Instant | None = None
    """When it happened; now, unless said. An earlier day needs `late_reason`."""
    late_reason: LooseText | None = None
    note: LooseText | None = None
    role: Role | None = None
    """In which role, where the official has several."""

    def officials(self) -> tuple[str, ...]:
        """Officials whom the body names."""
        return ()

    def documents(self) -> tuple[str, ...]:
        """Documents that the body names."""
        return ()

    def legal_bases(self) -> tuple[str, ...]:
        """Legal bases that the body cites."""
        return ()

    def secrets(self) -> dict[str, bytes]:
        """Words that are sealed under the key of the case's person, by field."""
        return {}

    def tells_of(self) -> Identity | None:
        """Who is told in it to be sealed; no text beside it may name him."""
        return None


class SaidOfItem(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a draft says of an item."""

    n: ItemNumber
    outcome: Outcome
    legal_basis: Codes | None = None
    reason: LooseText | None = None

    def value(self) -> ItemOutcome:
        """The domain's word for it."""
        return ItemOutcome(
            n=self.n,
            outcome=answerable(self.outcome),
            legal_basis=tuple(self.legal_basis or ()),
            reason=self.reason,
        )


ANSWERS: Final = frozenset(
    {
        Outcome.GRANTED,
        Outcome.PARTIAL,
        Outcome.REFUSED_AS_EXEMPT,
        Outcome.NOT_HELD,
        Outcome.NOT_DOCUMENTED,
    }
)
"""Outcomes that an answer can give; the others have commands of their own."""


def answerable(outcome: Outcome) -> Outcome:
    """An outcome that an answer can give, or the request is at fault."""
    if outcome not in ANSWERS:
        raise RequestFaultError(
            "invalid-body", pointer="/items", detail="not an outcome of an answer"
        )
    return outcome


def utc(at: datetime | None) -> datetime | None:
    """The same instant in UTC, as the register keeps it."""
    return None if at is None else at.astimezone(UTC)


SaidOfItems: TypeAlias = Annotated[
    tuple[SaidOfItem, ...], msgspec.Meta(max_length=MOST)
]
