"""The authority table: contract by contract who may do what, and nobody else."""

from typing import get_args

import pytest

from application.office import authority
from application.office.actions import Action, Command, Query
from application.office.strict_toml import DataFileError
from domain.values import Channel, ComplaintKind, Role, Secrecy

A, B, C = Channel.FACE_TO_FACE, Channel.LETTER, Channel.SP4N_LAPOR
EVERY = (None, A, B, C, *ComplaintKind)
ASSIGNEES = {
    Role.HANDLER,
    Role.SUBDIVISION_HEAD,
    Role.DIVISION_HEAD,
    Role.AGENCY_SECRETARY,
    Role.AGENCY_HEAD,
}
TIERS = ASSIGNEES - {Role.HANDLER}
RECEIVING = {Role.RECEPTIONIST, Role.LETTER_CLERK, Role.LAPOR_LIAISON}
CLERK, LIAISON = Role.LETTER_CLERK, Role.LAPOR_LIAISON
OFFICE_HEADS = {Role.AGENCY_HEAD}
WRITERS = set(Role) - {Role.INSPECTOR, Role.REPORTER, Role.ADMINISTRATOR, Role.DPO}
READERS = WRITERS | {Role.INSPECTOR}
HEAD_ACTS = ("extension", "pause", "resumption", "transfer", "reopening")
PAPERS = ("completion-request", "completion", "lapse")
OF_DATA = (
    "data-requests:decision",
    "data-requests:deferral",
    "data-requests:refusal",
    "data-requests:execution",
    "data-requests:correction",
    "data-requests:restriction",
    "data-requests:lifting",
    "read-person",
    "breaches",
    "breaches:notification",
    "breaches:closing",
)
"""What the pejabat pelindungan data pribadi alone does."""


def everywhere(roles):
    return {of: set(roles) for of in EVERY}


def by_channel(face_to_face, letter, lapor):
    return everywhere(()) | {A: set(face_to_face), B: set(letter), C: set(lapor)}


def by_kind(also=()):
    """Whoever handles a complaint of that kind, and those who look at every one."""
    return everywhere(also) | {
        ComplaintKind.ORDINARY: {Role.COMPLAINT_OFFICER, *also},
        ComplaintKind.ABOUT_HEAD: {Role.REGIONAL_SECRETARY, *also},
        ComplaintKind.ABOUT_ONLY_OFFICER: {Role.REGIONAL_SECRETARY, *also},
        ComplaintKind.SUPERVISORY: {Role.INSPECTORATE, *also},
    }


HEADS = everywhere(OFFICE_HEADS) | {B: OFFICE_HEADS | {Role.REGIONAL_SECRETARY}}
DOWNWARD = {Role.AGENCY_SECRETARY, Role.DIVISION_HEAD, Role.SUBDIVISION_HEAD}

