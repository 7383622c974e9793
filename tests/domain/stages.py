"""A history that leads to each stage, for each channel: what a stage guard is asked."""

from collections.abc import Mapping
from typing import TypeAlias

from domain.values import ApprovalKind, DeliveryMeans, Requirement, Stage
from tests.domain.offices import LIAISON, RECEPTIONIST
from tests.domain.past import (
    answered_orally,
    approved,
    asked,
    called,
    closed,
    converted,
    delivered,
    directed,
    disposed,
    drafted,
    initialled,
    lapsed,
    refused_at_counter,
    returned,
    reviewed,
    signed,
    transferred,
    withdrawn,
)
from tests.domain.receipts import lettered, reported, visited
from tests.domain.scenarios import Happened

History: TypeAlias = tuple[Happened | tuple[Happened, ...], ...]

VISITS: Mapping[Stage, History] = {
    Stage.RECEIVED: (visited(),),
    Stage.DISPOSED: (visited(), directed()),
    Stage.REFUSED: (visited(), directed(), refused_at_counter()),
    Stage.DELIVERED: (visited(), directed(), answered_orally()),
    Stage.CONVERTED: (visited(), directed(), converted()),
    Stage.TRANSFERRED: (visited(), directed(), transferred()),
    Stage.WITHDRAWN: (visited(), directed(), withdrawn(RECEPTIONIST)),
    Stage.CLOSED: (visited(), directed(), answered_orally(), closed()),
}
_LETTER = (lettered(), disposed())
_PHONE = (Requirement.PHONE,)
LETTERS: Mapping[Stage, History] = {
    Stage.RECEIVED: (lettered(),),
    Stage.INCOMPLETE: (lettered(missing=_PHONE),),
    Stage.DISPOSED: _LETTER,
    Stage.DRAFTED: (*_LETTER, drafted()),
    Stage.IN_REVIEW: (*_LETTER, drafted(), initialled()),
    Stage.RETURNED: (*_LETTER, drafted(), returned()),
    Stage.APPROVED: (*_LETTER, approved()),
    Stage.AWAITING_PICKUP: (*_LETTER, approved(), called()),
    Stage.DELIVERED: (*_LETTER, approved(), delivered()),
    Stage.TRANSFERRED: (*_LETTER, transferred()),
    Stage.WITHDRAWN: (*_LETTER, drafted(), withdrawn()),
    Stage.LAPSED: (lettered(missing=_PHONE), asked(*_PHONE), lapsed()),
    Stage.CLOSED: (*_LETTER, approved(), delivered(), closed()),
}
_REPORT = (reported(), reviewed(), disposed())
_AGREED = (drafted(), initialled(1), initialled(2), signed(kind=ApprovalKind.APPROVAL))
_POSTED = delivered(DeliveryMeans.LAPOR_POST)
REPORTS: Mapping[Stage, History] = {
    Stage.RECEIVED: (reported(), reviewed()),
    Stage.DISPOSED: _REPORT,
    Stage.DRAFTED: (*_REPORT, drafted()),
    Stage.IN_REVIEW: (*_REPORT, drafted(), initialled()),
    Stage.RETURNED: (*_REPORT, drafted(), returned()),
    Stage.APPROVED: (*_REPORT, _AGREED),
    Stage.DELIVERED: (*_REPORT, _AGREED, _POSTED),
    Stage.TRANSFERRED: (*_REPORT, transferred()),
    Stage.WITHDRAWN: (*_REPORT, withdrawn(LIAISON)),
    Stage.CLOSED: (*_REPORT, _AGREED, _POSTED, closed()),
}


def outside(histories: Mapping[Stage, History], *allowed: Stage) -> list[Stage]:
    """The stages of a channel in which an act is out of place."""
    return [stage for stage in histories if stage not in allowed]
