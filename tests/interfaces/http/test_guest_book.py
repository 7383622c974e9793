"""The guest book: who came, and whose identity card reception holds."""

import psycopg
import pytest

from tests.interfaces.http import books, forms, life
from tests.interfaces.http.acting import in_kupang
from tests.interfaces.http.forms import Form
from tests.interfaces.http.life import Life
from tests.open_counter import OpenCounter
from tests.staff import BIRO, BPPD

pytestmark = pytest.mark.usefixtures("projecting")

BOOK = "/v1/registers/guests"
PERSON = ("name", "institution", "phone", "address")


def visitor(case: Life, by: str = "bppd-penerima-tamu", **query: str | int) -> Form:
    """The case's line in a book that is up to date."""
    [found] = visitors(case, by, **query)
    return found


def visitors(case: Life, by: str, **query: str | int) -> list[Form]:
    of = {"after_position": case.answer["position"], "limit": 200} | query
    found = books.whole(case.counter[by], BOOK, **of)
    return [each for each in found if each["case"] == case.answer["case"]]


def test_a_visitor_with_a_case_stands_there_with_his_card(counter: OpenCounter):
    case = life.directed(counter, BPPD)

    found = visitor(case)

    came = found.pop("came_at")
    assert came.startswith(in_kupang(0).isoformat())
    assert found == {
        "name": forms.VISITOR,
        "institution": None,
        "phone": forms.VISITOR_PHONE,
        "address": None,
        "purpose": forms.PURPOSE,
        "met": "bppd-analis",
        "visit_outcome": None,
        "case_outcome": None,
        "card_kind": "ktp",
        "card_deposited_at": came,
        "card_returned_at": None,
        "card_returned_to": None,
        "visit": None,
        "case": case.answer["case"],
        "registration_number": case.answer["registration_number"],
        "agency": BPPD,
        "not_shown": [],
    }


def test_cards_held_now_are_listed_until_they_are_given_back(counter: OpenCounter):
    case = life.directed(counter, BPPD).step("analis", "delivery", {"how": "oral"})
    by = "bppd-penerima-tamu"
    assert visitors(case, by, held="true")
    assert not visitors(case, by, held="false")

    case.step("penerima-tamu", "identity-return", {"to": "proxy"})

    assert not visitors(case, by, held="true")
    [found] = visitors(case, by, held="false")
    assert found["card_returned_to"] == "proxy"
    assert found["card_returned_at"] >= found["card_deposited_at"]
    assert found["case_outcome"] == "granted"


def test_who_left_no_card_holds_none(counter: OpenCounter):
    who = {"name": forms.VISITOR, "identity": {"kind": "sim", "deposited": False}}
    case = life.visit(counter, BPPD, requester=who)

    assert visitor(case, held="false")["card_kind"] is None


def test_a_visit_that_made_no_case_stands_there_too(counter: OpenCounter):
    made = counter["bppd-penerima-tamu"].post("/v1/visits", forms.guest(BPPD)).json()
    of = {"after_position": made["position"], "limit": 1}

    [found] = books.page(counter["bppd-penerima-tamu"], BOOK, **of)["items"]

    assert found.pop("came_at").startswith(in_kupang(0).isoformat())
    assert found == {
        "name": forms.VISITOR,
        "institution": "Universitas Uji",
        "phone": None,
        "address": None,
        "purpose": forms.PURPOSE,
        "met": None,
        "visit_outcome": "advice_only",
        "case_outcome": None,
        "card_kind": None,
        "card_deposited_at": None,
        "card_returned_at": None,
        "card_returned_to": None,
        "visit": made["visit"],
        "case": None,
        "registration_number": None,
        "agency": BPPD,
        "not_shown": [],
    }
    # Nobody is assigned to such a visit, nor over whoever answers.
    for by in ("bppd-analis", "bppd-kabid", "pengawas"):
        [shown] = books.page(counter[by], BOOK, **of)["items"]
        assert [shown[name] for name in PERSON] == [None] * 4
        assert (shown["purpose"], shown["not_shown"]) == (forms.PURPOSE, list(PERSON))
    [reported] = books.page(counter["bppd-pelapor"], BOOK, **of)["items"]
    assert reported["not_shown"] == [*PERSON, "purpose"]
    assert (reported["name"], reported["purpose"]) == (None, None)


