"""The work list over HTTP: each finds his own tasks there, and may do them."""

import pytest

from tests.interfaces.http import contest, forms, life
from tests.interfaces.http.acting import Plt, in_kupang
from tests.interfaces.http.contest import Contest
from tests.interfaces.http.forms import PERSONAL, Form
from tests.interfaces.http.life import Life
from tests.interfaces.http.test_handling_complaints import CLASSIFY, Complaint
from tests.open_counter import Caller, OpenCounter
from tests.staff import BIRO, BPPD

pytestmark = pytest.mark.usefixtures("projecting")

WORKLIST = "/v1/worklist"
ITEM = {
    "task", "case", "registration_number", "agency", "channel", "stage", "role", "for",
    "since", "due_on", "due_at", "target_at", "late", "due", "whose_turn",
}  # fmt: skip
DO = {
    "direction": lambda case: {
        "to": case.official("analis"),
        "directed_by": case.official("kepala"),
    },
    "review": lambda _: {"summary": "Peta jabatan", "class": "information_request"},
    "disposition": lambda case: forms.disposition(case.official("analis")),
    "draft": lambda _: forms.draft(),
    "approval": lambda _: {"draft": 1, "capacity": "own"},
    "closing": lambda _: {},
    "identity-return": lambda _: {"to": "visitor"},
}
WITH_DRAFT = {"draft"}
"""Whose answers tell the draft's number."""
HOW = {"face_to_face": "oral", "letter": "post", "sp4n_lapor": "lapor_post"}


def tasks_of(caller: Caller, answer: Form, **query: str | int) -> list[Form]:
    """The tasks of one matter on a list that is up to date."""
    found = []
    after: dict[str, str] = {}
    while True:
        asked = caller.get(
            WORKLIST, after_position=answer["position"], limit=200, **after, **query
        )
        assert asked.status_code == 200, asked.text
        page = asked.json()
        for name in PERSONAL:
            assert name not in asked.text
        mine = {answer.get(one) for one in ("case", "complaint", "objection")} - {None}
        found += [
            item
            for item in page["items"]
            if mine & {item.get(one) for one in ("case", "complaint", "objection")}
        ]
        if page["next"] is None:
            return found
        after = {"after": page["next"]}


@pytest.mark.parametrize(
    ("begin", "hands"),
    [
        (
            life.visit,
            [
                ("penerima-tamu", "direction"),
                ("analis", "delivery"),
                ("penerima-tamu", "identity-return"),
                ("penerima-tamu", "closing"),
            ],
        ),
        (
            life.letter,
            [
                ("kepala", "disposition"),
                ("analis", "draft"),
                ("kasubid", "approval"),
                ("kabid", "approval"),
                ("kepala", "approval"),
                ("agendaris", "delivery"),
                ("agendaris", "closing"),
            ],
        ),
        (
            life.report,
            [
                ("penghubung", "review"),
                ("kepala", "disposition"),
                ("analis", "draft"),
                ("kasubid", "approval"),
                ("kabid", "approval"),
                ("kepala", "approval"),
                ("penghubung", "delivery"),
                ("penghubung", "closing"),
            ],
        ),
    ],
)
def test_a_case_goes_from_list_to_list(counter: OpenCounter, begin, hands):
    case: Life = begin(counter, BPPD)
    for seat, task in hands:
        caller = counter[case.official(seat)]
        items = {one["task"]: one for one in tasks_of(caller, case.answer)}
        assert set(items[task]) == ITEM
        assert items[task]["case"] == case.answer["case"]
        assert items[task]["agency"] == BPPD
        assert items[task]["for"] is None
        # What the list says may be done is offered in the file too.
        assert set(items) <= set(caller.get(case.path).json()["actions"])
        body = {"how": HOW[case.channel]} if task == "delivery" else DO[task](case)
        case.step(seat, task, body, *WITH_DRAFT & {task})
        done = {one["task"] for one in tasks_of(caller, case.answer)}
        assert task not in done
    assert case.stage == "closed"


