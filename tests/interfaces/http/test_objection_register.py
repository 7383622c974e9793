"""Objections of an agency, in their list and in their register."""

import pytest

from tests.interfaces.http import books, contest, forms
from tests.interfaces.http.acting import in_kupang
from tests.interfaces.http.contest import SUPERIOR, Contest, decision, dispute
from tests.interfaces.http.forms import Form
from tests.open_counter import OpenCounter
from tests.staff import BIRO, BPPD

pytestmark = pytest.mark.usefixtures("projecting")

LIST = "/v1/objections"
REGISTER = "/v1/registers/objections"
both = pytest.mark.parametrize("path", [LIST, REGISTER])


def newest(one: Contest, by: str, path: str, **query: str | int) -> Form:
    """The last line, which is this objection's."""
    caller = one.counter[by]
    of = {"after_position": one.answer["position"], "limit": 200} | query
    found = [
        each
        for each in books.whole(caller, path, **of)
        if each["objection"] == one.answer["objection"]
    ]
    assert len(found) == 1
    return found[0]


def test_a_line_of_the_list_has_these_fields(counter: OpenCounter):
    one = Contest(contest.refused_letter(counter, BPPD))

    assert newest(one, "bppd-ppid", LIST) == {
        "objection": one.answer["objection"],
        "case": one.answer["case"],
        "agency": BPPD,
        "ground": "a",
        "by": "requester",
        "stage": "filed",
        "decision": None,
        "due_on": one.answer["clocks"][0]["due_on"],
    }
    one.step(SUPERIOR, "decision", decision("uphold"))
    decided = newest(one, "bppd-ppid", LIST)
    assert (decided["stage"], decided["decision"], decided["due_on"]) == (
        "decided",
        "uphold",
        None,
    )


def test_a_line_of_the_register_goes_from_filing_to_the_dispute(counter: OpenCounter):
    one = Contest(contest.refused_letter(counter, BPPD))
    filed = newest(one, "bppd-ppid", REGISTER)
    said = ("decision", "reason", "answered_on", "letter_number", "superior")
    assert [filed[name] for name in said] == [None] * len(said)
    one.step(SUPERIOR, "decision", decision("uphold", letter_number="000.8/9/OR"))
    one.step("ppid", "dispute", dispute())

    found = newest(one, "bppd-ppid", REGISTER)

    today = in_kupang(0).isoformat()
    assert found == {
        "filed_on": today,
        "name": forms.WRITER,
        "address": forms.ADDRESS,
        "contact": forms.VISITOR_PHONE,
        "by": "requester",
        "registration_number": one.case.answer["registration_number"],
        "information_requested": f"{forms.SUBJECT}\n1. {forms.ITEM}",
        "purpose": None,
        "ground": "a",
        "decision": "uphold",
        "reason": "informasi itu telah diumumkan",
        "answered_on": today,
        "letter_number": "000.8/9/OR",
        "superior": SUPERIOR,
        "superior_name": f"Pejabat {SUPERIOR}",
        "superior_position": "ppid_superior",
        "superior_for": None,
        "disputed_on": today,
        "commission_number": "003/KI-NTT/2026",
        "commission_status": "diregistrasi",
        "commission_result": None,
        "objection": one.answer["objection"],
        "case": one.answer["case"],
        "agency": BPPD,
        "stage": "disputed",
        "not_shown": [],
    }


@pytest.mark.parametrize(
    ("by", "hidden"),
    [
        ("bppd-agendaris", ()),
        ("bppd-analis", ()),
        ("bppd-kabid", ()),
        ("bppd-analis-lain", ("name", "address", "contact")),
        ("bppd-kabid-lain", ("name", "address", "contact")),
        ("pengawas", ("name", "address", "contact")),
        (
            "bppd-pelapor",
            (
                *("name", "address", "contact", "information_requested", "purpose"),
                *("reason", "commission_result"),
            ),
        ),
    ],
)
def test_who_objects_and_what_was_asked_is_shown_as_in_the_case(
    counter: OpenCounter, by: str, hidden: tuple[str, ...]
):
    one = Contest(contest.refused_letter(counter, BPPD))
    one.step(SUPERIOR, "decision", decision("uphold"))
    one.step("ppid", "dispute", dispute(status="putusan", result="permohonan ditolak"))
    whole = newest(one, "bppd-ppid", REGISTER)
    assert whole["reason"] is not None
    assert whole["commission_result"] is not None

    found = newest(one, by, REGISTER)

    assert found == whole | dict.fromkeys(hidden) | {"not_shown": list(hidden)}


@both
def test_who_may_list_nothing_lists_no_objections(counter: OpenCounter, path: str):
    assert books.refusal(counter["bppd-admin"], path) == (403, "forbidden")


@both
def test_nobody_lists_another_agencys_objections(counter: OpenCounter, path: str):
    one = Contest(contest.refused_visit(counter, BIRO))
    of = {"after_position": one.answer["position"], "limit": 200}
    for more in ({}, {"agency": BIRO}):
        found = books.whole(counter["bppd-ppid"], path, **of, **more)
        assert one.answer["objection"] not in [each["objection"] for each in found]
    assert newest(one, "sekda", path, agency=BIRO)


@both
def test_filters_leave_out_what_does_not_fit(counter: OpenCounter, path: str):
    one = Contest(contest.refused_visit(counter, BPPD), "d")
    one.step(SUPERIOR, "decision", decision("grant"))
    assert newest(one, "bppd-ppid", path, ground="d", decision="grant")
    of = {"after_position": one.answer["position"], "limit": 200}
    for other in ({"ground": "c"}, {"decision": "uphold"}):
        found = books.whole(counter["bppd-ppid"], path, **of, **other)
        assert one.answer["objection"] not in [each["objection"] for each in found]


def test_the_list_knows_what_is_owed_and_the_register_its_days(counter: OpenCounter):
    one = Contest(contest.refused_visit(counter, BPPD))
    assert newest(one, "bppd-ppid", LIST, overdue="false", stage="filed")
    of = {"after_position": one.answer["position"], "limit": 200}
    ppid, tomorrow = counter["bppd-ppid"], in_kupang(1).isoformat()
    for path, other in (
        (LIST, {"overdue": "true"}),
        (LIST, {"stage": "decided"}),
        (REGISTER, {"from": tomorrow}),
    ):
        found = books.whole(ppid, path, **of, **other)
        assert one.answer["objection"] not in [each["objection"] for each in found]


def test_the_file_holds_the_same_lines(counter: OpenCounter):
    one = Contest(contest.refused_visit(counter, BPPD))
    of = {"after_position": one.answer["position"]}
    lines = books.whole(counter["bppd-ppid"], REGISTER, limit=1, **of)
    file = books.as_csv(counter["bppd-ppid"], REGISTER, **of)
    assert file == [books.cells(each) for each in lines]
    assert lines


@both
@pytest.mark.parametrize("query", [{"after": "x"}, {"agency": "x"}, {"ground": "h"}])
def test_what_cannot_be_understood_is_refused(
    counter: OpenCounter, path: str, query: dict[str, str | int]
):
    told = books.refusal(counter["bppd-ppid"], path, **query)
    assert told == (422, "invalid-query")
