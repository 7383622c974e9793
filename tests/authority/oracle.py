"""Contract 7.1 as a plain table: who may ask for which route; said a second time.

By operation, and for commands about cases and complaints by channel or kind. What is
not here is for nobody.
"""

from collections.abc import Mapping
from typing import Final, TypeAlias

from domain.values import Channel, ComplaintKind, Role

Roles: TypeAlias = frozenset[Role]
Line: TypeAlias = Roles | Mapping[str, Roles]

_R = Role


def _of(*roles: Role) -> Roles:
    return frozenset(roles)


NOBODY: Final = _of()
EVERYBODY: Final = _of(*Role)
# "receptionist: visits, direction, identity-return; letter_clerk: letters in and out,
# pickups, completion, lapse, withdrawal; lapor_liaison: reports, review, LAPOR posting,
# lapor-status"
RECEPTION, CLERK, LIAISON = (
    _of(_R.RECEPTIONIST),
    _of(_R.LETTER_CLERK),
    _of(_R.LAPOR_LIAISON),
)
RECEIVING: Final = RECEPTION | CLERK | LIAISON
# The head; the Regional Secretary besides "for letters addressed to him".
HEAD: Final = _of(_R.AGENCY_HEAD)
HEADS: Final = HEAD | _of(_R.REGIONAL_SECRETARY)
# "agency_secretary, division_head and subdivision_head may dispose ... downward"
BELOW: Final = _of(_R.AGENCY_SECRETARY, _R.DIVISION_HEAD, _R.SUBDIVISION_HEAD)
TIERS: Final = HEAD | BELOW
# "the assignee": whoever a matter can be disposed to
ASSIGNEES: Final = TIERS | _of(_R.HANDLER)
PPID, SUPERIOR = _of(_R.PPID), _of(_R.PPID_SUPERIOR)
COMPLAINTS: Final = _of(_R.COMPLAINT_OFFICER)
INSPECTORATE, INSPECTOR = _of(_R.INSPECTORATE), _of(_R.INSPECTOR)
REPORTER, DPO, ADMINISTRATOR = _of(_R.REPORTER), _of(_R.DPO), _of(_R.ADMINISTRATOR)
SECRETARY: Final = _of(_R.REGIONAL_SECRETARY)

# "Inspectors read everything of their mandate and write nothing; a reporter sees
# figures and no persons; the administrator manages accounts and sees no case."
WRITERS: Final = EVERYBODY - INSPECTOR - REPORTER - DPO - ADMINISTRATOR
READERS: Final = EVERYBODY - ADMINISTRATOR
FIGURES: Final = HEADS | BELOW | PPID | SUPERIOR | INSPECTOR | REPORTER
WATCHERS: Final = HEADS | INSPECTOR | DPO


def _by_channel(visit: Roles, letter: Roles, report: Roles) -> Mapping[str, Roles]:
    return dict(
        zip((one.value for one in Channel), (visit, letter, report), strict=True)
    )


def _everywhere(roles: Roles) -> Mapping[str, Roles]:
    return _by_channel(roles, roles, roles)


def _by_kind(also: Roles = NOBODY) -> Mapping[str, Roles]:
    return {
        ComplaintKind.ORDINARY.value: COMPLAINTS | also,
        ComplaintKind.ABOUT_HEAD.value: SECRETARY | also,
        ComplaintKind.ABOUT_ONLY_OFFICER.value: SECRETARY | also,
        ComplaintKind.SUPERVISORY.value: INSPECTORATE | also,
    }


_LEADING: Final = _by_channel(HEAD, HEADS, HEAD)
_PAPERS: Final = _by_channel(CLERK, CLERK, CLERK | LIAISON)

