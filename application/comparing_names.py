"""Whom a batch's texts are compared with: they come with the histories.

A text that can never be erased must not name those whom its matter concerns. They stay
sealed until an act is at hand that could be recorded but for its text; then they are
opened inside the program, and all that comes of it is yes or no.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from uuid import UUID

import msgspec
import structlog

from application import opening, plain_texts, requester
from application.cipher import SealBrokenError
from application.desk_errors import PersonalDataInTextError, UnreadableError
from application.errands import Errand
from application.people import ClosedField
from application.plain_texts import Legible
from application.requester import Identity
from application.sealing import Sealing
from domain.breach import Breach
from domain.commands import (
    AnyCommand,
    CloseBreach,
    NotifyBreach,
    ReceiveDataRequest,
    RecordBreach,
)
from domain.histories import Matter
from domain.values import PersonId

_log = structlog.get_logger()


class NamesToCompare:
    """Those whom the matters of a batch concern, closed until a text is compared."""

    def __init__(self, sealing: Sealing, closed: Iterable[ClosedField]) -> None:
        self._sealing = sealing
        self._of_record: defaultdict[UUID, list[ClosedField]] = defaultdict(list)
        for one in closed:
            self._of_record[one.record].append(one)

    def must_not_stand_in(self, errand: Errand, matter: Matter | None) -> None:
        """Raise `PersonalDataInTextError` where a text names whom the act concerns.

        `UnreadableError` where nobody can tell: then it is not recorded either.
        """
        if not self._of_record or not errand.free_texts:
            return
        said = [Legible(text) for text in errand.free_texts]
        for closed in self._concerned(errand, matter):
            who = self._opened(closed, errand)
            for nth, text in enumerate(said):
                if plain_texts.names(text, who):
                    raise PersonalDataInTextError(nth)

    def _opened(self, closed: ClosedField, errand: Errand) -> Identity:
        """Who it is; `UnreadableError` where that can't be told any more."""
        try:
            return requester.identity(opening.field(self._sealing, closed))
        except (SealBrokenError, msgspec.DecodeError, UnicodeDecodeError):
            # What it says is not to stand in the log, and may stand in the exception.
            _log.error(
                "identity_unreadable",
                record=str(closed.record),
                request_id=errand.request_id,
            )
            raise UnreadableError from None

    def _concerned(
        self, errand: Errand, matter: Matter | None
    ) -> Iterator[ClosedField]:
        """Whose matters the act needs, and whom it is about otherwise."""
        for record in errand.streams:
            yield from self._of_record.get(record, ())
        if persons := persons_of(errand.command, matter):
            for each in self._of_record.values():
                yield from (one for one in each if one.person in persons)


def persons_of(
    command: AnyCommand, matter: Matter | None = None
) -> frozenset[PersonId]:
    """Whom an act is about otherwise than by the matters that it needs."""
    match command:
        case ReceiveDataRequest(person=person):
            return frozenset({person})
        case RecordBreach(persons=persons):
            return frozenset(persons)
        case NotifyBreach() | CloseBreach() if isinstance(matter, Breach):
            return frozenset(matter.recorded.persons)
        case _:
            return frozenset()
