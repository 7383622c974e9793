"""What is asked about a case, a complaint or an objection that stands already."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from application import passing_on
from application.requester import IDENTITY, WORDS
from domain import commands, events
from domain.commands import AnyCommand
from domain.values import AgencyCode, LaporClass
from interfaces.demo.api import Answer
from interfaces.demo.bulk.forms import OPEN, SEALED
from interfaces.demo.bulk.ledger import Ledger
from interfaces.demo.bulk.wish import Wish, filled_in
from interfaces.http.bodies import handling, leaving, objections
from interfaces.http.bodies.correcting_facts import FactCorrection
from interfaces.http.bodies.fields import Body
from interfaces.http.bodies.leaving import GoneOnAs
from interfaces.http.report_complaints import kept_of


def about(
    ledger: Ledger,
    kind: str,
    subject: UUID,
    word: str,
    *,
    said: Answer,
    serves: Iterable[AgencyCode],
) -> Wish:
    """Fill in the form that the address names; `serves` are the caller's agencies."""
    action = word if kind == "cases" else f"{kind}:{word}"
    errand: dict[str, Any] = {"action": action, "subject": subject}
    if kind == "cases":
        errand["case"] = subject
    elif kind == "objections":
        errand["case"] = _case_of(ledger, subject)
    body, command = _command(ledger, action, subject, said)
    if isinstance(command, commands.Transfer) and command.to_agency is not None:
        errand["passed_to"] = command.to_agency
        errand["may_be_numbered_in"] = (command.to_agency,)
    if isinstance(command, commands.Convert):
        errand["may_be_numbered_in"] = tuple(serves)
    return Wish(body, {"command": command, **errand})


def _command(
    ledger: Ledger, action: str, subject: UUID, said: Answer
) -> tuple[Body, AnyCommand]:
    if form := OPEN.get(action):
        body = filled_in(said, form)
        plain: Callable[[], AnyCommand] = body.command  # type: ignore[attr-defined]  # every one of them has it
        return body, plain()
    if action in SEALED:
        form, field = SEALED[action]
        body = filled_in(said, form)
        digests = ledger.put_down(subject, body.secrets())
        sealed: Callable[[str | None], AnyCommand] = body.command  # type: ignore[attr-defined]  # as above
        return body, sealed(digests.get(field))
    match action:
        case "review":
            return _reviewed(ledger, subject, filled_in(said, handling.Review))
        case "transfer":
            transfer = filled_in(said, leaving.TransferNotice)
            passed_on = transfer.to_agency is not None
            new = _gone_on_as(ledger, subject) if passed_on else None
            return transfer, transfer.command(subject, new)
        case "conversion":
            conversion = filled_in(said, leaving.Conversion)
            return conversion, conversion.command(subject, _gone_on_as(ledger, subject))
        case "fact-correction":
            correction = filled_in(said, FactCorrection)
            return correction, correction.command(ledger.page.recorded_at)
        case "objections:decision":
            decision = filled_in(said, objections.Decision)
            return decision, decision.command(subject, _case_of(ledger, subject))
        case _:
            raise AssertionError(action)


def _reviewed(
    ledger: Ledger, case: UUID, body: handling.Review
) -> tuple[Body, AnyCommand]:
    complaint = ledger.new_id()
    kept: dict[str, str] = {}
    if body.class_ is LaporClass.COMPLAINT:
        fields = kept_of(ledger.told(case), ledger.history(case))
        kept = ledger.copy(case, complaint, fields)
    digests = ledger.put_down(case, body.secrets())
    return body, commands.ReviewReport(
        case=case,
        summary=digests["summary"],
        classified=body.class_,
        complaint=complaint,
        words=kept.get(WORDS, ""),
        identity=kept.get(IDENTITY),
    )


def _gone_on_as(ledger: Ledger, case: UUID) -> GoneOnAs:
    new_case = ledger.new_id()
    fields = passing_on.goes_along(ledger.told(case), ledger.history(case))
    digests = ledger.copy(case, new_case, fields)
    return GoneOnAs(new_case, digests.get(IDENTITY, ""), digests.get(WORDS, ""))


def _case_of(ledger: Ledger, objection: UUID) -> UUID:
    filed = ledger.history(objection)[0]
    assert isinstance(filed, events.ObjectionFiled)
    return filed.case
