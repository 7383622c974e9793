"""Which actions of the authority table each route may ask for; a route without is none.

Nothing is refused from here by role: the contract has a request looked at first, then
the stored reply, and the table last. This says what a route *may* ask, so that the
program does not start with a route that nobody thought of, and so that narrowed tokens,
step-up and tests know what a route is for.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Final, TypeAlias, get_args

from litestar import Litestar
from litestar.routes import HTTPRoute

from application.office.actions import Action, Command, Query, Upkeep
from interfaces.http import identity

Actions: TypeAlias = tuple[Action, ...]

OPEN: Final[Actions] = ()
"""A route that needs no token, and so asks nothing of the table."""

_CASE: Final[Actions] = ("read-case",)
_FILE: Final[Actions] = ("read-case", "read-words", "read-requester", "read-nik")
_LIST: Final[Actions] = ("read-list",)
_BOOK: Final[Actions] = ("read-list", "read-words", "read-requester", "read-nik")
_COMPLAINT: Final[Actions] = ("read-complaint-history",)
_COMPLAINTS_BOOK: Final[Actions] = ("read-complaint-history", "read-complaint-words")

ROUTES: Final[Mapping[str, Actions]] = {
    # Without a token.
    "Live": OPEN,
    "Ready": OPEN,
    "ReadSchemaPage": OPEN,
    "ReadSchemaDocument": OPEN,
    "ReadSchemaPart": OPEN,
    "ReadStatus": OPEN,
    "SignIn": OPEN,
    "RedeemLink": OPEN,
    # Where a provider is set, at which people sign in.
    "LeaveForProvider": OPEN,
    "ComeBackFromProvider": OPEN,
    # By the pages' cookie, which is no token.
    "BeginSession": OPEN,
    "ReadSession": OPEN,
    "TakeToken": OPEN,
    "StepUp": OPEN,
    "EndSession": OPEN,
    # Accounts.
    "ChangePassword": ("own-account",),
    "ListSessions": ("own-account",),
    "EndOneSession": ("own-account",),
    "ListAccounts": ("read-accounts",),
    "EnterOfficial": ("accounts",),
    "Invite": ("accounts",),
    "DisableOfficial": ("accounts",),
    "UnlockAccount": ("accounts",),
    "ListAccountEvents": ("read-account-events",),
    "ReadIssuerKeys": OPEN,
    "ReadIssuer": OPEN,
    # What comes in.
    "Receive": ("cases:face_to_face", "cases:letter", "cases:sp4n_lapor"),
    "NoteVisit": ("visits",),
    "KeepDocument": ("documents",),
    "RequestCompletion": ("completion-request",),
    "ReceiveCompletion": ("completion",),
    "Lapse": ("lapse",),
    # Who handles it.
    "GiveDirection": ("direction",),
    "ReviewReport": ("review",),
    "Dispose": ("disposition",),
    "Extend": ("extension",),
    "Pause": ("pause",),
    "Resume": ("resumption",),
    "Transfer": ("transfer",),
    "Withdraw": ("withdrawal",),
    "Convert": ("conversion",),
    "CorrectFact": ("fact-correction",),
    "ImportLaporStatus": ("lapor-status",),
    # What is answered.
    "Draft": ("draft",),
    "RecordConsequenceTest": ("consequence-test",),
    "Approve": ("approval",),
    "ReturnForCorrection": ("correction",),
    "RefuseAtCounter": ("refusal",),
    "NoteOverrun": ("overrun",),
    # What goes out.
    "Deliver": ("delivery",),
    "ArrangePickup": ("pickup",),
    "RecordCollection": ("collection",),
    "RecordMissedPickup": ("pickup-missed",),
    "ReturnIdCard": ("identity-return",),
    "Close": ("closing",),
    "Reopen": ("reopening",),
    # Complaints and objections.
    "Complain": ("complaints",),
    "ClassifyComplaint": ("complaints:classification",),
    "FollowUpComplaint": ("complaints:follow-up",),
    "AnswerComplaint": ("complaints:answer",),
    "CloseComplaint": ("complaints:closing",),
    "ReadComplaint": ("read-case", "read-complaint-words"),
    "ReadComplaintHistory": _COMPLAINT,
    "ReadComplaintDeadlines": _CASE,
    "ListComplaints": _COMPLAINT,
    "FileObjection": ("objections",),
    "DecideObjection": ("objections:decision",),
    "NoteDispute": ("objections:dispute",),
    "ReadObjection": ("read-case", "read-objection-words"),
    "ReadObjectionHistory": _CASE,
    "ReadObjectionDeadlines": _CASE,
    "ListObjections": _LIST,
    # The rights of the persons themselves, breaches, and the end of files.
    "ExportPerson": ("read-person",),
    "ListRequestsOfPerson": ("read-data-requests",),
    "ReceiveDataRequest": ("data-requests",),
    "ListDataRequests": ("read-data-requests",),
    "ReadDataRequest": ("read-data-requests", "read-person"),
    "ReadDataRequestHistory": ("read-data-requests",),
    "GrantDataRequest": ("data-requests:decision",),
    "DeferDataRequest": ("data-requests:deferral",),
    "RefuseDataRequest": ("data-requests:refusal",),
    "AnswerDataRequest": ("data-requests:execution",),
    "CorrectPersonalData": ("data-requests:correction",),
    "RestrictProcessing": ("data-requests:restriction",),
    "LiftRestriction": ("data-requests:lifting",),
    "RecordBreach": ("breaches",),
    "NotifyBreach": ("breaches:notification",),
    "CloseBreach": ("breaches:closing",),
    "ListBreaches": ("read-breaches",),
    "ReadBreach": ("read-breaches",),
    "ReadBreachHistory": ("read-breaches",),
    "ListRetention": ("read-retention",),
    "DecideRetention": ("retention",),
    # Looking.
    "ListAgencies": ("read-standard",),
    "ReadStandard": ("read-standard",),
    "ListCases": _LIST,
    "ReadCase": _FILE,
    "ReadHistory": _CASE,
    "ReadDeadlines": _CASE,
    "ReadBundle": ("read-case", "read-bundle"),
    "ReadDiff": _CASE,
    "ReadHoldings": _CASE,
    "ReadDispositionSheet": _FILE,
    "ReadVisit": _CASE,
    "FetchDocument": ("read-document",),
    "ReadWorklist": _LIST,
    "ReadSlaBoard": _LIST,
    "ReadRequestRegister": _BOOK,
    "ReadAgendaBook": _BOOK,
    "ReadGuestBook": _BOOK,
    "ReadComplaintRegister": _COMPLAINTS_BOOK,
    "ReadObjectionRegister": _LIST,
    "ReadReadings": ("read-readings",),
    "SearchPersons": ("search-persons",),
    "ReadCheckpoint": ("read-log",),
    "ReadLogKeys": ("read-log",),
    "ProveInclusion": _CASE,
    "ProveConsistency": ("read-log",),
    "ReadTrail": ("read-trail", "read-complaint-history"),
    "ReportCompliance": ("read-figures",),
    "ReportAnnual": ("read-figures",),
    "ListCountedCases": ("read-figures", "read-complaint-history"),
}
"""By the operation's name; all that it may ask, whatever is asked of it."""