WHO = {
    "cases:face_to_face": everywhere({Role.RECEPTIONIST}),
    "cases:letter": everywhere({CLERK}),
    "cases:sp4n_lapor": everywhere({LIAISON}),
    "visits": everywhere({Role.RECEPTIONIST}),
    "documents": everywhere(WRITERS),
    "direction": everywhere({Role.RECEPTIONIST}),
    "identity-return": everywhere({Role.RECEPTIONIST}),
    "review": by_channel((), (), {LIAISON}),
    "lapor-status": by_channel((), (), {LIAISON}),
    "disposition": {channel: roles | DOWNWARD for channel, roles in HEADS.items()},
    "draft": everywhere(ASSIGNEES),
    "refusal": everywhere(ASSIGNEES),
    "overrun": everywhere(ASSIGNEES),
    "conversion": everywhere(ASSIGNEES),
    "approval": everywhere(TIERS),
    "correction": everywhere(TIERS),
    "delivery": by_channel(ASSIGNEES, {CLERK}, {LIAISON}),
    "pickup": by_channel((), {CLERK}, ()),
    "collection": by_channel((), {CLERK}, ()),
    "pickup-missed": by_channel((), {CLERK}, ()),
    "closing": by_channel({Role.RECEPTIONIST}, {CLERK}, {LIAISON}),
    **dict.fromkeys(PAPERS, everywhere({CLERK}) | {C: {CLERK, LIAISON}}),
    "withdrawal": everywhere({CLERK})
    | {A: {CLERK, Role.RECEPTIONIST}, C: {CLERK, LIAISON}},
    **dict.fromkeys((*HEAD_ACTS, "fact-correction"), HEADS),
    "consequence-test": everywhere({Role.PPID}),
    "objections": everywhere({Role.PPID}),
    "objections:dispute": everywhere({Role.PPID}),
    "objections:decision": everywhere({Role.PPID_SUPERIOR}),
    "complaints": everywhere(RECEIVING | {Role.COMPLAINT_OFFICER}),
    "complaints:classification": by_kind(),
    "complaints:follow-up": by_kind(),
    "complaints:answer": by_kind(),
    "complaints:closing": by_kind(),
    "read-complaint-words": by_kind(),
    "read-complaint-history": by_kind({Role.INSPECTOR}),
    "read-objection-words": everywhere({Role.PPID, Role.PPID_SUPERIOR}),
    "read-standard": everywhere(Role),
    "read-case": everywhere(set(Role) - {Role.ADMINISTRATOR}),
    "read-list": everywhere(set(Role) - {Role.ADMINISTRATOR}),
    "read-words": everywhere(READERS),
    "read-document": everywhere(READERS),
    "read-requester": everywhere(RECEIVING | ASSIGNEES | {Role.PPID}),
    "accounts": everywhere({Role.ADMINISTRATOR}),
    "own-account": everywhere(Role),
    "read-accounts": everywhere({Role.ADMINISTRATOR}),
    "read-account-events": everywhere({Role.ADMINISTRATOR, Role.INSPECTOR, Role.DPO}),
    "read-log": everywhere(Role),
    "read-bundle": everywhere(
        {
            Role.INSPECTOR,
            Role.REGIONAL_SECRETARY,
            Role.AGENCY_HEAD,
            Role.PPID,
            Role.PPID_SUPERIOR,
            Role.DPO,
        }
    ),
    "read-nik": everywhere({Role.PPID}),
    "search-persons": everywhere(RECEIVING | {Role.PPID, Role.DPO}),
    "read-readings": everywhere({Role.DPO, Role.INSPECTOR, Role.AGENCY_HEAD}),
    "read-figures": everywhere(
        {
            Role.REGIONAL_SECRETARY,
            Role.AGENCY_HEAD,
            Role.AGENCY_SECRETARY,
            Role.DIVISION_HEAD,
            Role.SUBDIVISION_HEAD,
            Role.PPID,
            Role.PPID_SUPERIOR,
            Role.INSPECTOR,
            Role.REPORTER,
        }
    ),
    "data-requests": everywhere(RECEIVING | {Role.PPID, Role.DPO}),
    **dict.fromkeys(OF_DATA, everywhere({Role.DPO})),
    "read-data-requests": everywhere(
        RECEIVING | {Role.PPID, Role.AGENCY_HEAD, Role.INSPECTOR, Role.DPO}
    ),
    "read-breaches": everywhere({Role.AGENCY_HEAD, Role.INSPECTOR, Role.DPO}),
    "retention": everywhere({Role.AGENCY_HEAD, Role.DPO}),
    "read-retention": everywhere({Role.AGENCY_HEAD, Role.DPO}),
    "read-trail": everywhere(
        {Role.REGIONAL_SECRETARY, Role.AGENCY_HEAD, Role.INSPECTOR, Role.DPO}
    ),
}
"""The whole table said a second time, by hand."""

ACTIONS = [word for part in get_args(Action) for word in (get_args(part) or (part,))]


@pytest.fixture(scope="module")
def table():
    return authority.load()


def test_every_word_has_its_place_in_this_test():
    assert set(WHO) == set(ACTIONS)


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("of", EVERY)
def test_an_act_is_allowed_to_its_roles_and_to_nobody_else(table, action, of):
    allowed = {role for role in Role if table.row((role,), action, of)}
    assert allowed == WHO[action][of]


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.REPORTER, Role.ADMINISTRATOR])
def test_those_who_only_read_write_nothing(table, role):
    assert not [
        action
        for action in get_args(Command)
        for of in EVERY
        if table.row((role,), action, of)
    ]


