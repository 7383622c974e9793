"""The stage of whatever a list tells: of a case, a complaint or an objection."""

from enum import StrEnum


class AnyStage(StrEnum):
    """Stage of a case, complaint or objection; a word means the same of each kind."""

    # A test holds it to the enumerations of the three: no union of them can be
    # described to clients.

    RECEIVED = "received"
    INCOMPLETE = "incomplete"
    DISPOSED = "disposed"
    DRAFTED = "drafted"
    IN_REVIEW = "in_review"
    RETURNED = "returned"
    APPROVED = "approved"
    AWAITING_PICKUP = "awaiting_pickup"
    DELIVERED = "delivered"
    REFUSED = "refused"
    CONVERTED = "converted"
    TRANSFERRED = "transferred"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    CLOSED = "closed"
    OPENED = "opened"
    CLASSIFIED = "classified"
    FOLLOWED_UP = "followed_up"
    ANSWERED = "answered"
    FILED = "filed"
    DECIDED = "decided"
    DISPUTED = "disputed"
