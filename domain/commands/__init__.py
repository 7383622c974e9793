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
from domain.commands.breaches import CloseBreach, NotifyBreach, RecordBreach
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
from domain.commands.personal_data import (
    AnswerDataRequest,
    CorrectPersonalData,
    DecideRetention,
    DeferDataRequest,
    GrantDataRequest,
    LiftRestriction,
    ReceiveDataRequest,
    RefuseDataRequest,
    RestrictProcessing,
)
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

DataRequestCommand: TypeAlias = (
    ReceiveDataRequest
    | GrantDataRequest
    | DeferDataRequest
    | RefuseDataRequest
    | AnswerDataRequest
    | CorrectPersonalData
    | RestrictProcessing
    | LiftRestriction
)
"""About data subjects' requests (UU 27/2022)."""

BreachCommand: TypeAlias = RecordBreach | NotifyBreach | CloseBreach

AnyCommand: TypeAlias = (
    RequestCommand
    | ComplaintCommand
    | ObjectionCommand
    | DataRequestCommand
    | DecideRetention
    | BreachCommand
)

__all__ = [
    "AnswerComplaint",
    "AnswerDataRequest",
    "AnyCommand",
    "Approve",
    "ArrangePickup",
    "BreachCommand",
    "CaseCommand",
    "ClassifyComplaint",
    "Close",
    "CloseBreach",
    "CloseComplaint",
    "Command",
    "Complain",
    "ComplaintCommand",
    "Convert",
    "CorrectFact",
    "CorrectPersonalData",
    "DataRequestCommand",
    "DecideObjection",
    "DecideRetention",
    "DeferDataRequest",
    "Deliver",
    "Dispose",
    "Draft",
    "Extend",
    "FileObjection",
    "FollowUpComplaint",
    "GiveDirection",
    "GrantDataRequest",
    "ImportLaporStatus",
    "Lapse",
    "LiftRestriction",
    "NoteDispute",
    "NoteOverrun",
    "NoteVisit",
    "NotifyBreach",
    "ObjectionCommand",
    "Pause",
    "Receive",
    "ReceiveAtCounter",
    "ReceiveCompletion",
    "ReceiveDataRequest",
    "ReceiveLetter",
    "ReceiveReport",
    "RecordBreach",
    "RecordCollection",
    "RecordConsequenceTest",
    "RecordMissedPickup",
    "RefuseAtCounter",
    "RefuseDataRequest",
    "Reopen",
    "RequestCommand",
    "RequestCompletion",
    "RestrictProcessing",
    "Resume",
    "ReturnForCorrection",
    "ReturnIdCard",
    "ReviewReport",
    "Transfer",
    "Withdraw",
]
