"""The register of requests: its columns, who sees which, and pages without doubles."""

from datetime import datetime
from typing import TypeAlias

import pytest

from tests.interfaces.http import books, contest, forms, life
from tests.interfaces.http.acting import in_kupang
from tests.interfaces.http.forms import Form
from tests.interfaces.http.life import Life
from tests.open_counter import OpenCounter
from tests.staff import BIRO, BPPD

pytestmark = pytest.mark.usefixtures("projecting")

Query: TypeAlias = dict[str, str | int]

REGISTER = "/v1/registers/requests"
NAMES = {
    "name": forms.WRITER,
    "address": forms.ADDRESS,
    "contact": forms.VISITOR_PHONE,
}
ASKED = {"information_requested": f"{forms.SUBJECT}\n1. {forms.ITEM}", "purpose": None}
COLUMNS = [
    "no", "registration_number", "received_on", "name", "address", "contact",
    "occupation", "information_requested", "purpose", "held", "held_by", "form_held",
    "kind", "decision", "reason_for_refusal", "notice_on", "given_on", "cost",
    "payment",
]  # fmt: skip
"""The seventeen of the form; of two, each half has a column of its own."""


def line(case: Life, by: str = "ppid", **query: str | int) -> Form:
    """The case's line in a register that is up to date."""
    caller = case.counter[by if by == "pengawas" else case.official(by)]
    (found,) = books.page(
        caller,
        REGISTER,
        q=case.answer["registration_number"],
        after_position=case.answer["position"],
        **query,
    )["items"]
    assert found["case"] == case.answer["case"]
    told: Form = found
    return told


def today() -> str:
    return in_kupang(0).isoformat()


def test_a_letter_answered_by_post_has_these_columns(counter: OpenCounter):
    case = life.disposed(counter, BPPD)
    case.step("analis", "draft", forms.draft(), "draft")
    life.approve(case).step("agendaris", "delivery", {"how": "post"})
    number = case.answer["registration_number"]

    found = line(case)

    assert list(found)[: len(COLUMNS)] == COLUMNS
    assert found == {
        "no": int(number[-5:]),
        "registration_number": number,
        "received_on": today(),
        **NAMES,
        "occupation": None,
        **ASKED,
        "held": True,
        "held_by": None,
        "form_held": None,
        "kind": None,
        "decision": "granted",
        "reason_for_refusal": None,
        "notice_on": today(),
        "given_on": today(),
        "cost": "Tidak dipungut biaya",
        "payment": None,
        "case": case.answer["case"],
        "agency": BPPD,
        "channel": "letter",
        "stage": "delivered",
        "not_shown": [],
    }


def test_while_a_case_is_open_nothing_is_said_of_its_end(counter: OpenCounter):
    found = line(life.disposed(counter, BPPD))

    told = ("held", "decision", "reason_for_refusal", "notice_on", "given_on")
    assert [found[name] for name in told] == [None] * 5


def test_a_refusal_at_the_counter_is_told_with_its_reason(counter: OpenCounter):
    found = line(contest.refused_visit(counter, BPPD))

    assert found["purpose"] == forms.PURPOSE
    assert (found["held"], found["decision"]) == (True, "refused_as_exempt")
    assert found["reason_for_refusal"] == (
        "1. refused_as_exempt: kip17.c: rahasia pertahanan"
    )
    assert (found["notice_on"], found["given_on"]) == (today(), None)


def test_a_written_refusal_is_dated_by_its_signature(counter: OpenCounter):
    found = line(contest.refused_letter(counter, BPPD))

    assert found["reason_for_refusal"] == "1. refused_as_exempt: kip17.h: data pribadi"
    assert (found["notice_on"], found["given_on"]) == (today(), None)


def test_what_is_kept_back_of_a_part_is_told_with_its_reason(counter: OpenCounter):
    case = life.letter(counter, BPPD, items=["Anggaran", "Denah", "Peta", "Data 1990"])
    case.step("kepala", "disposition", forms.disposition(case.official("analis")))
    test: Form = {
        "items": [2],
        "act": "kip17.c",
        "analysis": "membahayakan pos",
        "participants": [case.official("ppid")],
    }
    case.step("ppid", "consequence-test", test)
    black = {"legal_basis": ["kip17.c"], "reason": "denah pos dihitamkan"}
    items: list[Form] = [
        {"n": 1, "outcome": "granted"},
        {"n": 2, "outcome": "partial", **black},
        {"n": 3, "outcome": "partial", "reason": "selebihnya belum dipetakan"},
        {"n": 4, "outcome": "not_held", "reason": "tidak pernah dibuat"},
    ]
    case.step("analis", "draft", forms.draft(kind="partial", items=items), "draft")
    life.approve(case)

    found = line(case)

    assert (found["held"], found["decision"]) == (True, "partial")
    assert found["reason_for_refusal"] == (
        "2. partial: kip17.c: denah pos dihitamkan\n4. not_held: tidak pernah dibuat"
    )


