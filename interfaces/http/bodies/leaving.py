"""Bodies by which a request goes another way than by an answer."""

from uuid import UUID

import msgspec
from typing_extensions import override

from domain import commands
from domain.values import Digest
from interfaces.http.bodies.fields import Body, Code, LooseText, Name, Text
from interfaces.http.problems import RequestFaultError


class GoneOnAs(msgspec.Struct, frozen=True):
    """The case as which a request goes on, with what was sealed for it."""

    case: UUID
    identity: Digest
    words: Digest


class Withdrawal(Body, frozen=True, kw_only=True):
    """The requester takes the request back (dicabut)."""

    how: Text
    reason: LooseText | None = None
    """In the requester's own words, which are sealed."""

    @override
    def secrets(self) -> dict[str, bytes]:
        said = (self.reason or "").strip()
        return {"withdrawal": said.encode()} if said else {}

    def command(self, told: str | None) -> commands.Withdraw:
        return commands.Withdraw(how=self.how, told=told)


class TransferNotice(Body, frozen=True, kw_only=True):
    """The request is passed on, and the requester told (pelimpahan)."""

    to_agency: Code | None = None
    """One of ours; else the `holder`."""
    holder: Name | None = None
    """Another public body, by its name."""
    notice: Text

    def must_name_one(self) -> None:
        """It goes to one body, which is one of ours or another."""
        if (self.to_agency is None) is (self.holder is None):
            raise RequestFaultError(
                "invalid-body",
                pointer="/to_agency",
                detail="say to_agency or holder, and not both",
            )

    def command(self, case: UUID, new: GoneOnAs | None) -> commands.Transfer:
        return commands.Transfer(
            notice=self.notice,
            case=case,
            to_agency=self.to_agency,
            holder=self.holder,
            new_case=None if new is None else new.case,
            identity="" if new is None else new.identity,
            words="" if new is None else new.words,
        )


class Conversion(Body, frozen=True, kw_only=True):
    """A visit goes on as a letter."""

    reason: Text

    def command(self, case: UUID, new: GoneOnAs) -> commands.Convert:
        return commands.Convert(
            reason=self.reason,
            new_case=new.case,
            case=case,
            identity=new.identity,
            words=new.words,
        )
