"""The agenda book of letters, and the sheet by which a letter was disposed."""

import pytest

from tests.interfaces.http import books, forms, life
from tests.interfaces.http.acting import in_kupang
from tests.interfaces.http.forms import Form
from tests.interfaces.http.life import Life
from tests.open_counter import OpenCounter
from tests.staff import BIRO, BPPD

pytestmark = pytest.mark.usefixtures("projecting")

BOOK = "/v1/registers/agenda"
LETTER = {
    "number": "77/LSM/2026",
    "date": "2026-11-01",
    "addressee": "agency_head",
    "agenda_number": "A-2026-0901",
    "evidence": ["identity_copy"],
}


def entered(case: Life, by: str = "bppd-agendaris", **query: str | int) -> list[Form]:
    """The letter's lines in a book that is up to date."""
    of = {"after_position": case.answer["position"], "limit": 200} | query
    found = books.whole(case.counter[by], BOOK, **of)
    return [each for each in found if each["case"] == case.answer["case"]]


def sheet(case: Life, by: str) -> Form:
    answer = case.counter[by].get(f"{case.path}/disposition-sheet")
    assert answer.status_code == 200, answer.text
    told: Form = answer.json()
    return told


def test_a_letter_stands_in_the_book_from_receipt_to_answer(counter: OpenCounter):
    case = life.letter(counter, BPPD, letter=LETTER)
    [received] = entered(case)
    assert received == {
        "agenda_number": "A-2026-0901",
        "letter_number": "77/LSM/2026",
        "letter_date": "2026-11-01",
        "sender": forms.WRITER,
        "addressee": "agency_head",
        "received_on": in_kupang(0).isoformat(),
        "subject": forms.SUBJECT,
        "disposed_to": None,
        "disposed_on": None,
        "answer_number": None,
        "case": case.answer["case"],
        "registration_number": case.answer["registration_number"],
        "agency": BPPD,
        "stage": "received",
        "outcome": None,
        "not_shown": [],
    }
    case.step("kepala", "disposition", forms.disposition("bppd-analis"))
    case.step("analis", "draft", forms.draft(), "draft")
    life.approve(case).step(
        "agendaris", "delivery", {"how": "post", "letter_number": "000.8/15/OR"}
    )

    [answered] = entered(case, q="a-2026-09")

    assert answered == received | {
        "disposed_to": "bppd-analis",
        "disposed_on": in_kupang(0).isoformat(),
        "answer_number": "000.8/15/OR",
        "stage": "delivered",
        "outcome": "granted",
    }


def test_a_number_that_was_corrected_stands_there_as_it_should(counter: OpenCounter):
    case = life.letter(counter, BPPD, letter=LETTER)
    right = {"fact": "letter.agenda_number", "value": "A-2026-0902", "reason": "keliru"}
    case.step("kepala", "fact-correction", {"version": 1} | right)

    [found] = entered(case, q="A-2026-0902")

    assert found["agenda_number"] == "A-2026-0902"
    assert sheet(case, "bppd-kepala")["agenda_number"] == "A-2026-0902"


@pytest.mark.parametrize(
    ("by", "hidden"),
    [
        ("bppd-analis", ()),
        ("bppd-analis-lain", ("sender",)),
        ("pengawas", ("sender",)),
        ("bppd-pelapor", ("sender", "subject")),
    ],
)
def test_sender_and_subject_are_shown_as_in_the_case(
    counter: OpenCounter, by: str, hidden: tuple[str, ...]
):
    case = life.disposed(counter, BPPD)
    more = dict.fromkeys(hidden) | {"not_shown": list(hidden)}

    assert entered(case, by) == [entered(case)[0] | more]
    assert sheet(case, by) == sheet(case, "bppd-agendaris") | more


