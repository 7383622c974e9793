"""Where requests come in."""

import msgspec
from litestar import Controller, Response, post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from application.recorded import CaseRecorded
from application.requester import IDENTITY, WORDS
from domain.values import Channel
from interfaces.http import whoever_comes
from interfaces.http.bodies.intake import CHANNELS, NewCase, Report, Visit
from interfaces.http.call import Call


class IntakeController(Controller):
    """A creation: it answers 201 with its Location."""

    path = "/v1"
    tags = ("intake",)

    @post("/cases", operation_id="Receive")
    async def receive(
        self, data: JSONBody[NewCase], call: NamedDependency[Call]
    ) -> Response[CaseRecorded]:
        """Take a request in (permohonan diterima); `channel` tells its form."""
        await call.must_be_sound(data, data.agency)
        counter = call.counter
        case = counter.new_id()
        words = data.words()
        said: tuple[str, ...] = data.items
        if isinstance(data, Report):
            said = data.said_to(call.sms_prefix(data.agency))
            words = msgspec.structs.replace(words, items=said)
        identity = whoever_comes.looked_at(
            counter, data.agency, data.requester.sealed()
        )
        sealed = await whoever_comes.sealed(
            counter,
            data.agency,
            case,
            identity,
            words,
            stays_unknown=isinstance(data, Report) and data.stays_unknown,
            at_counter=isinstance(data, Visit),
        )
        digests = (sealed.person, sealed.digests[IDENTITY], sealed.digests[WORDS])
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
            warnings=whoever_comes.warnings(identity, "/requester"),
            who=identity,
            tracking_id=data.lapor.tracking_id if isinstance(data, Report) else None,
        )