MAY: Final[Mapping[str, Line]] = {
    "Receive": _by_channel(RECEPTION, CLERK, LIAISON),
    "NoteVisit": RECEPTION,
    "KeepDocument": WRITERS,
    "RequestCompletion": _PAPERS,
    "ReceiveCompletion": _PAPERS,
    "Lapse": _PAPERS,
    "GiveDirection": _everywhere(RECEPTION),
    "ReviewReport": _by_channel(NOBODY, NOBODY, LIAISON),
    "Dispose": _by_channel(HEAD | BELOW, HEADS | BELOW, HEAD | BELOW),
    "Extend": _LEADING,
    "Pause": _LEADING,
    "Resume": _LEADING,
    "Transfer": _LEADING,
    "Reopen": _LEADING,
    "CorrectFact": _LEADING,
    "Withdraw": _by_channel(CLERK | RECEPTION, CLERK, CLERK | LIAISON),
    "Convert": _everywhere(ASSIGNEES),
    "ImportLaporStatus": _by_channel(NOBODY, NOBODY, LIAISON),
    "Draft": _everywhere(ASSIGNEES),
    "RefuseAtCounter": _everywhere(ASSIGNEES),
    "NoteOverrun": _everywhere(ASSIGNEES),
    "RecordConsequenceTest": _everywhere(PPID),
    "Approve": _everywhere(TIERS),
    "ReturnForCorrection": _everywhere(TIERS),
    "Deliver": _by_channel(ASSIGNEES, CLERK, LIAISON),
    "ArrangePickup": _by_channel(NOBODY, CLERK, NOBODY),
    "RecordCollection": _by_channel(NOBODY, CLERK, NOBODY),
    "RecordMissedPickup": _by_channel(NOBODY, CLERK, NOBODY),
    "ReturnIdCard": _everywhere(RECEPTION),
    "Close": _by_channel(RECEPTION, CLERK, LIAISON),
    # "complaint_officer and the receiving roles: complaints; inspectorate:
    # supervisory complaints"
    "Complain": COMPLAINTS | RECEIVING,
    "ClassifyComplaint": _by_kind(),
    "FollowUpComplaint": _by_kind(),
    "AnswerComplaint": _by_kind(),
    "CloseComplaint": _by_kind(),
    "ReadComplaint": READERS,
    "ReadComplaintHistory": _by_kind(INSPECTOR),
    "ReadComplaintDeadlines": READERS,
    "ListComplaints": COMPLAINTS | SECRETARY | INSPECTORATE | INSPECTOR,
    "ReadComplaintRegister": COMPLAINTS | SECRETARY | INSPECTORATE | INSPECTOR,
    "FileObjection": PPID,
    "NoteDispute": PPID,
    "DecideObjection": SUPERIOR,
    # "Each reads its agency's cases"
    "ReadObjection": READERS,
    "ReadObjectionHistory": READERS,
    "ReadObjectionDeadlines": READERS,
    "ListObjections": READERS,
    "ReadObjectionRegister": READERS,
    "ListAgencies": EVERYBODY,
    "ReadStandard": EVERYBODY,
    "ListCases": READERS,
    "ReadCase": READERS,
    "ReadHistory": READERS,
    "ReadDeadlines": READERS,
    "ReadBundle": INSPECTOR | SECRETARY | HEAD | PPID | SUPERIOR | DPO,
    "ReadDiff": READERS,
    "ReadHoldings": READERS,
    "ReadDispositionSheet": READERS,
    "ReadVisit": READERS,
    "FetchDocument": WRITERS | INSPECTOR,
    "ReadWorklist": READERS,
    "ReadSlaBoard": READERS,
    "ReadRequestRegister": READERS,
    "ReadAgendaBook": READERS,
    "ReadGuestBook": READERS,
    "ReadTrail": WATCHERS,
    "ReportCompliance": FIGURES,
    "ReportAnnual": FIGURES,
    "ListCountedCases": FIGURES,
    "ChangePassword": EVERYBODY,
    "ListSessions": EVERYBODY,
    "EndOneSession": EVERYBODY,
    "ReadReadings": HEAD | INSPECTOR | DPO,
    "SearchPersons": RECEIVING | PPID | DPO,
    # The rights of persons over their data: whoever receives takes the wish in, the
    # data protection officer answers for it.
    "ExportPerson": DPO,
    "ListRequestsOfPerson": RECEIVING | HEAD | PPID | INSPECTOR | DPO,
    "ReceiveDataRequest": RECEIVING | PPID | DPO,
    "ListDataRequests": RECEIVING | HEAD | PPID | INSPECTOR | DPO,
    "ReadDataRequest": RECEIVING | HEAD | PPID | INSPECTOR | DPO,
    "ReadDataRequestHistory": RECEIVING | HEAD | PPID | INSPECTOR | DPO,
    "GrantDataRequest": DPO,
    "DeferDataRequest": DPO,
    "RefuseDataRequest": DPO,
    "AnswerDataRequest": DPO,
    "CorrectPersonalData": DPO,
    "RestrictProcessing": DPO,
    "LiftRestriction": DPO,
    "RecordBreach": DPO,
    "NotifyBreach": DPO,
    "CloseBreach": DPO,
    "ListBreaches": HEAD | INSPECTOR | DPO,
    "ReadBreach": HEAD | INSPECTOR | DPO,
    "ReadBreachHistory": HEAD | INSPECTOR | DPO,
    "ListRetention": HEAD | DPO,
    "DecideRetention": HEAD | DPO,
    "ReadCheckpoint": EVERYBODY,
    "ReadLogKeys": EVERYBODY,
    "ProveInclusion": READERS,
    "ProveConsistency": EVERYBODY,
    "ListAccounts": ADMINISTRATOR,
    "EnterOfficial": ADMINISTRATOR,
    "Invite": ADMINISTRATOR,
    "DisableOfficial": ADMINISTRATOR,
    "UnlockAccount": ADMINISTRATOR,
    "ListAccountEvents": ADMINISTRATOR | INSPECTOR | DPO,
}

NEVER_IN_STEAD: Final = INSPECTOR | REPORTER | DPO | ADMINISTRATOR
"""Posts in which nobody acts for an absent official: they watch over the others."""

OWN_ALONE: Final = frozenset(
    {
        "ReadBundle",
        "ReadReadings",
        "SearchPersons",
        "ListRequestsOfPerson",
        "ListDataRequests",
        "ReadDataRequest",
        "ReadDataRequestHistory",
        "ListBreaches",
        "ReadBreach",
        "ReadBreachHistory",
        "ListRetention",
        "DecideRetention",
    }
)
"""Routes whose rights nobody has in an absent official's stead."""

WORDS: Final = WRITERS | INSPECTOR
"""Who reads what was asked in an ordinary case."""
REQUESTER: Final = RECEIVING | TIERS | PPID
"""Who reads who asked, being no assignee: "the receiving roles, the assignee, tiers and
ppid"; the heads here have no unit and so stand over everybody's."""
SECRET_WORDS: Final = CLERK | HEADS | BELOW | PPID | SUPERIOR | INSPECTOR
"""The same of a secret letter to the Regional Secretary, disposed to another."""
SECRET_REQUESTER: Final = CLERK | TIERS | PPID


def may(operation: str, variant: str) -> Roles:
    """The roles that may ask it; KeyError for a route that has no line."""
    line = MAY[operation]
    return line[variant] if isinstance(line, Mapping) else line


OF_DATA_PROTECTION: Final = ("data-requests", "breaches", "retention")
"""What the data protection officer does, and in no case: the first words of actions."""

NO_WRITING: Final = frozenset({"own-account", "search-persons"})
"""What is sent as a command and changes nothing of any matter."""
