"""What of a person's matters is opened: all for himself, less for who protects it."""

from application.data_subjects import Standing
from application.readings import Ground
from application.sight import Leave, Sight
from domain import events
from domain.case import Case
from domain.values import LaporClass


def sight_of(one: Standing, leave: Leave) -> Sight:
    """What may be known of a matter; the ground of the leave says for whom.

    Who stayed unknown stays so before everybody.
    """
    words = names = True
    if leave.why is not Ground.SUBJECT_REQUEST:
        words, names = _shown_unasked(one)
    requester = leave if names and not _is_anonymous(one) else None
    return Sight(words=leave if words else None, requester=requester, nik=requester)


def _shown_unasked(one: Standing) -> tuple[bool, bool]:
    """Whether words and name are, without the person's wish.

    Who reported in confidence is not looked up; what he complained of so is for those
    who handle it.
    """
    opening = one.entries[0].event
    if isinstance(opening, events.ComplaintOpened):
        return not opening.confidential, not opening.confidential
    if isinstance(one.matter, Case):
        is_complaint = one.matter.reviewed is LaporClass.COMPLAINT
        is_confidential = one.matter.confidential
        return not (is_complaint and is_confidential), not (
            is_complaint or is_confidential
        )
    return True, True


def _is_anonymous(one: Standing) -> bool:
    opening = one.entries[0].event
    if isinstance(opening, events.ComplaintOpened):
        return opening.anonymous
    return isinstance(one.matter, Case) and one.matter.anonymous
