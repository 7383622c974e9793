"""Complaints are listed to those alone whose affair they are, and never about them."""

import pytest

from tests.interfaces.http import books, forms
from tests.interfaces.http.acting import Plt, in_kupang
from tests.interfaces.http.test_handling_complaints import (
    CLOSE,
    SUPERVISE,
    Complaint,
)
from tests.open_counter import OpenCounter
from tests.staff import BIRO, BPPD

pytestmark = pytest.mark.usefixtures("projecting")

LIST = "/v1/complaints"
REGISTER = "/v1/registers/complaints"
both = pytest.mark.parametrize("path", [LIST, REGISTER])


def ids(complaint: Complaint, by: str, path: str, **query: str | int) -> list[str]:
    """What that official is shown, once all that was done is there."""
    more = {"after_position": complaint.answer["position"], "limit": 200}
    found = books.whole(complaint.caller(by), path, **(more | query))
    return [each["complaint"] for each in found]


def sees(complaint: Complaint, by: str, path: str, **query: str | int) -> bool:
    return complaint.answer["complaint"] in ids(complaint, by, path, **query)


def test_a_line_of_the_list_has_these_fields(counter: OpenCounter):
    complaint = Complaint(counter, BPPD).step("pengaduan", "classification")
    position = complaint.answer["position"]

    [newest] = books.page(
        counter["bppd-pengaduan"], LIST, limit=1, after_position=position
    )["items"]

    assert newest == {
        "complaint": complaint.answer["complaint"],
        "case": None,
        "agency": BPPD,
        "channel": "in_person",
        "category": "sikap petugas",
        "class": "not_supervisory",
        "kind": "ordinary",
        "stage": "classified",
        "due_on": complaint.answer["clocks"][0]["due_on"],
    }


def test_a_line_of_the_register_tells_all_to_who_handles_it(counter: OpenCounter):
    complaint = Complaint(counter, BPPD, about="petugas di loket 2")
    for word in ("classification", "follow-up", "answer", "closing"):
        complaint.step("pengaduan", word)
    of = {"after_position": complaint.answer["position"], "agency": BPPD}

    [newest] = books.page(counter["bppd-pengaduan"], REGISTER, limit=1, **of)["items"]

    today = in_kupang(0).isoformat()
    assert newest == {
        "opened_on": today,
        "channel": "in_person",
        "name": forms.COMPLAINANT,
        "contact": forms.VISITOR_PHONE,
        "category": "sikap petugas",
        "about": "petugas di loket 2",
        "text": forms.WORDS,
        "class": "not_supervisory",
        "kind": "ordinary",
        "classified_on": today,
        "followed_up_on": today,
        "answered_on": today,
        "closed_on": today,
        "due_on": None,
        "anonymous": False,
        "confidential": False,
        "complaint": complaint.answer["complaint"],
        "case": None,
        "agency": BPPD,
        "stage": "closed",
        "not_shown": [],
    }
    [inspected] = books.page(counter["pengawas"], REGISTER, limit=1, **of)["items"]
    hidden = dict.fromkeys(("name", "contact", "about", "text"))
    assert inspected == newest | hidden | {"not_shown": list(hidden)}
    [row] = books.as_csv(counter["bppd-pengaduan"], REGISTER, **of, **{"from": today})[
        :1
    ]
    assert row == books.cells(newest)


@both
def test_each_kind_is_listed_to_whose_affair_it_is(counter: OpenCounter, path: str):
    ordinary = Complaint(counter)
    about_head = Complaint(counter, about="bo-kepala")
    about_officer = Complaint(counter, about="bo-pengaduan")
    supervisory = Complaint(counter).step("pengaduan", "classification", SUPERVISE)
    seen = {
        by: [
            sees(one, by, path)
            for one in (ordinary, about_head, about_officer, supervisory)
        ]
        for by in ("pengaduan", "sekda", "inspektorat", "pengawas")
    }
    assert seen == {
        "pengaduan": [True, False, False, False],
        "sekda": [False, True, True, False],
        "inspektorat": [False, False, False, True],
        "pengawas": [True, True, True, True],
    }


