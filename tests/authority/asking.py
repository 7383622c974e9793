"""A valid request for every route, about one agency's matters.

A command about what stands bears a version that never was: who may do it is told 412,
who may not 403, and nothing changes either way.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Final, NamedTuple, TypeAlias

import httpx
from typing_extensions import override

from domain.values import ComplaintKind
from tests.authority.matters import SPAN, YEAR, Matters
from tests.authority.staffing import ANALYST, HEAD, PPID, spare
from tests.interfaces.http import forms, steps
from tests.interfaces.http.forms import Form
from tests.open_counter import Caller

STALE: Final = 9_999
NOBODYS: Final = "00000000-0000-4000-8000-000000000000"


class Asked(NamedTuple):
    """One request, ready to send."""

    variant: str
    """What of the matter the table asks besides: a channel, a kind, or nothing."""
    path: str
    method: str = "GET"
    body: Form | None = None
    content: bytes | None = None
    granted: frozenset[int] = frozenset({200})
    """What is answered to whoever may."""
    is_of_one_agency: bool = True
    """Whether another agency's official is refused; lists leave out instead."""
    refused: frozenset[int] = frozenset({403})
    """What is answered to another agency's official."""
    changes: bool = False

    def by(self, caller: Caller, body: Form | None = None) -> httpx.Response:
        """Send it as that official."""
        if self.content is not None:
            kind = {"content-type": "application/pdf"}
            return caller.send(self.method, self.path, self.content, kind)
        if self.method == "GET":
            return caller.send("GET", self.path)
        said = body or self.body
        return caller.post(self.path, said, STALE if 412 in self.granted else None)


Prepare: TypeAlias = Callable[[Matters], Iterator[Asked]]

COMMAND: Final = frozenset({412})
CREATION: Final = frozenset({201})


class _Named(steps.Known):
    """Whoever a body names serves both agencies."""

    @override
    def official(self, seat: str) -> str:
        return {"kepala": HEAD, "ppid": PPID}.get(seat, ANALYST)


_MORE: Final[Mapping[str, Form]] = {
    "conversion": {"reason": "perlu dijawab tertulis"},
    "lapor-status": {"status": "Proses", "at": "2026-02-10T09:00:00+08:00"},
}


def _in_case(word: str) -> Prepare:
    def prepare(of: Matters) -> Iterator[Asked]:
        for channel, case in of.cases.items():
            known = _Named(case, of.agency, channel.value, "received", 1)
            body = _MORE.get(word) or steps.Make[word](known)
            path = f"/v1/cases/{case}/{word}"
            yield Asked(channel.value, path, "POST", body, granted=COMMAND)

    return prepare


def _about_complaint(word: str, body: Form) -> Prepare:
    def prepare(of: Matters) -> Iterator[Asked]:
        for kind, complaint in of.complaints.items():
            path = f"/v1/complaints/{complaint}/{word}"
            yield Asked(kind.value, path, "POST", body, granted=COMMAND)

    return prepare


def _about(path: str, word: str, body: Form) -> Prepare:
    def prepare(of: Matters) -> Iterator[Asked]:
        said = f"{path.format(of=of)}/{word}"
        yield Asked("", said, "POST", body, granted=COMMAND)

    return prepare


_about_objection = partial(_about, "/v1/objections/{of.objection}")
_about_data = partial(_about, "/v1/data-requests/{of.data_request}")
_about_breach = partial(_about, "/v1/breaches/{of.breach}")


def _wished(of: Matters) -> Iterator[Asked]:
    path = f"/v1/persons/{of.person}/requests"
    body = {"kind": "access", "how": "surat"}
    yield Asked("", path, "POST", body, granted=CREATION, changes=True)


def _kept_on(of: Matters) -> Iterator[Asked]:
    body = {"decision": "keep", "reason": "sengketa", "until": "2031-12-31"}
    path = f"/v1/cases/{of.ordinary}/retention"
    yield Asked("", path, "POST", body, granted=COMMAND)


def _receipts(of: Matters) -> Iterator[Asked]:
    for make in (forms.visit, forms.letter, forms.report):
        body = of.told(make)
        channel = str(body["channel"])
        yield Asked(channel, "/v1/cases", "POST", body, granted=CREATION, changes=True)


def _created(path: str, make: Callable[[Matters], Form]) -> Prepare:
    def prepare(of: Matters) -> Iterator[Asked]:
        yield Asked("", path, "POST", make(of), granted=CREATION, changes=True)

    return prepare


def _filed(of: Matters) -> Iterator[Asked]:
    # An objection is open already: whoever may file is told so, or files another.
    body = of.filing(of.refused)
    granted = frozenset({201, 409})
    yield Asked("", "/v1/objections", "POST", body, granted=granted, changes=True)


def _brought(of: Matters) -> Iterator[Asked]:
    # Kept by every agency of the caller's: nothing in it is of one agency.
    yield Asked(
        "",
        "/v1/documents",
        "POST",
        content=b"surat",
        granted=CREATION,
        is_of_one_agency=False,
        changes=True,
    )