def test_what_officials_wrote_is_for_who_may_read_what_was_asked(counter: OpenCounter):
    case = contest.refused_letter(counter, BPPD)

    assert line(case, "pengawas")["reason_for_refusal"] is not None
    assert line(case, "pelapor")["reason_for_refusal"] is None


def test_an_oral_answer_has_no_written_notice(counter: OpenCounter):
    case = life.directed(counter, BPPD).step("analis", "delivery", {"how": "oral"})

    found = line(case)

    assert (found["notice_on"], found["given_on"]) == (None, today())


def test_items_not_held_and_bodies_that_hold_them_are_told(counter: OpenCounter):
    gone = life.letter(counter, BPPD)
    gone.step("kepala", "transfer", {"holder": "BPS Provinsi NTT", "notice": "Surat 7"})
    missing = life.disposed(counter, BPPD)
    nothing = {"n": 1, "outcome": "not_held", "reason": "tidak pernah dibuat"}
    missing.step(
        "analis", "draft", forms.draft(kind="not_held", items=[nothing]), "draft"
    )
    life.approve(missing)

    transferred, not_held = line(gone), line(missing)

    assert (transferred["held"], transferred["held_by"]) == (False, "BPS Provinsi NTT")
    assert (transferred["decision"], transferred["notice_on"]) == (
        "transferred",
        today(),
    )
    assert (not_held["held"], not_held["held_by"]) == (False, None)
    assert not_held["reason_for_refusal"] == "1. not_held: tidak pernah dibuat"


def test_a_withdrawn_request_is_neither_held_nor_not(counter: OpenCounter):
    case = life.letter(counter, BPPD)
    case.step("agendaris", "withdrawal", {"how": "surat", "reason": "tidak perlu"})

    found = line(case)

    assert (found["held"], found["decision"]) == (None, "withdrawn")
    assert found["notice_on"] is None


NOTHING = {"names": False, "words": False}
WORDS = {"names": False, "words": True}
ALL = {"names": True, "words": True}


@pytest.mark.parametrize(
    ("by", "sees"),
    [
        ("penerima-tamu", ALL),
        ("agendaris", ALL),
        ("kepala", ALL),
        ("ppid", ALL),
        ("kabid", ALL),
        ("kasubid", ALL),
        ("kabid-lain", WORDS),
        ("analis", ALL),
        ("analis-lain", WORDS),
        ("pengaduan", WORDS),
        ("pengawas", WORDS),
        ("pelapor", NOTHING),
    ],
)
def test_the_register_tells_each_what_the_file_tells_him(
    counter: OpenCounter, by: str, sees: dict[str, bool]
):
    case = life.disposed(counter, BPPD)

    found = line(case, by)

    caller = counter[by if by == "pengawas" else f"bppd-{by}"]
    file = caller.get(case.path).json()
    assert (file["requester"] is not None, file["subject"] is not None) == (
        sees["names"],
        sees["words"],
    )
    nobody = dict.fromkeys(NAMES)
    assert {name: found[name] for name in NAMES} == (NAMES if sees["names"] else nobody)
    assert {name: found[name] for name in ASKED} == (
        ASKED if sees["words"] else dict.fromkeys(ASKED)
    )
    assert found["not_shown"] == [
        *([] if sees["names"] else NAMES),
        *([] if sees["words"] else (*ASKED, "reason_for_refusal")),
    ]


def test_who_may_list_nothing_reads_no_register(counter: OpenCounter):
    assert books.refusal(counter["bppd-admin"], REGISTER) == (403, "forbidden")


def test_an_anonymous_reporter_stands_nowhere(counter: OpenCounter):
    case = life.report(counter, BPPD, lapor=forms.lapor(anonymous=True))

    found = line(case)

    assert {name: found[name] for name in NAMES} == dict.fromkeys(NAMES)
    assert found["not_shown"] == list(NAMES)
    assert found["information_requested"] == ASKED["information_requested"]


def test_a_report_that_is_a_confidential_complaint_is_read_there_alone(
    counter: OpenCounter,
):
    case = life.report(counter, BPPD, lapor=forms.lapor(confidential=True))
    review = {"summary": "menuduh petugas", "class": "complaint"}
    case.step("penghubung", "review", review, "complaint")

    found = line(case)

    assert found["not_shown"] == [*NAMES, *ASKED, "reason_for_refusal"]
    assert (found["name"], found["information_requested"]) == (None, None)


def test_what_a_completion_told_stands_for_what_was(counter: OpenCounter):
    letter: forms.Form = {"number": None, "evidence": []}
    case = life.letter(counter, BPPD, letter=letter, requester={"name": forms.WRITER})
    told = {"received": [], "requester": {"phone": "0812777", "address": "Oebobo"}}
    case.step("agendaris", "completion", told)

    found = line(case)

    assert (found["name"], found["address"], found["contact"]) == (
        forms.WRITER,
        "Oebobo",
        "0812777",
    )