def test_who_protects_data_acts_on_nothing_else(table):
    acts = {
        action
        for action in get_args(Command)
        for of in EVERY
        if table.row((Role.DPO,), action, of)
    }
    assert acts <= {"data-requests", "retention", "own-account", *OF_DATA}


def test_the_administrator_sees_no_case(table):
    allowed = {
        action for action in get_args(Query) if table.row((Role.ADMINISTRATOR,), action)
    }
    assert allowed == {
        "read-standard",
        "read-log",
        "read-accounts",
        "read-account-events",
    }


def test_what_no_row_names_is_forbidden(table):
    assert table.row(tuple(Role), "destruction", A) is None
    assert table.row((), "draft", B) is None


def test_a_grant_names_its_row_and_the_role_that_may(table):
    roles = (Role.RECEPTIONIST, Role.HANDLER)
    assert table.row(roles, "draft", B) == authority.Grant("assignee", Role.HANDLER)


def test_a_handler_reads_the_requester_of_an_assigned_case_only(table):
    assert table.row((Role.HANDLER,), "read-requester", B).only == "assigned"
    assert table.row((Role.HANDLER, Role.PPID), "read-requester", B).only is None


def test_heads_of_units_read_who_asks_their_own_unit_only(table):
    for role in (Role.SUBDIVISION_HEAD, Role.DIVISION_HEAD):
        assert table.row((role,), "read-requester", B).only == "unit"
    for role in (Role.AGENCY_SECRETARY, Role.AGENCY_HEAD):
        assert table.row((role,), "read-requester", B).only is None


def test_every_row_says_what_it_rests_on(table):
    assert all(row.source for row in table.table())
    assert len({row.id for row in table.table()}) == len(table.table())


ROW = """[[row]]
id = "counter"
roles = ["receptionist"]
actions = ["visits"]
source = "the page"
"""


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (ROW.replace("receptionist", "porter"), 3),
        (ROW.replace("visits", "visit"), 4),
        (ROW.replace("source", "sources"), 5),
        (ROW + 'channels = ["telegram"]\n', 6),
        (ROW + "channels = []\n", 6),
        (ROW + 'complaints = ["grave"]\n', 6),
        (ROW + 'only = "assigned"\n', 6),
        (ROW.replace("visits", "read-case") + 'only = "mine"\n', 6),
        (ROW + ROW, 7),
        (ROW + ROW.replace("counter", "counter-2"), 9),
    ],
)
def test_a_faulty_table_is_refused_with_its_line(tmp_path, text, line):
    file = tmp_path / "roles.toml"
    file.write_text(text)
    with pytest.raises(DataFileError) as refusal:
        authority.load(file)
    assert refusal.value.file == file
    assert refusal.value.line == line


@pytest.mark.parametrize("action", sorted(authority.SEALED))
def test_what_opens_something_sealed_says_of_matters_how_secret(tmp_path, action):
    file = tmp_path / "roles.toml"
    row = ROW.replace("visits", action)
    file.write_text(row)
    with pytest.raises(DataFileError):
        authority.load(file)
    file.write_text(row + 'confidentiality = ["ordinary", "secret"]\n')
    assert authority.load(file).row((Role.RECEPTIONIST,), action)


@pytest.mark.parametrize("secrecy", Secrecy)
def test_complaints_objections_and_ones_own_data_are_read_however_secret(
    table, secrecy
):
    """The table says so now of each; before, it was so because nobody asked."""
    for role, action, of in (
        (Role.COMPLAINT_OFFICER, "read-complaint-words", ComplaintKind.ORDINARY),
        (Role.REGIONAL_SECRETARY, "read-complaint-words", ComplaintKind.ABOUT_HEAD),
        (Role.INSPECTORATE, "read-complaint-words", ComplaintKind.SUPERVISORY),
        (Role.PPID, "read-objection-words", B),
        (Role.PPID_SUPERIOR, "read-objection-words", None),
        (Role.DPO, "read-person", None),
    ):
        assert table.row((role,), action, of, secrecy=secrecy), action