def _case(*ends: str) -> Prepare:
    def prepare(of: Matters) -> Iterator[Asked]:
        for case in (*of.cases.values(), of.secret, of.refused):
            for end in ends:
                yield Asked("", f"/v1/cases/{case}{end}")

    return prepare


def _complaint(end: str, *kinds: ComplaintKind) -> Prepare:
    def prepare(of: Matters) -> Iterator[Asked]:
        for kind in kinds:
            yield Asked(kind.value, f"/v1/complaints/{of.complaints[kind]}{end}")

    return prepare


def _one(path: str) -> Prepare:
    """A matter of the agency, named in the path by a field of `Matters`."""

    def prepare(of: Matters) -> Iterator[Asked]:
        yield Asked("", path.format(of=of))

    return prepare


def _document(of: Matters) -> Iterator[Asked]:
    # Another agency's document is none that anybody knows here.
    yield Asked("", f"/v1/documents/{of.document}", refused=frozenset({403, 404}))


def _proven(of: Matters) -> Iterator[Asked]:
    # Nothing is sealed while no sealer runs: whoever may is told so.
    path = f"/v1/log/inclusion/{of.ordinary}"
    yield Asked("", path, granted=frozenset({200, 404}))


def _everywhere(path: str, *granted: int) -> Prepare:
    """What is asked of all of the caller's agencies at once."""

    def prepare(_: Matters) -> Iterator[Asked]:
        may = frozenset(granted or {200})
        yield Asked("", path, granted=may, is_of_one_agency=False)

    return prepare


def _own(path: str, body: Form, *granted: int) -> Prepare:
    """What everybody may do about what is his own, of which he has nothing here."""

    def prepare(_: Matters) -> Iterator[Asked]:
        may = frozenset(granted)
        yield Asked("", path, "POST", body, granted=may, is_of_one_agency=False)

    return prepare


def _account(end: str) -> Prepare:
    """Of an official who calls nowhere else in this walk."""

    def prepare(of: Matters) -> Iterator[Asked]:
        yield Asked(
            "",
            f"/v1/accounts/{spare(of.agency)}/{end}",
            "POST",
            {},
            # A second time there is nobody left to take out of office.
            granted=frozenset({200, 404}),
            refused=frozenset({403, 404}),
        )

    return prepare


def _entered(of: Matters) -> Iterator[Asked]:
    body = {
        "official": "pejabat-baru",
        "agency": of.agency,
        "name": "Pejabat baru",
        "roles": ["handler"],
    }
    granted = frozenset({201, 409})
    yield Asked("", "/v1/accounts", "POST", body, granted=granted)


_TOLD = (ComplaintKind.ORDINARY, ComplaintKind.ABOUT_HEAD, ComplaintKind.SUPERVISORY)
_DECIDED: Final = {"decision": "grant", "reason": "telah diumumkan"}
_DISPUTED: Final = {"commission_number": "003/KI-NTT/2026", "status": "diregistrasi"}