def test_a_corrected_receipt_stands_on_its_right_day(counter: OpenCounter):
    late = {"occurred_at": "2026-03-16T08:30:00+08:00", "late_reason": "dari agenda"}
    case = life.letter(counter, BPPD, **late)
    assert line(case)["received_on"] == "2026-03-16"

    correction = {
        "version": 1,
        "fact": "occurred_at",
        "value": "2026-03-12T08:30:00+08:00",
        "reason": "keliru baca",
    }
    case.step("kepala", "fact-correction", correction)

    assert line(case)["received_on"] == "2026-03-12"
    on = {"from": "2026-03-12", "to": "2026-03-12", "agency": BPPD}
    assert case.answer["case"] in [
        each["case"] for each in books.whole(counter["bppd-ppid"], REGISTER, **on)
    ]
    before = {"from": "2026-03-13", "to": "2026-03-16", "agency": BPPD}
    assert case.answer["case"] not in [
        each["case"] for each in books.whole(counter["bppd-ppid"], REGISTER, **before)
    ]


def made(counter: OpenCounter, n: int) -> tuple[list[str], int]:
    """Cases received on one past day, hours apart; the last position."""
    cases = []
    for hour in range(n):
        at = f"2026-01-21T{8 + hour // 2:02}:00:00+08:00"
        case = life.letter(counter, BPPD, occurred_at=at, late_reason="dari agenda")
        cases.append(case.answer["case"])
    return cases, case.answer["position"]


def test_pages_hold_every_line_once_the_newest_day_first(counter: OpenCounter):
    cases, position = made(counter, 7)
    of: Query = {
        "from": "2026-01-21",
        "to": "2026-01-21",
        "after_position": position,
    }
    ppid = counter["bppd-ppid"]

    at_once = books.whole(ppid, REGISTER, limit=200, **of)
    by_two = books.whole(ppid, REGISTER, limit=2, **of)

    assert by_two == at_once
    shown = [each["case"] for each in at_once]
    assert len(shown) == len(set(shown))
    assert [one for one in shown if one in cases] == cases[::-1]


def test_filters_leave_out_what_does_not_fit(counter: OpenCounter):
    case = contest.refused_visit(counter, BPPD)
    assert line(case, decision="refused_as_exempt", channel="face_to_face")
    caller, number = counter["bppd-ppid"], case.answer["registration_number"]
    for other in (
        {"decision": "granted"},
        {"channel": "letter"},
        {"to": in_kupang(-1).isoformat()},
        {"from": in_kupang(1).isoformat()},
    ):
        assert books.whole(caller, REGISTER, q=number, **other) == []


def test_nobody_reads_another_agencys_register(counter: OpenCounter):
    case = life.letter(counter, BIRO)
    number = case.answer["registration_number"]
    position = life.letter(counter, BPPD).answer["position"]
    for more in ({}, {"agency": BIRO}):
        found = books.whole(
            counter["bppd-ppid"], REGISTER, q=number, after_position=position, **more
        )
        assert found == []
    both = books.whole(counter["sekda"], REGISTER, limit=200)
    assert {each["agency"] for each in both} == {BIRO, BPPD}
    received = [datetime.fromisoformat(each["received_on"]) for each in both]
    assert received == sorted(received, reverse=True)


def test_the_file_holds_the_same_lines(counter: OpenCounter):
    _, position = made(counter, 3)
    for by in ("bppd-ppid", "pengawas", "bppd-pelapor"):
        of: Query = {"agency": BPPD, "after_position": position}
        lines = books.whole(counter[by], REGISTER, limit=200, **of)
        file = books.as_csv(counter[by], REGISTER, **of)
        assert file == [books.cells(each) for each in lines]
        assert len(file) >= 3


@pytest.mark.parametrize(
    "query",
    [
        {"after": "x"},
        {"after": "AAAAAAAAAAAAAAAAAAAAAA"},
        {"after": "_____________________w"},
        {"limit": 0},
        {"limit": 201},
        {"agency": "dinas-lain"},
        {"decision": "kabul"},
        {"from": "2026-02-30"},
        {"from": "2026-02-02", "to": "2026-02-01"},
        {"format": "xml"},
    ],
)
def test_a_register_that_cannot_be_understood_is_refused(
    counter: OpenCounter, query: Query
):
    told = books.refusal(counter["bppd-ppid"], REGISTER, **query)
    assert told == (422, "invalid-query")


@pytest.mark.parametrize("day", ["0001-01-01", "0001-01-02", "9999-12-31"])
def test_the_first_and_the_last_day_of_all_calendars_are_days(
    counter: OpenCounter, day: str
):
    ppid = counter["bppd-ppid"]
    assert books.page(ppid, REGISTER, **{"from": day, "to": day})["items"] == []
    assert books.page(ppid, REGISTER, **{"from": "0001-01-01", "to": "9999-12-31"})
