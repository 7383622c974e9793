"""Complaints about the service, from the door to the end (pengaduan)."""

from typing import Annotated

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from application.desk_errors import ForbiddenError
from application.entries import Entry
from application.readings import Ground, Kind
from application.recorded import ComplaintRecorded
from application.requester import IDENTITY, WORDS
from application.sight import Leave, Sight
from domain import commands
from domain.complaint import Complaint
from domain.office import Official
from interfaces.http import asking, history_csv, posts, whoever_comes
from interfaces.http.asking import USUAL, Behind, Limit
from interfaces.http.bodies import complaints
from interfaces.http.bodies.complaints import ANSWER
from interfaces.http.call import Call
from interfaces.http.csv_answer import Format
from interfaces.http.headers import path_id
from interfaces.http.problems import RequestFaultError
from projections.complaint_file import ComplaintFile, complaint_file, folded
from projections.history import HistoryPage


class ComplaintController(Controller):
    """A creation, and commands that need the complaint's version in If-Match."""

    path = "/v1/complaints"
    tags = ("complaints",)

    @post("/", operation_id="Complain")
    async def complain(
        self, data: JSONBody[complaints.NewComplaint], call: NamedDependency[Call]
    ) -> Response[ComplaintRecorded]:
        """Take in a complaint about the service (pengaduan), with or without a case."""
        await call.must_be_sound(data, data.agency)
        counter = call.counter
        complaint = counter.new_id()
        if (who := data.identity()) is not None:
            who = whoever_comes.looked_at(counter, data.agency, who)
        sealed = await whoever_comes.sealed(
            counter,
            data.agency,
            complaint,
            who,
            data.words(),
            stays_unknown=data.confidential,
        )
        directory = await counter.principals.current()
        about = directory.known(data.about or "", data.agency)
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
                person=sealed.person,
                case=data.case,
                about=None if about is None else about.id,
                identity=sealed.digests.get(IDENTITY),
            ),
            subject=complaint,
            sealed=sealed,
            location="/v1/complaints",
            case=data.case,
            warnings=whoever_comes.warnings(who, "/complainant"),
            who=None if data.complainant is None else data.complainant.sealed(),
        )

    @post(
        "/{complaint:str}/classification",
        operation_id="ClassifyComplaint",
        status_code=200,
    )
    async def classify(
        self,
        complaint: FromPath[str],
        data: JSONBody[complaints.Classification],
        call: NamedDependency[Call],
    ) -> Response[ComplaintRecorded]:
        """Say whether it is about misconduct; its term follows (klasifikasi)."""
        return await call.about(
            path_id(complaint),
            "complaints:classification",
            data,
            lambda _: data.command(),
        )

    @post(
        "/{complaint:str}/follow-up", operation_id="FollowUpComplaint", status_code=200
    )
    async def follow_up(
        self,
        complaint: FromPath[str],
        data: JSONBody[complaints.FollowUp],
        call: NamedDependency[Call],
    ) -> Response[ComplaintRecorded]:
        """Say what was done about it (tindak lanjut)."""
        return await call.about(
            path_id(complaint), "complaints:follow-up", data, lambda _: data.command()
        )

    @post("/{complaint:str}/answer", operation_id="AnswerComplaint", status_code=200)
    async def answer(
        self,
        complaint: FromPath[str],
        data: JSONBody[complaints.ComplaintAnswer],
        call: NamedDependency[Call],
    ) -> Response[ComplaintRecorded]:
        """Tell the complainant what came of it (jawaban pengaduan)."""
        return await call.about(
            path_id(complaint),
            "complaints:answer",
            data,
            lambda sealed: data.command(sealed.get("answer", "")),
        )

    @post("/{complaint:str}/closing", operation_id="CloseComplaint", status_code=200)
    async def close(
        self,
        complaint: FromPath[str],
        data: JSONBody[complaints.ComplaintClosing],
        call: NamedDependency[Call],
    ) -> Response[ComplaintRecorded]:
        """Close it after its answer (selesai)."""
        return await call.about(
            path_id(complaint), "complaints:closing", data, lambda _: data.command()
        )

    @get("/{complaint:str}", operation_id="ReadComplaint")
    async def read(
        self, complaint: FromPath[str], call: NamedDependency[Call]
    ) -> Response[ComplaintFile]:
        """A complaint as it stands; its words are for whoever handles it."""
        entries, found = await _entered(call, complaint)
        counter = call.counter
        official = asking.member(call, found.agency)
        posts.must_be_open_to(counter, official, found, entries[0].by().official)
        told = None
        office = counter.offices.of(found, found.agency, counter.now())
        leave = _leave(call, found, official, "read-complaint-words")
        if leave is not None:
            unnamed = found.opened.anonymous
            sight = Sight(words=leave, requester=None if unnamed else leave)
            said = (IDENTITY, WORDS, ANSWER)
            told = await call.opened(Kind.COMPLAINT, entries[0].stream, sight, *said)
        shown = complaint_file(found, entries, told, office, counter.now())
        return asking.tagged(shown, shown.version)

    @get("/{complaint:str}/history", operation_id="ReadComplaintHistory")
    async def history(
        self,
        complaint: FromPath[str],
        call: NamedDependency[Call],
        after: Behind = 0,
        limit: Limit = USUAL,
        format_: Annotated[Format | None, QueryParameter(name="format")] = None,
    ) -> Response[HistoryPage]:
        """Who did what about it and when, for who handles it and for inspectors."""
        entries, found = await _entered(call, complaint)
        official = asking.member(call, found.agency)
        if _leave(call, found, official, "read-complaint-history") is None:
            raise ForbiddenError
        office = call.counter.offices.of(found, found.agency, call.counter.now())
        return history_csv.asked_for(
            call, format_, entries, office, after=after, limit=limit
        )


async def _entered(call: Call, said: str) -> tuple[list[Entry], Complaint]:
    """A complaint's entries, and what they fold to; 404 where it is none."""
    entries = await asking.history_of(call, path_id(said))
    found = folded(entries)
    if found is None:
        raise RequestFaultError("not-found")
    return entries, found


def _leave(
    call: Call, found: Complaint, official: Official, action: str
) -> Leave | None:
    """What lets him read it, by its kind; nothing, where it is about himself.

    Who handles it in an absent official's stead reads what that one would.
    """
    about = found.opened.about
    if official.id == about:
        return None
    return posts.leave(
        call.counter, official, action, Ground.COMPLAINT, found.kind, about=about
    )