def test_the_head_of_another_unit_and_another_agency_see_nothing(counter):
    case = life.disposed(counter, BPPD).step("analis", "draft", forms.draft(), "draft")
    shown = {
        seat: [one["task"] for one in tasks_of(counter[seat], case.answer)]
        for seat in ("bppd-kasubid", "bppd-kabid-lain", "bo-kasubid", "pengawas")
    }
    assert shown == {
        "bppd-kasubid": ["approval"],
        "bppd-kabid-lain": [],
        "bo-kasubid": [],
        "pengawas": [],
    }


def test_who_acts_for_the_head_has_his_tasks_on_his_list(counter):
    plt = Plt(counter)
    case = life.letter(counter, BPPD)
    assert tasks_of(plt.caller, case.answer) == []
    plt.is_appointed()
    [task] = tasks_of(plt.caller, case.answer)
    assert (task["task"], task["role"], task["for"]) == (
        "disposition",
        "agency_head",
        plt.head,
    )
    plt.step(case, "disposition", DO["disposition"](case))
    assert tasks_of(plt.caller, case.answer) == []
    plt.is_appointed(last=in_kupang(-1))


def test_complaints_wait_for_whom_they_concern(counter):
    complaint = Complaint(counter, BPPD)
    officer = counter["bppd-pengaduan"]

    [task] = tasks_of(officer, complaint.answer)
    assert set(task) == ITEM | {"complaint"}
    assert task["task"] == "complaints:classification"
    assert (task["case"], task["registration_number"]) == (None, None)
    assert tasks_of(counter["sekda"], complaint.answer) == []

    complaint.step("pengaduan", "classification", CLASSIFY)
    [task] = tasks_of(officer, complaint.answer)
    assert (task["task"], task["stage"]) == ("complaints:answer", "classified")
    complaint.step("pengaduan", "answer")
    [task] = tasks_of(officer, complaint.answer)
    assert (task["task"], task["due"]) == ("complaints:closing", "open")
    complaint.step("pengaduan", "closing")
    assert tasks_of(officer, complaint.answer) == []


def test_a_complaint_about_the_head_waits_for_the_regional_secretary(counter):
    complaint = Complaint(counter, BPPD, about="bppd-kepala")

    assert tasks_of(counter["bppd-pengaduan"], complaint.answer) == []
    [task] = tasks_of(counter["sekda"], complaint.answer)
    assert (task["task"], task["role"]) == (
        "complaints:classification",
        "regional_secretary",
    )


def test_an_objection_waits_for_the_superior_of_the_ppid(counter):
    case = contest.refused_visit(counter, BPPD)
    objection = Contest(case)

    [task] = tasks_of(
        counter["atasan-ppid"], objection.answer, task="objections:decision"
    )
    assert task["objection"] == objection.answer["objection"]
    assert task["registration_number"] == case.answer["registration_number"]
    assert (task["stage"], task["role"], task["late"]) == (
        "filed",
        "ppid_superior",
        False,
    )
    assert task["due_on"] is not None


def test_a_page_says_where_it_was_left_off(counter):
    for _ in range(3):
        case = life.letter(counter, BPPD)
    head = counter["bppd-kepala"]
    one = head.get(WORKLIST, limit=1, after_position=case.answer["position"]).json()
    two = head.get(WORKLIST, limit=1, after=one["next"]).json()

    assert len(one["items"]) == len(two["items"]) == 1
    assert one["items"] != two["items"]
    assert one["counts"]["disposition"] >= 3
    assert one["counts_up_to"] == 1000


@pytest.mark.parametrize(
    "query",
    [
        {"task": "dance"},
        {"role": "king"},
        {"agency": "nowhere"},
        {"due_before": "soon"},
        {"overdue": "maybe"},
        {"limit": 0},
        {"limit": 201},
        {"after": "x"},
        {"after": "AAAAAAAAAAA="},
        {"after_position": -1},
    ],
)
def test_what_cannot_be_understood_is_refused(counter, query):
    answer = counter["bppd-kepala"].get(WORKLIST, **query)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid-query")


def test_who_may_list_nothing_has_no_list(counter):
    refused = counter["bppd-admin"].get(WORKLIST)
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    assert counter.stranger.get(WORKLIST).status_code == 401


def test_an_agency_that_is_not_the_callers_has_nothing_for_him(counter):
    listed = counter["bppd-kepala"].get(WORKLIST, agency=BIRO)
    assert (listed.status_code, listed.json()["items"]) == (200, [])
