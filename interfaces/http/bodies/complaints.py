"""Bodies by which complaints come in and are handled (pengaduan)."""

from typing import Final
from uuid import UUID

import msgspec
from typing_extensions import override

from application.requester import Identity, Words
from domain import commands
from domain.values import ComplaintChannel, ComplaintClass
from interfaces.http.bodies.fields import Body, Code, Name, Sha256, Text
from interfaces.http.bodies.requester import Requester

ANSWER: Final = "answer"
"""The field under which what the complainant was told is sealed."""


class NewComplaint(Body, frozen=True, kw_only=True):
    """A complaint about the service (pengaduan)."""

    agency: Code
    channel: ComplaintChannel
    case: UUID | None = None
    about: Name | None = None
    """An official's id, or words for whom or what it is about."""
    category: Name
    anonymous: bool
    confidential: bool
    complainant: Requester | None = None
    text: Text

    def identity(self) -> Identity | None:
        """Who complains; None where he stays unnamed, whatever was told of him."""
        if self.anonymous or self.complainant is None:
            return None
        return self.complainant.sealed()

    def words(self) -> Words:
        """What about, and whom or what it is about."""
        return Words(text=self.text, subject=self.about)


class Classification(Body, frozen=True, kw_only=True):
    """Whether a complaint is about misconduct (klasifikasi)."""

    class_: ComplaintClass = msgspec.field(name="class")

    def command(self) -> commands.ClassifyComplaint:
        return commands.ClassifyComplaint(classified=self.class_)


class FollowUp(Body, frozen=True, kw_only=True):
    """What was done about a complaint (tindak lanjut)."""

    action: Text

    def command(self) -> commands.FollowUpComplaint:
        return commands.FollowUpComplaint(action=self.action)


class ComplaintAnswer(Body, frozen=True, kw_only=True):
    """What the complainant is told."""

    text: Text
    document: Sha256 | None = None

    @override
    def documents(self) -> tuple[str, ...]:
        return () if self.document is None else (self.document,)

    @override
    def secrets(self) -> dict[str, bytes]:
        return {ANSWER: self.text.encode()}

    def command(self, text: str) -> commands.AnswerComplaint:
        return commands.AnswerComplaint(text=text, document=self.document)


class ComplaintClosing(Body, frozen=True, kw_only=True):
    """Why nothing more is done."""

    reason: Text

    def command(self) -> commands.CloseComplaint:
        return commands.CloseComplaint(reason=self.reason)
