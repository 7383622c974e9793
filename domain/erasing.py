"""A person's data go: when they may, and what each history tells of it."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from types import UnionType
from uuid import UUID

from domain import commands, errors, events, holds
from domain.case import Case
from domain.complaint import Complaint
from domain.data_request import DataRequest
from domain.events import documents_named
from domain.facts import Fact
from domain.holds import Concerned, HoldsData
from domain.objection import Objection
from domain.office import Act
from domain.order import in_order
from domain.values import (
    Digest,
    PersonId,
)

Parties = Sequence[Concerned]
"""The matters that touch the person's data: his own, and others' complaints."""


def his(concerned: Iterable[Concerned], person: PersonId) -> tuple[Concerned, ...]:
    """The matters in which the person's own data stand."""
    return tuple(one for one in concerned if one.person == person)


def told_in(
    concerned: Iterable[Concerned],
    person: PersonId,
    act: Act,
    kinds: type[HoldsData] | UnionType = Case | Complaint | Objection,
) -> tuple[Concerned, ...]:
    """His matters whose own history tells an act; time runs forward in each."""
    told = tuple(one for one in his(concerned, person) if isinstance(one.matter, kinds))
    for one in told:
        in_order(one.matter.last_at, act.occurred_at)
    return told


def must_be_free(
    concerned: Parties, at: datetime, request: DataRequest | None = None
) -> None:
    """No window runs and no proceeding is open that needs the person's data.

    Nor a duty that somebody named when the request was deferred.
    """
    named = () if request is None else holds.kept(None, request, at)
    standing = (*holds.holds(concerned, at), *named)
    if standing:
        grounds = dict.fromkeys(hold.ground for hold in standing)
        raise errors.DataStillNeededError(grounds, holds.until(standing))


def erased(
    request: UUID | None,
    person: PersonId,
    command: commands.AnswerDataRequest | commands.DecideRetention,
    concerned: Parties,
    act: Act,
) -> tuple[Fact, ...]:
    """Each history in which the person stands says why nothing is left of him."""
    return tuple(
        Fact(
            event=events.PersonalDataErased(
                request=request, documents=command.documents.get(one.id, ())
            ),
            stream=one.id,
        )
        for one in told_in(concerned, person, act, HoldsData)
    )


def erased_again(
    told: Sequence[events.AnyEvent], gone: Collection[Digest]
) -> events.PersonalDataErased | None:
    """What a history lacks that was brought back to before its erasure.

    None where it tells one; `gone` are papers that the erasure destroyed. Nobody
    decides anything: it was carried out once, and stays so.
    """
    if any(isinstance(event, events.PersonalDataErased) for event in told):
        return None
    named = dict.fromkeys(one for event in told for one in documents_named(event))
    return events.PersonalDataErased(
        documents=tuple(one for one in named if one in gone)
    )
