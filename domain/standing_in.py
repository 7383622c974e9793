"""Acting in the post of an absent official on the days of an appointment (Plh., Plt.).

His own post comes first: only what is not his to do there is done in another's.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Final

from domain import errors
from domain.commands import AnyCommand, Approve
from domain.facts import Fact
from domain.office import Act, Office, Official
from domain.values import Capacity

NOT_HIS: Final = (
    errors.NotDisposedToYouError,
    errors.NotSubordinateError,
    errors.NotAddressedToYouError,
    errors.NotTheAssignedOfficialError,
    errors.NotTheNextTierError,
)
"""Refusals that say whose act it is; in another post they may not hold."""


def represented_by(
    official: Official, office: Office, at: datetime
) -> tuple[Official, ...]:
    """Those in whose posts he acts on the local day of an instant."""
    if not office.directory.stand_ins:
        return ()
    day = office.calendar.date_of(at)
    return office.directory.represented_by(official.id, office.agency, day)


def posts(
    command: AnyCommand, official: Official, office: Office, at: datetime
) -> tuple[Official | None, ...]:
    """In whose posts he may try an act, in this order; None is his own.

    An approval says itself in whose stead it is: in one's own name only one's own
    roles count, and "a.n." is signed by whoever holds the head's office himself.
    """
    absent = represented_by(official, office, at)
    if not isinstance(command, Approve):
        return (None, *absent)
    if command.capacity in {Capacity.OWN, Capacity.ON_BEHALF}:
        return (None,)
    return (*(one for one in absent if one.id == command.acting_for), None)


def decided_in_first(
    acts: Sequence[Act], decided: Callable[[Act], tuple[Fact, ...]]
) -> tuple[Act, tuple[Fact, ...]]:
    """The same act in one post after another: the first whose affair it is serves.

    Raises what the last one was refused for, or any refusal that no post changes.
    """
    *earlier, last = acts
    for act in earlier:
        with suppress(*NOT_HIS):
            return act, decided(act)
    return last, decided(last)
