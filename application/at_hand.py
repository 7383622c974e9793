"""What an errand is about: is it there, whose, is it fresh, when did it happen."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final, get_args
from uuid import UUID

import msgspec

from application.desk_errors import (
    ForbiddenError,
    StaleVersionError,
    UnknownCaseError,
    UnknownDocumentError,
    UnknownMatterError,
)
from application.errands import Errand
from application.office.authority import Of
from application.page import Page, Standing
from domain.breach import Breach
from domain.case import Case
from domain.commands import (
    AnyCommand,
    BreachCommand,
    ComplaintCommand,
    DataRequestCommand,
    ObjectionCommand,
)
from domain.complaint import Complaint
from domain.data_request import DataRequest
from domain.histories import Matter
from domain.objection import Objection
from domain.values import AgencyCode

_ABOUT: Final[Mapping[type[AnyCommand], type[Matter]]] = {
    **dict.fromkeys(get_args(ComplaintCommand), Complaint),
    **dict.fromkeys(get_args(ObjectionCommand), Objection),
    **dict.fromkeys(get_args(DataRequestCommand), DataRequest),
    **dict.fromkeys(get_args(BreachCommand), Breach),
}
"""What a command that opens nothing is about, where that is no case."""


class AtHand(msgspec.Struct, frozen=True):
    """What an errand is about, as it stands on the page."""

    subject: Standing | None
    """The history that the command names; None where it opens one."""
    case: Case | None
    """The case whose state the decision needs."""
    agency: AgencyCode
    beside: tuple[tuple[UUID, Matter], ...] = ()
    """The other histories that the errand names, as they stand."""

    @property
    def matter(self) -> Matter | None:
        """What the act happens to."""
        return self.case if self.subject is None else self.subject.matter


def found(errand: Errand, page: Page) -> AtHand:
    """What stands there of what the errand needs; 404, or 403 where it is another's."""
    subject = _subject(errand, page)
    case = _case(errand, page)
    matter = case if subject is None else subject.matter
    agency = errand.agency if matter is None else matter.agency
    assert agency is not None
    if errand.agency not in {None, agency}:
        raise ForbiddenError
    return AtHand(
        subject=subject, case=case, agency=agency, beside=_beside(errand, page)
    )


def _beside(errand: Errand, page: Page) -> tuple[tuple[UUID, Matter], ...]:
    """What else it names; a visit has no state, and moves nothing."""
    standing = ((stream, page.standing(stream)) for stream in errand.concerns)
    return tuple((stream, one.matter) for stream, one in standing if one is not None)


def _subject(errand: Errand, page: Page) -> Standing | None:
    """The history that the errand is about, unless it opens one."""
    if not errand.stands:
        return None
    found = page.standing(errand.subject)
    kind = _ABOUT.get(type(errand.command), Case)
    if found is None or not isinstance(found.matter, kind):
        raise UnknownCaseError if kind is Case else UnknownMatterError
    return found


def _case(errand: Errand, page: Page) -> Case | None:
    """The case that the decision needs, where it needs one."""
    if errand.case is None:
        return None
    found = page.standing(errand.case)
    if found is None or not isinstance(found.matter, Case):
        raise UnknownCaseError(named_in_body=errand.case != errand.subject)
    return found.matter


def narrowed_by(errand: Errand, hand: AtHand) -> Of:
    """What the authority table asks of the matter."""
    if hand.case is not None:
        return hand.case.channel
    if isinstance(hand.matter, Complaint):
        return hand.matter.kind
    return errand.channel


def must_be_fresh(errand: Errand, hand: AtHand) -> None:
    """The documents are the agency's (422), and the version is the last (412)."""
    known_in = errand.documents_known_in
    if known_in is not None and hand.agency not in known_in:
        raise UnknownDocumentError
    if errand.expected is None or hand.subject is None:
        return
    if errand.expected != hand.subject.version:
        raise StaleVersionError(errand.expected, hand.subject.version)


def happened(errand: Errand, page: Page, hand: AtHand) -> datetime:
    """When it happened: as said, else now, which is never before the last act.

    An act may be said to lie up to a minute ahead; the next one must still be
    possible at once.
    """
    if errand.occurred_at is not None:
        return errand.occurred_at
    others = (matter for _, matter in hand.beside)
    named = (hand.matter, hand.case, *others)
    lasts = (one.last_at for one in named if one is not None)
    return max((page.recorded_at, *lasts))
