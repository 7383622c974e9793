"""Bodies by which an incomplete request is completed, or lapses (kelengkapan)."""

from datetime import date
from typing import Annotated, Final, Literal, TypeAlias

import msgspec
from typing_extensions import override

from application import requester
from application.requester import IDENTITY, Identity
from domain import commands
from domain.values import Requirement
from interfaces.http.bodies.fields import Body, Name, Text
from interfaces.http.bodies.requester import Requester
from interfaces.http.problems import RequestFaultError

Wanted: TypeAlias = Literal[
    "identity_copy", "institution_identity", "phone", "name", "address"
]
"""What a request may lack; who shows no card at the counter makes no request."""

KINDS: Final = 5


class CompletionRequest(Body, frozen=True, kw_only=True):
    """The requester is asked for what is missing."""

    missing: Annotated[tuple[Wanted, ...], msgspec.Meta(min_length=1, max_length=KINDS)]
    reply_by: date
    medium: Text

    def command(self) -> commands.RequestCompletion:
        return commands.RequestCompletion(
            missing=tuple(Requirement(each) for each in dict.fromkeys(self.missing)),
            reply_by=self.reply_by,
            medium=self.medium,
        )


class ToldLater(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the requester says of himself after the receipt."""

    name: Name | None = None
    address: Text | None = None
    phone: Name | None = None

    def requester(self) -> Requester:
        """The same, as a receipt would tell it."""
        return Requester(name=self.name, address=self.address, phone=self.phone)


class Completion(Body, frozen=True, kw_only=True):
    """Something of what was missing came."""

    received: Annotated[tuple[Wanted, ...], msgspec.Meta(max_length=KINDS)]
    requester: ToldLater | None = None

    @override
    def secrets(self) -> dict[str, bytes]:
        if not self._told():
            return {}
        return {IDENTITY: requester.encode(self._teller().sealed())}

    @override
    def tells_of(self) -> Identity | None:
        return self._teller().sealed()

    def command(self, identity: str | None) -> commands.ReceiveCompletion:
        received = {Requirement(each) for each in self.received} | self._told()
        if not received:
            raise RequestFaultError(
                "invalid-body", pointer="/received", detail="nothing came"
            )
        return commands.ReceiveCompletion(
            received=frozenset(received), identity=identity
        )

    def _teller(self) -> Requester:
        return Requester() if self.requester is None else self.requester.requester()

    def _told(self) -> set[Requirement]:
        return self._teller().brings()


class LapseNotice(Body, frozen=True, kw_only=True):
    """The requester is told that the request has lapsed."""

    notice: Text

    def command(self) -> commands.Lapse:
        return commands.Lapse(notice=self.notice)