@both
@pytest.mark.parametrize(
    "by", ["kepala", "analis", "penerima-tamu", "ppid", "pelapor", "admin"]
)
def test_who_handles_none_lists_none(counter: OpenCounter, path: str, by: str):
    assert books.refusal(counter[f"bo-{by}"], path) == (403, "forbidden")


@both
def test_nobody_is_shown_a_complaint_about_himself(counter: OpenCounter, path: str):
    complaint = Complaint(counter, about="inspektorat")
    complaint.step("pengaduan", "classification", SUPERVISE)
    assert not sees(complaint, "inspektorat", path)
    inspected = Complaint(counter, about="pengawas")
    assert not sees(inspected, "pengawas", path)
    assert sees(inspected, "pengaduan", path)


@both
def test_who_acts_for_the_head_sees_no_more_than_the_head(
    counter: OpenCounter, path: str
):
    plt = Plt(counter, "administrator")
    assert books.refusal(plt.caller, path) == (403, "forbidden")
    plt.is_appointed()
    assert books.refusal(plt.caller, path) == (403, "forbidden")


@both
def test_nobody_lists_another_agencys_complaints(counter: OpenCounter, path: str):
    complaint = Complaint(counter, BIRO)
    of = {"after_position": complaint.answer["position"]}
    assert complaint.answer["complaint"] not in [
        each["complaint"]
        for each in books.whole(counter["bppd-pengaduan"], path, limit=200, **of)
    ]
    for more in ({"agency": BIRO}, {"agency": BIRO, "limit": 1}):
        assert books.whole(counter["bppd-pengaduan"], path, **of, **more) == []


def test_filters_leave_out_what_does_not_fit(counter: OpenCounter):
    complaint = Complaint(counter, channel="letter").step("pengaduan", "classification")
    fitting = {
        "agency": BIRO,
        "stage": "classified",
        "class": "not_supervisory",
        "kind": "ordinary",
        "channel": "letter",
        "overdue": "false",
    }
    assert sees(complaint, "pengaduan", LIST, **fitting)
    for other in (
        {"stage": "opened"},
        {"class": "supervisory"},
        {"kind": "supervisory"},
        {"channel": "in_person"},
        {"overdue": "true"},
    ):
        assert not sees(complaint, "pengaduan", LIST, **(fitting | other))


def test_what_is_due_and_not_answered_is_overdue(counter: OpenCounter):
    past = {"occurred_at": "2026-02-10T09:00:00+08:00", "late_reason": "kotak saran"}
    complaint = Complaint(counter, **past)
    assert sees(complaint, "pengaduan", LIST, overdue="true")
    complaint.step("pengaduan", "classification")
    complaint.step("pengaduan", "answer").step("pengaduan", "closing", CLOSE)
    assert not sees(complaint, "pengaduan", LIST, overdue="true")
    assert sees(complaint, "pengaduan", REGISTER, to="2026-02-10")
    assert not sees(complaint, "pengaduan", REGISTER, **{"from": "2026-02-11"})


@both
def test_pages_hold_every_complaint_once(counter: OpenCounter, path: str):
    for _ in range(3):
        complaint = Complaint(counter)
    at_once = ids(complaint, "pengaduan", path)
    assert ids(complaint, "pengaduan", path, limit=2) == at_once
    assert len(at_once) == len(set(at_once)) >= 3
    assert at_once[0] == complaint.answer["complaint"] or path == REGISTER


@both
@pytest.mark.parametrize("query", [{"after": "x"}, {"agency": "x"}, {"limit": 0}])
def test_what_cannot_be_understood_is_refused(
    counter: OpenCounter, path: str, query: dict[str, str | int]
):
    told = books.refusal(counter["bo-pengaduan"], path, **query)
    assert told == (422, "invalid-query")
