"""Wishes: what an official asks the register to record, named as imperatives.

A command holds what `decide` needs and nothing of a person: words and identities
were sealed beforehand, and ids were drawn beforehand.
"""

from typing import TypeAlias

from domain.commands.answering import (
    Approve,
    Dispose,
    Draft,
    GiveDirection,
    RecordConsequenceTest,
    RefuseAtCounter,
    ReturnForCorrection,
    ReviewReport,
)
from domain.commands.command import Command
from domain.commands.complaints import (
    AnswerComplaint,
    ClassifyComplaint,
    CloseComplaint,
    Complain,
    FollowUpComplaint,
)
from domain.commands.handing_over import (
    ArrangePickup,
    Close,
    Deliver,
    ImportLaporStatus,
    NoteOverrun,
    RecordCollection,
    RecordMissedPickup,
    Reopen,
    ReturnIdCard,
)
from domain.commands.leaving import Convert, Lapse, Transfer, Withdraw
from domain.commands.moving import CorrectFact, Extend, Pause, Resume
from domain.commands.objections import DecideObjection, FileObjection, NoteDispute
from domain.commands.receiving import (
    NoteVisit,
    Receive,
    ReceiveAtCounter,
    ReceiveCompletion,
    ReceiveLetter,
    ReceiveReport,
    RequestCompletion,
)

CaseCommand: TypeAlias = (
    ReceiveAtCounter
    | ReceiveLetter
    | ReceiveReport
    | GiveDirection
    | ReviewReport
    | Dispose
    | Draft
    | Approve
    | ReturnForCorrection
    | RefuseAtCounter
    | RecordConsequenceTest
    | Deliver
    | ArrangePickup
    | RecordCollection
    | RecordMissedPickup
    | ReturnIdCard
    | NoteOverrun
    | ImportLaporStatus
    | Close
    | Reopen
    | Complain
    | RequestCompletion
    | ReceiveCompletion
    | Lapse
    | Extend
    | Pause
    | Resume
    | Transfer
    | Withdraw
    | Convert
    | CorrectFact
)

ComplaintCommand: TypeAlias = (
    ClassifyComplaint | FollowUpComplaint | AnswerComplaint | CloseComplaint
)

ObjectionCommand: TypeAlias = FileObjection | DecideObjection | NoteDispute

RequestCommand: TypeAlias = CaseCommand | NoteVisit
"""About requests, and about visits that are none."""

AnyCommand: TypeAlias = RequestCommand | ComplaintCommand | ObjectionCommand

__all__ = [
    "AnswerComplaint",
    "AnyCommand",
    "Approve",
    "ArrangePickup",
    "CaseCommand",
    "ClassifyComplaint",
    "Close",
    "CloseComplaint",
    "Command",
    "Complain",
    "ComplaintCommand",
    "Convert",
    "CorrectFact",
    "DecideObjection",
    "Deliver",
    "Dispose",
    "Draft",
    "Extend",
    "FileObjection",
    "FollowUpComplaint",
    "GiveDirection",
    "ImportLaporStatus",
    "Lapse",
    "NoteDispute",
    "NoteOverrun",
    "NoteVisit",
    "ObjectionCommand",
    "Pause",
    "Receive",
    "ReceiveAtCounter",
    "ReceiveCompletion",
    "ReceiveLetter",
    "ReceiveReport",
    "RecordCollection",
    "RecordConsequenceTest",
    "RecordMissedPickup",
    "RefuseAtCounter",
    "Reopen",
    "RequestCommand",
    "RequestCompletion",
    "Resume",
    "ReturnForCorrection",
    "ReturnIdCard",
    "ReviewReport",
    "Transfer",
    "Withdraw",
]
