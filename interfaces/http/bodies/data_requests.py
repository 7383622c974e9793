"""Bodies of what people wish of their own data, and of what becomes of it."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

import msgspec
from typing_extensions import override

from application.requester import Identity
from domain import commands
from domain.values import (
    DataRequestKind,
    Digest,
    Filer,
    HoldGround,
    PersonId,
    RetentionChoice,
)
from interfaces.http.bodies.fields import Body, Code, Name, Sha256, Text
from interfaces.http.problems import RequestFaultError


class NewDataRequest(Body, frozen=True, kw_only=True):
    """A person asks for his own data (permohonan subjek data)."""

    kind: DataRequestKind
    by: Filer = Filer.REQUESTER
    how: Name
    """By which way it came, such as a letter or the counter."""
    words: Text | None = None
    """The wish in his own words; they are sealed under his key."""
    power_of_attorney: Sha256 | None = None

    @override
    def documents(self) -> tuple[str, ...]:
        return () if self.power_of_attorney is None else (self.power_of_attorney,)

    def command(
        self, person: PersonId, words: str | None
    ) -> commands.ReceiveDataRequest:
        return commands.ReceiveDataRequest(
            person=person,
            kind=self.kind,
            asked_by=self.by,
            how=self.how,
            words=words,
            power_of_attorney=self.power_of_attorney,
        )


class DataDecision(Body, frozen=True, kw_only=True):
    """It is given way to."""

    reason: Text | None = None

    def command(self) -> commands.GrantDataRequest:
        return commands.GrantDataRequest(reason=self.reason)


class DataDeferral(Body, frozen=True, kw_only=True):
    """An erasure waits; what runs in the person's matters need not be named."""

    reason: Text
    ground: HoldGround | None = None
    """`annual_report` or `archive_duty`, with its last day."""
    until: date | None = None

    def command(self) -> commands.DeferDataRequest:
        return commands.DeferDataRequest(
            reason=self.reason, ground=self.ground, until=self.until
        )


class DataRefusal(Body, frozen=True, kw_only=True):
    """The Act lets the office refuse."""

    legal_basis: Code
    """For example `pdp15.c`."""
    reason: Text

    def command(self) -> commands.RefuseDataRequest:
        return commands.RefuseDataRequest(
            legal_basis=self.legal_basis, reason=self.reason
        )


class DataExecution(Body, frozen=True, kw_only=True):
    """It is carried out: data handed over, their key destroyed, or their use ended."""

    how: Name
    """How the person is told of it."""


class PutRight(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who the person is; what is left out stays as it was told last."""

    name: Name | None = None
    phone: Name | None = None
    email: Name | None = None
    address: Text | None = None
    institution: Name | None = None
    nik: Name | None = None


class DataCorrection(Body, frozen=True, kw_only=True):
    """What the person says of himself from now on."""

    how: Name
    requester: PutRight

    @override
    def tells_of(self) -> Identity | None:
        return msgspec.structs.replace(Identity(), **self.said())

    def said(self) -> dict[str, str]:
        """The fields that are put right; 422 where none is."""
        told = msgspec.structs.asdict(self.requester)
        said = {name: str(value) for name, value in told.items() if value is not None}
        if not said:
            raise RequestFaultError(
                "invalid-body", pointer="/requester", detail="says nothing new"
            )
        return said


class DataLifting(Body, frozen=True, kw_only=True):
    """Why the data may be used again."""

    reason: Text


class RetentionDecision(Body, frozen=True, kw_only=True):
    """What becomes of a file whose time is over."""

    decision: RetentionChoice
    reason: Text
    until: date | None = None
    """The last day of keeping it on."""

    def command(
        self, documents: Mapping[UUID, tuple[Digest, ...]]
    ) -> commands.DecideRetention:
        return commands.DecideRetention(
            decision=self.decision,
            reason=self.reason,
            until=self.until,
            documents=documents,
        )

    def must_agree(self) -> None:
        """What is to be kept until a day is not to be destroyed; 422."""
        if self.decision is RetentionChoice.DESTROY and self.until is not None:
            raise RequestFaultError(
                "invalid-body", pointer="/until", detail="only of what is kept"
            )
