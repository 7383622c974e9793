"""Where something new comes in: a case, a visit, a complaint, an objection."""

from collections.abc import Callable
from typing import Any

import msgspec

from application.requester import IDENTITY, WORDS, encode, sealable
from domain import commands
from domain.office import Directory
from interfaces.demo.api import Answer
from interfaces.demo.bulk.ledger import Ledger
from interfaces.demo.bulk.numbers import FreshNumbers
from interfaces.demo.bulk.wish import Wish, filled_in
from interfaces.http.bodies.complaints import NewComplaint
from interfaces.http.bodies.intake import CHANNELS, NewCase, Report
from interfaces.http.bodies.objections import NewObjection
from interfaces.http.bodies.visits import GuestBookEntry
from interfaces.http.objections import FACTS


def case(
    ledger: Ledger,
    numbers: FreshNumbers,
    said: Answer,
    prefix: Callable[[str], str],
) -> Wish:
    """A request by visit, letter or report; `prefix` is the agency's for SMS."""
    body: NewCase = filled_in(numbers.on_arrival(said), NewCase)  # type: ignore[arg-type]  # a union
    subject, words = ledger.new_id(), body.words()
    asked: tuple[str, ...] = body.items
    if isinstance(body, Report):
        asked = body.said_to(prefix(body.agency))
        words = msgspec.structs.replace(words, items=asked)
    person, digests = ledger.meet(
        body.agency, subject, sealable(body.requester.sealed(), words)
    )
    told = (person, digests[IDENTITY], digests[WORDS])
    channel = CHANNELS[type(body)]
    errand: dict[str, Any] = {
        "action": f"cases:{channel}",
        "subject": subject,
        "agency": body.agency,
        "channel": channel,
    }
    if isinstance(body, Report):
        errand["command"] = body.command(*told, addressed_to_us=bool(asked))
        errand["tracking_id"] = body.lapor.tracking_id
    else:
        errand["command"] = body.command(*told)
    return Wish(body, errand)


def visit(ledger: Ledger, said: Answer) -> Wish:
    """A visit that makes no case."""
    body = filled_in(said, GuestBookEntry)
    subject = ledger.new_id()
    person, digests = ledger.meet(
        body.agency, subject, sealable(body.identity(), body.words())
    )
    command = commands.NoteVisit(
        outcome=body.outcome, person=person, words=digests[WORDS]
    )
    return Wish(
        body,
        {
            "command": command,
            "action": "visits",
            "subject": subject,
            "agency": body.agency,
        },
    )


def complaint(ledger: Ledger, directory: Directory, said: Answer) -> Wish:
    """A complaint, about a case or not."""
    body = filled_in(said, NewComplaint)
    subject = ledger.new_id()
    fields = {WORDS: encode(body.words())}
    if (who := body.identity()) is not None:
        fields[IDENTITY] = encode(who)
    person, digests = ledger.meet(body.agency, subject, fields)
    about = directory.known(body.about or "", body.agency)
    command = commands.Complain(
        complaint=subject,
        channel=body.channel,
        category=body.category,
        anonymous=body.anonymous,
        confidential=body.confidential,
        words=digests[WORDS],
        person=person,
        case=body.case,
        about=None if about is None else about.id,
        identity=digests.get(IDENTITY),
    )
    return Wish(
        body,
        {
            "command": command,
            "action": "complaints",
            "subject": subject,
            "agency": body.agency,
            "case": body.case,
        },
    )


def objection(ledger: Ledger, said: Answer) -> Wish:
    """An objection to the decision on a case."""
    body = filled_in(said, NewObjection)
    subject = ledger.new_id()
    fields = {FACTS: body.facts.encode()}
    digests = ledger.copy(body.case, subject, fields, comes_again=True)
    return Wish(
        body,
        {
            "command": body.command(subject, digests[FACTS]),
            "action": "objections",
            "subject": subject,
            "case": body.case,
        },
    )