@pytest.mark.parametrize(
    ("by", "hidden"),
    [
        ("bppd-analis", ()),
        ("bppd-kabid", ()),
        ("bppd-analis-lain", PERSON),
        ("pengawas", PERSON),
        ("bppd-pelapor", (*PERSON, "purpose")),
    ],
)
def test_a_visitor_is_shown_as_in_his_case(
    counter: OpenCounter, by: str, hidden: tuple[str, ...]
):
    case = life.directed(counter, BPPD)
    whole = visitor(case)

    found = visitor(case, by)

    assert found == whole | dict.fromkeys(hidden) | {"not_shown": list(hidden)}


def test_only_who_may_list_reads_the_book_and_only_his_agencys(counter: OpenCounter):
    assert books.refusal(counter["bppd-admin"], BOOK) == (403, "forbidden")
    case = life.visit(counter, BIRO)
    assert not visitors(case, "bppd-penerima-tamu")
    assert not visitors(case, "bppd-penerima-tamu", agency=BIRO)
    assert visitors(case, "bo-penerima-tamu")


def test_pages_and_the_file_hold_every_line_once(counter: OpenCounter):
    for _ in range(3):
        case = life.visit(counter, BPPD)
    caller, of = counter["bppd-ppid"], {"after_position": case.answer["position"]}

    at_once = books.whole(caller, BOOK, limit=200, **of)

    assert books.whole(caller, BOOK, limit=2, **of) == at_once
    assert books.as_csv(caller, BOOK, **of) == [books.cells(one) for one in at_once]
    came = [each["came_at"] for each in at_once]
    assert came == sorted(came, reverse=True)
    assert at_once[0]["case"] == case.answer["case"]


@pytest.mark.parametrize("query", [{"after": "x"}, {"agency": "x"}, {"held": "ya"}])
def test_what_cannot_be_understood_is_refused(
    counter: OpenCounter, query: dict[str, str | int]
):
    told = books.refusal(counter["bppd-ppid"], BOOK, **query)
    assert told == (422, "invalid-query")


def test_the_book_leaves_readings_of_what_it_shows_alone(counter: OpenCounter):
    body = forms.visit(BPPD)
    del body["visit_purpose"]
    answer = counter["bppd-penerima-tamu"].post("/v1/cases", body).json()
    of = {"after_position": answer["position"], "limit": 1}

    read = counter["bppd-penerima-tamu"].get(BOOK, **of)

    [shown] = read.json()["items"]
    assert (shown["case"], shown["purpose"]) == (answer["case"], None)
    with psycopg.connect(counter.database_url) as connection:
        kept = connection.execute(
            "select fields from readings where request_id = %s",
            (read.headers["x-request-id"],),
        ).fetchall()
    assert [sorted(fields) for (fields,) in kept] == [["name", "phone"]]


def test_a_visit_without_a_case_tells_whose_data_it_keeps(counter: OpenCounter):
    made = counter["bppd-penerima-tamu"].post("/v1/visits", forms.guest(BPPD))
    path = made.headers["location"]

    read = counter["bppd-penerima-tamu"].get(path)

    shown = read.json()
    assert (shown["name"], shown["institution"]) == (forms.VISITOR, "Universitas Uji")
    assert (shown["visit_purpose"], shown["not_shown"]) == (forms.PURPOSE, [])
    with psycopg.connect(counter.database_url) as connection:
        kept = connection.execute(
            "select person::text, kind, fields from readings where request_id = %s",
            (read.headers["x-request-id"],),
        ).fetchall()
    assert {(person, kind) for person, kind, _ in kept} == {(shown["person"], "visit")}
    told = {field for _, _, fields in kept for field in fields}
    assert told == {"name", "institution", "visit_purpose"}
    hidden = counter["bppd-analis"].get(path).json()
    assert [hidden[one] for one in ("person", "name", "institution")] == [None] * 3
    assert hidden["not_shown"] == ["person", "name", "institution"]
    assert hidden["visit_purpose"] == forms.PURPOSE
    reporter = counter["bppd-pelapor"].get(path).json()
    assert reporter["visit_purpose"] is None