STEP_UP: Final[frozenset[Action]] = frozenset(
    {
        "approval",
        "refusal",
        "objections:decision",
        "data-requests:execution",
        "retention",
        "accounts",
    }
)
"""Actions that bind the agency, cannot be taken back or say who may act (ASVS 7.5.1 and
7.5.3); who asks for one has proved himself just now."""

OF_PROVIDER: Final = frozenset({"LeaveForProvider", "ComeBackFromProvider"})
"""Not served where nobody can sign in at a provider."""

WORDS: Final = frozenset((*get_args(Command), *get_args(Query), *get_args(Upkeep)))


class UnlistedRouteError(Exception):
    """The routes and this list do not fit: a fault of the program, told at start."""


def asked_by(operation: str) -> Actions:
    """What a route may ask of the table; raises `UnlistedRouteError` for a stranger."""
    if operation not in ROUTES:
        raise UnlistedRouteError(operation)
    return ROUTES[operation]


def served(*, with_provider: bool) -> Mapping[str, Actions]:
    """The lines of those routes that are served."""
    left_out = frozenset() if with_provider else OF_PROVIDER
    return {name: each for name, each in ROUTES.items() if name not in left_out}


def must_cover(
    app: Litestar,
    routes: Mapping[str, Actions] = ROUTES,
    step_up: Collection[str] = STEP_UP,
) -> None:
    """Refuse to start unless every route has a line, and every line a route and words.

    An action that wants a fresh proof is a word too: a misspelt one would want none.
    Raises `UnlistedRouteError`. To be asked before the addresses are completed with
    what they say to methods that they do not know.
    """
    faults = [*_faults(app, routes), *_unknown(step_up)]
    if faults:
        raise UnlistedRouteError("; ".join(faults))


def _faults(app: Litestar, routes: Mapping[str, Actions]) -> Iterator[str]:
    served: set[str] = set()
    for route in app.routes:
        if not isinstance(route, HTTPRoute):
            yield f"{route.path} reads no token"
            continue
        for handler in route.route_handlers:
            if handler.http_methods == {"OPTIONS"}:
                continue  # The framework's own, which no request ever reaches.
            name = str(handler.operation_id)
            served.add(name)
            if name not in routes:
                yield f"{route.path} has no line for {name}"
            elif (routes[name] == OPEN) != bool(handler.opt.get(identity.OPEN)):
                yield f"{name} is open by its line or its route, and not by both"
    for name, actions in routes.items():
        if name not in served:
            yield f"no route is called {name}"
        for word in set(actions) - WORDS:
            yield f"{name} asks for {word}, which is no action"


def _unknown(step_up: Collection[str]) -> Iterator[str]:
    for word in sorted(set(step_up) - WORDS):
        yield f"{word} wants a fresh proof, and is no action"
