"""Where requests, visits without a case, and complaints come in."""

import msgspec
from litestar import Controller, Response, post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from application import requester
from application.recorded import CaseRecorded, ComplaintRecorded, VisitRecorded
from application.requester import IDENTITY, WORDS, Identity, Words
from domain import commands
from domain.values import Channel
from interfaces.http.bodies.intake import (
    CHANNELS,
    GuestBookEntry,
    NewCase,
    NewComplaint,
    Report,
)
from interfaces.http.call import Call


def _sealable(identity: Identity, words: Words) -> dict[str, bytes]:
    return {IDENTITY: requester.encode(identity), WORDS: requester.encode(words)}


class IntakeController(Controller):
    """Creations: each answers 201 with its Location."""

    path = "/v1"
    tags = ("intake",)

    @post("/cases", operation_id="Receive")
    async def receive(
        self, data: JSONBody[NewCase], call: NamedDependency[Call]
    ) -> Response[CaseRecorded]:
        """Take a request in (permohonan diterima); `channel` tells its form."""
        await call.must_be_sound(data, data.agency)
        counter = call.counter
        case, person = counter.new_id(), counter.new_id()
        words = data.words()
        said: tuple[str, ...] = data.items
        if isinstance(data, Report):
            said = data.said_to(call.sms_prefix(data.agency))
            words = msgspec.structs.replace(words, items=said)
        sealed = counter.people.seal_new(
            person, data.agency, case, _sealable(data.requester.sealed(), words)
        )
        digests = (person, sealed.digests[IDENTITY], sealed.digests[WORDS])
        command = (
            data.command(*digests, addressed_to_us=bool(said))
            if isinstance(data, Report)
            else data.command(*digests)
        )
        channel: Channel = CHANNELS[type(data)]
        return await call.opening(
            f"cases:{channel}",
            data.agency,
            data,
            command,
            subject=case,
            sealed=sealed,
            location="/v1/cases",
            channel=channel,
            tracking_id=data.lapor.tracking_id if isinstance(data, Report) else None,
        )

    @post("/visits", operation_id="NoteVisit")
    async def note_visit(
        self, data: JSONBody[GuestBookEntry], call: NamedDependency[Call]
    ) -> Response[VisitRecorded]:
        """Enter a visit without a case in the guest book (buku tamu)."""
        await call.must_be_sound(data, data.agency)
        counter = call.counter
        visit, person = counter.new_id(), counter.new_id()
        sealed = counter.people.seal_new(
            person, data.agency, visit, _sealable(data.identity(), data.words())
        )
        return await call.opening(
            "visits",
            data.agency,
            data,
            commands.NoteVisit(
                outcome=data.outcome, person=person, words=sealed.digests[WORDS]
            ),
            subject=visit,
            sealed=sealed,
            location="/v1/visits",
        )

    @post("/complaints", operation_id="Complain")
    async def complain(
        self, data: JSONBody[NewComplaint], call: NamedDependency[Call]
    ) -> Response[ComplaintRecorded]:
        """Take in a complaint about the service (pengaduan), with or without a case."""
        await call.must_be_sound(data, data.agency)
        counter = call.counter
        complaint, person = counter.new_id(), counter.new_id()
        official = None
        words = Words(text=data.text, subject=data.about)
        if data.about is not None:
            directory = await counter.principals.current()
            found = directory.officials.get((data.about, data.agency))
            official = None if found is None else found.id
        identity = Identity()
        if data.complainant is not None and not data.anonymous:
            identity = data.complainant.sealed()
        sealed = counter.people.seal_new(
            person, data.agency, complaint, _sealable(identity, words)
        )
        return await call.opening(
            "complaints",
            data.agency,
            data,
            commands.Complain(
                complaint=complaint,
                channel=data.channel,
                category=data.category,
                anonymous=data.anonymous,
                confidential=data.confidential,
                words=sealed.digests[WORDS],
                person=person,
                case=data.case,
                about=official,
            ),
            subject=complaint,
            sealed=sealed,
            location="/v1/complaints",
            case=data.case,
        )