def test_only_letters_of_ones_own_agency_stand_there(counter: OpenCounter):
    visit, other = life.visit(counter, BPPD), life.letter(counter, BIRO)
    assert entered(visit) == []
    assert entered(other) == entered(other, agency=BIRO) == []
    assert entered(other, "bo-agendaris")
    assert books.refusal(counter["bppd-admin"], BOOK) == (403, "forbidden")


def test_pages_and_the_file_hold_every_letter_once(counter: OpenCounter):
    for _ in range(3):
        case = life.letter(counter, BPPD)
    caller, of = counter["bppd-ppid"], {"after_position": case.answer["position"]}

    at_once = books.whole(caller, BOOK, limit=200, **of)

    assert books.whole(caller, BOOK, limit=2, **of) == at_once
    assert books.as_csv(caller, BOOK, **of) == [books.cells(one) for one in at_once]
    numbers = [each["registration_number"] for each in at_once]
    assert len(numbers) == len(set(numbers)) >= 3


def test_the_sheet_has_a_line_for_each_disposition(counter: OpenCounter):
    case = life.letter(counter, BPPD, letter=LETTER)
    first = forms.disposition(
        "bppd-kabid",
        others=["bppd-kasubid"],
        instructions=["Tanggapan dan saran"],
        urgency="very_urgent",
        secrecy="secret",
        respond_by=in_kupang(3).isoformat(),
        note="segera",
    )
    case.step("kepala", "disposition", first)
    case.step("kabid", "disposition", forms.disposition("bppd-analis"))

    found = sheet(case, "bppd-agendaris")

    lines = found.pop("lines")
    assert found.pop("received_at").startswith(in_kupang(0).isoformat())
    assert found == {
        "case": case.answer["case"],
        "registration_number": case.answer["registration_number"],
        "agency": BPPD,
        "channel": "letter",
        "sender": forms.WRITER,
        "letter_number": "77/LSM/2026",
        "letter_date": "2026-11-01",
        "agenda_number": "A-2026-0901",
        "addressee": "agency_head",
        "subject": forms.SUBJECT,
        "not_shown": [],
    }
    ats = [line.pop("at") for line in lines]
    assert ats == sorted(ats)
    named = {
        by: {"official": f"bppd-{by}", "name": f"Pejabat bppd-{by}"}
        for by in ("kepala", "kabid", "kasubid", "analis")
    }
    assert lines == [
        {
            "version": 2,
            "by": named["kepala"],
            "acting_for": None,
            "to": named["kabid"],
            "others": [named["kasubid"]],
            "instructions": ["Tanggapan dan saran"],
            "urgency": "very_urgent",
            "secrecy": "secret",
            "respond_by": in_kupang(3).isoformat(),
            "oral": False,
            "note": "segera",
        },
        {
            "version": 3,
            "by": named["kabid"],
            "acting_for": None,
            "to": named["analis"],
            "others": [],
            "instructions": ["Untuk ditindaklanjuti"],
            "urgency": "ordinary",
            "secrecy": "ordinary",
            "respond_by": None,
            "oral": False,
            "note": None,
        },
    ]


def test_a_direction_at_the_counter_is_a_line_too(counter: OpenCounter):
    case = life.directed(counter, BPPD)

    [said] = sheet(case, "bppd-ppid")["lines"]

    assert (said["oral"], said["by"]["official"], said["to"]["official"]) == (
        True,
        "bppd-kepala",
        "bppd-analis",
    )


def test_a_sheet_is_for_who_may_read_the_case(counter: OpenCounter):
    case = life.letter(counter, BIRO)
    path = f"{case.path}/disposition-sheet"
    for by in ("bppd-kepala", "bo-admin"):
        assert books.refusal(counter[by], path) == (403, "forbidden")
    unknown = "/v1/cases/00000000-0000-4000-8000-00000000000a/disposition-sheet"
    assert books.refusal(counter["bo-kepala"], unknown) == (404, "unknown-case")
    assert sheet(case, "bo-agendaris")["lines"] == []
