"""The stage of whatever a list tells: of a case, a complaint or an objection."""

from enum import StrEnum


class AnyStage(StrEnum):
    """Every word of the three; one that two kinds share means the same in both.

    A test holds it to them. An answer's description takes no union of enumerations.
    """

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
