"""Which form each command is written on, as the API's addresses have it."""

from collections.abc import Mapping
from typing import Final

from application.requester import IDENTITY
from interfaces.http.bodies import (
    answering,
    complaints,
    completing,
    delivering,
    handling,
    leaving,
    objections,
    pausing,
)
from interfaces.http.bodies.fields import Body

OPEN: Final[Mapping[str, type[Body]]] = {
    "direction": handling.Direction,
    "disposition": handling.Disposition,
    "lapor-status": handling.LaporStatus,
    "consequence-test": answering.ConsequenceTest,
    "approval": answering.ApprovalBody,
    "correction": answering.Correction,
    "refusal": answering.Refusal,
    "delivery": delivering.Delivery,
    "pickup": delivering.Pickup,
    "pickup-missed": delivering.PickupMissed,
    "overrun": delivering.Overrun,
    "closing": delivering.Closing,
    "reopening": delivering.Reopening,
    "completion-request": completing.CompletionRequest,
    "lapse": completing.LapseNotice,
    "extension": pausing.Extension,
    "pause": pausing.Rest,
    "resumption": pausing.Resumption,
    "complaints:classification": complaints.Classification,
    "complaints:follow-up": complaints.FollowUp,
    "complaints:closing": complaints.ComplaintClosing,
    "objections:dispute": objections.Dispute,
}
"""Forms that are commands as they stand, by the authority table's word."""

SEALED: Final[Mapping[str, tuple[type[Body], str]]] = {
    "draft": (answering.DraftBody, "draft"),
    "collection": (delivering.Collection, "collected"),
    "identity-return": (delivering.IdentityReturn, "card-taken"),
    "withdrawal": (leaving.Withdrawal, "withdrawal"),
    "completion": (completing.Completion, IDENTITY),
    "complaints:answer": (complaints.ComplaintAnswer, "answer"),
}
"""Forms with one field that may hold words to be sealed; the command has its digest."""