PREPARED: Final[Mapping[str, Prepare]] = {
    "Receive": _receipts,
    "NoteVisit": _created("/v1/visits", lambda of: forms.guest(of.agency)),
    "KeepDocument": _brought,
    "RequestCompletion": _in_case("completion-request"),
    "ReceiveCompletion": _in_case("completion"),
    "Lapse": _in_case("lapse"),
    "GiveDirection": _in_case("direction"),
    "ReviewReport": _in_case("review"),
    "Dispose": _in_case("disposition"),
    "Extend": _in_case("extension"),
    "Pause": _in_case("pause"),
    "Resume": _in_case("resumption"),
    "Transfer": _in_case("transfer"),
    "Withdraw": _in_case("withdrawal"),
    "Convert": _in_case("conversion"),
    "CorrectFact": _in_case("fact-correction"),
    "ImportLaporStatus": _in_case("lapor-status"),
    "Draft": _in_case("draft"),
    "RecordConsequenceTest": _in_case("consequence-test"),
    "Approve": _in_case("approval"),
    "ReturnForCorrection": _in_case("correction"),
    "RefuseAtCounter": _in_case("refusal"),
    "NoteOverrun": _in_case("overrun"),
    "Deliver": _in_case("delivery"),
    "ArrangePickup": _in_case("pickup"),
    "RecordCollection": _in_case("collection"),
    "RecordMissedPickup": _in_case("pickup-missed"),
    "ReturnIdCard": _in_case("identity-return"),
    "Close": _in_case("closing"),
    "Reopen": _in_case("reopening"),
    "Complain": _created("/v1/complaints", Matters.complaining),
    "ClassifyComplaint": _about_complaint("classification", {"class": "supervisory"}),
    "FollowUpComplaint": _about_complaint("follow-up", {"action": "ditegur"}),
    "AnswerComplaint": _about_complaint("answer", {"text": "sudah ditegur"}),
    "CloseComplaint": _about_complaint("closing", {"reason": "selesai"}),
    "ReadComplaint": _complaint("", *_TOLD),
    "ReadComplaintHistory": _complaint("/history", *_TOLD),
    "ReadComplaintDeadlines": _complaint("/deadlines", *_TOLD),
    "ListComplaints": _everywhere("/v1/complaints"),
    "FileObjection": _filed,
    "DecideObjection": _about_objection("decision", _DECIDED),
    "NoteDispute": _about_objection("dispute", _DISPUTED),
    "ReadObjection": _one("/v1/objections/{of.objection}"),
    "ReadObjectionHistory": _one("/v1/objections/{of.objection}/history"),
    "ReadObjectionDeadlines": _one("/v1/objections/{of.objection}/deadlines"),
    "ListObjections": _everywhere("/v1/objections"),
    "ListAgencies": _everywhere("/v1/agencies"),
    "ReadStandard": _everywhere("/v1/agencies/bppd/standard"),
    "ListCases": _everywhere("/v1/cases"),
    "ReadCase": _case("", "?version=1"),
    "ReadHistory": _case("/history"),
    "ReadDeadlines": _case("/deadlines"),
    "ReadBundle": _case("/bundle"),
    "ReadDiff": _case("/diff?from=1&to=1"),
    "ReadHoldings": _case("/holdings"),
    "ReadDispositionSheet": _case("/disposition-sheet"),
    "ReadVisit": _one("/v1/visits/{of.visit}"),
    "FetchDocument": _document,
    "ReadWorklist": _everywhere("/v1/worklist"),
    "ReadSlaBoard": _one("/v1/sla?agency={of.agency}"),
    "ReadRequestRegister": _everywhere("/v1/registers/requests"),
    "ReadAgendaBook": _everywhere("/v1/registers/agenda"),
    "ReadGuestBook": _everywhere("/v1/registers/guests"),
    "ReadComplaintRegister": _everywhere("/v1/registers/complaints"),
    "ReadObjectionRegister": _everywhere("/v1/registers/objections"),
    "ReadTrail": _everywhere("/v1/audit"),
    "ReportCompliance": _one(f"/v1/reports/compliance?{SPAN}&agency={{of.agency}}"),
    "ReportAnnual": _one(f"/v1/reports/annual?year={YEAR}&agency={{of.agency}}"),
    "ChangePassword": _own(
        "/v1/password", {"current": "x", "new": "y"}, *range(200, 403), 409, 422
    ),
    "ListSessions": _everywhere("/v1/sessions"),
    "EndOneSession": _own(f"/v1/sessions/{NOBODYS}/ending", {}, 404),
    "ListAccounts": _everywhere("/v1/accounts"),
    "ListAccountEvents": _everywhere("/v1/accounts/events"),
    "EnterOfficial": _entered,
    "Invite": _account("invitation"),
    "DisableOfficial": _account("disabling"),
    "UnlockAccount": _account("unlocking"),
    "ReadReadings": _everywhere("/v1/readings"),
    "SearchPersons": _own("/v1/persons/search", {"phone": "081234509876"}, 200),
    "ExportPerson": _one("/v1/persons/{of.person}"),
    "ListRequestsOfPerson": _one("/v1/persons/{of.person}/requests"),
    "ReceiveDataRequest": _wished,
    "ListDataRequests": _everywhere("/v1/data-requests"),
    "ReadDataRequest": _one("/v1/data-requests/{of.data_request}"),
    "ReadDataRequestHistory": _one("/v1/data-requests/{of.data_request}/history"),
    "GrantDataRequest": _about_data("decision", {"reason": "benar"}),
    "DeferDataRequest": _about_data("deferral", {"reason": "masih berjalan"}),
    "RefuseDataRequest": _about_data(
        "refusal", {"legal_basis": "pdp15.c", "reason": "pengawasan"}
    ),
    "AnswerDataRequest": _about_data("execution", {"how": "surat"}),
    "CorrectPersonalData": _about_data(
        "correction", {"how": "surat", "requester": {"phone": "081111111111"}}
    ),
    "RestrictProcessing": _about_data("restriction", {"how": "surat"}),
    "LiftRestriction": _about_data("lifting", {"reason": "selesai"}),
    "RecordBreach": _created("/v1/breaches", Matters.breaching),
    "NotifyBreach": _about_breach(
        "notification", {"told": ["subjects"], "how": "surat", "handling": "dijaga"}
    ),
    "CloseBreach": _about_breach("closing", {"reason": "selesai"}),
    "ListBreaches": _everywhere("/v1/breaches"),
    "ReadBreach": _one("/v1/breaches/{of.breach}"),
    "ReadBreachHistory": _one("/v1/breaches/{of.breach}/history"),
    "ListRetention": _everywhere("/v1/retention"),
    "DecideRetention": _kept_on,
    "ReadCheckpoint": _everywhere("/v1/log/checkpoint", 200, 404),
    "ReadLogKeys": _everywhere("/v1/log/key", 200, 404),
    "ProveInclusion": _proven,
    "ProveConsistency": _everywhere("/v1/log/consistency?from=0&to=1", 200, 422),
    "ListCountedCases": _one(
        f"/v1/reports/compliance/cases?figure=received&{SPAN}&agency={{of.agency}}"
    ),
}
"""By the operation's name. A route without requests fails the walk."""
