"""A request goes on elsewhere: with another body, with us, or as a letter."""

from uuid import uuid4

import psycopg
import pytest

from tests.interfaces.http import forms, life
from tests.interfaces.http.forms import Form
from tests.interfaces.http.shapes import instant
from tests.open_counter import OpenCounter
from tests.staff import BIRO, BPPD

AWAY: Form = {"holder": "BPS Provinsi NTT", "notice": "Surat pelimpahan 7"}
TO_BIRO: Form = {"to_agency": BIRO, "notice": "Surat pelimpahan 8"}
TO_BPPD: Form = {"to_agency": BPPD, "notice": "Surat pelimpahan 9"}
CONVERT: Form = {"reason": "perlu dihimpun dari 40 perangkat daerah"}


def clocks_of(file: Form) -> dict[str, Form]:
    return {clock["clock"]: clock for clock in file["clocks"]}


def numbers(counter: OpenCounter, agency: str) -> list[int]:
    """Every serial that the agency has given so far, in order."""
    with psycopg.connect(counter.database_url) as connection:
        found = connection.execute(
            "select convert_from(state, 'utf8')::json ->> 'registration_number'"
            " from register where topic = 'received'"
            " and metadata ->> 'agency' = %s order by notification_id",
            (agency,),
        ).fetchall()
    return [int(number.rpartition("-")[2]) for (number,) in found]


def test_at_another_body_the_request_ends_for_us(counter: OpenCounter):
    case = life.letter(counter, BPPD)
    case.step("kepala", "transfer", AWAY)
    assert (case.stage, case.answer["outcome"]) == ("transferred", "transferred")
    head = counter[case.official("kepala")]
    file = head.get(case.path).json()
    assert file["origin"] is None
    assert "new_case" not in file
    (_, passed) = head.get(f"{case.path}/history").json()["items"]
    assert passed["data"]["holder"] == AWAY["holder"]
    assert case.step("agendaris", "closing", {}).stage == "closed"


def test_at_one_of_ours_it_opens_a_letter_case_with_clocks_of_its_own(
    counter: OpenCounter,
):
    case = life.letter(counter, BPPD)
    case.step("kepala", "transfer", TO_BIRO, "new_case")
    assert {clock["state"] for clock in case.answer["clocks"]} == {"stopped"}
    new = f"/v1/cases/{case.answer['new_case']}"
    there = counter["bo-agendaris"].get(new)
    assert there.status_code == 200
    file = there.json()
    assert (file["stage"], file["channel"], file["agency"]) == (
        "received",
        "letter",
        BIRO,
    )
    assert (file["version"], file["origin"]) == (1, case.answer["case"])
    assert file["registration_number"].startswith("BO-")
    assert file["requester"]["name"] == forms.WRITER
    assert file["requester"]["phone"] == forms.VISITOR_PHONE
    assert (file["subject"], file["items"][0]["text"]) == (forms.SUBJECT, forms.ITEM)
    history = counter["bo-agendaris"].get(f"{new}/history").json()["items"]
    assert [item["type"] for item in history] == ["received"]
    assert history[0]["data"]["origin"] == case.answer["case"]
    for clock in clocks_of(file).values():
        assert instant(clock["starts_at"]) == instant(history[0]["occurred_at"])
    old = counter["bppd-kepala"].get(case.path).json()
    assert old["new_case"] == case.answer["new_case"]


def test_the_new_case_is_answered_by_its_own_agency(counter: OpenCounter):
    old = life.letter(counter, BIRO).step("kepala", "transfer", TO_BPPD, "new_case")
    path = f"/v1/cases/{old.answer['new_case']}"
    to = forms.disposition("bppd-analis")
    done = counter["bppd-kepala"].post(f"{path}/disposition", to, 1)
    assert done.status_code == 200, done.text
    draft = forms.draft()
    assert counter["bppd-analis"].post(f"{path}/draft", draft, 2).is_success
    own = {"draft": 1, "capacity": "own"}
    for n, seat in enumerate(("kasubid", "kabid", "kepala"), start=3):
        done = counter[f"bppd-{seat}"].post(f"{path}/approval", own, n)
        assert done.status_code == 200, done.text
    sent = counter["bppd-agendaris"].post(f"{path}/delivery", {"how": "post"}, 6)
    assert sent.json()["stage"] == "delivered"


def test_what_was_passed_on_is_not_opened_again_here(counter: OpenCounter):
    case = life.disposed(counter, BPPD)
    case.step("kepala", "transfer", TO_BIRO, "new_case")
    case.step("agendaris", "closing", {})
    head = counter[case.official("kepala")]
    assert "reopening" not in head.get(case.path).json()["actions"]
    again = case.refused("kepala", "reopening", {"reason": "keliru"})
    assert again == (409, "wrong-stage")


def test_neither_agency_reads_the_other_s_case(counter: OpenCounter):
    case = life.letter(counter, BPPD).step("kepala", "transfer", TO_BIRO, "new_case")
    new = f"/v1/cases/{case.answer['new_case']}"
    for path, seat in ((new, "bppd-kepala"), (case.path, "bo-kepala")):
        for each in (path, f"{path}/history"):
            answer = counter[seat].get(each)
            assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
        answer = counter[seat].post(f"{path}/closing", {}, 2)
        assert answer.status_code == 403


@pytest.mark.parametrize("make", [life.visit, life.directed, life.letter, life.report])
def test_every_channel_s_requests_are_passed_on(counter: OpenCounter, make):
    case = make(counter, BPPD)
    case.step("kepala", "transfer", TO_BIRO, "new_case")
    new = counter["bo-agendaris"].get(f"/v1/cases/{case.answer['new_case']}").json()
    assert (new["channel"], new["stage"]) == ("letter", "received")
    assert new["id_card"] is None


def test_an_anonymous_reporter_stays_unnamed_wherever_the_report_goes(
    counter: OpenCounter,
):
    anonymous = forms.lapor(anonymous=True, confidential=True)
    case = life.report(counter, BPPD, lapor=anonymous)
    case.step("kepala", "transfer", TO_BIRO, "new_case")
    new = case.answer["new_case"]
    for seat in ("bo-agendaris", "bo-kepala", "bo-ppid", "bo-penerima-tamu"):
        seen = counter[seat].get(f"/v1/cases/{new}").json()
        assert (seen["requester"], seen["subject"]) == (None, forms.SUBJECT)
    with psycopg.connect(counter.database_url) as connection:
        sealed = connection.execute(
            "select field from sealed where record = %s", (new,)
        ).fetchall()
    assert sealed == [("words",)]


def test_what_completed_the_requester_goes_along(counter: OpenCounter):
    bare = {"requester": {"name": None, "address": None}}
    case = life.report(counter, BPPD, **bare)
    told = {"name": forms.REPORTER, "phone": "081311112222"}
    body = {"received": [], "requester": told}
    case.step("penghubung", "completion", body, "missing")
    case.step("kepala", "transfer", TO_BIRO, "new_case")
    new = counter["bo-agendaris"].get(f"/v1/cases/{case.answer['new_case']}").json()
    assert new["requester"]["name"] == forms.REPORTER
    assert new["requester"]["phone"] == "081311112222"


def test_of_an_erased_person_nothing_goes_along(counter: OpenCounter):
    case = life.letter(counter, BPPD)
    with psycopg.connect(counter.database_url) as connection:
        connection.execute(
            "update persons set wrapped_key = null, erased_at = now() where person ="
            " (select person from sealed where record = %s limit 1)",
            (case.answer["case"],),
        )
    case.step("kepala", "transfer", TO_BIRO, "new_case")
    new = counter["bo-agendaris"].get(f"/v1/cases/{case.answer['new_case']}").json()
    assert (new["requester"], new["subject"]) == (None, None)
    assert new["origin"] == case.answer["case"]


def test_the_regional_secretary_passes_on_what_is_addressed_to_him(
    counter: OpenCounter,
):
    case = life.letter(counter, BIRO)
    assert case.step("sekda", "transfer", AWAY).stage == "transferred"
    to_head = {"addressee": "agency_head", "evidence": ["identity_copy"]}
    other = life.letter(counter, BIRO, letter=to_head)
    status, _ = other.refused("sekda", "transfer", AWAY)
    assert status == 409


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"notice": "Surat"}, 422, "invalid-body"),
        (AWAY | TO_BIRO, 422, "invalid-body"),
        ({"holder": "BPS"}, 422, "invalid-body"),
        ({"to_agency": "tiada", "notice": "Surat"}, 422, "unknown-agency"),
        (TO_BPPD, 409, "same-agency"),
        (TO_BIRO | {"extra": 1}, 422, "unknown-field"),
    ],
)
def test_what_is_wrong_with_a_transfer_changes_nothing(
    counter: OpenCounter, body: Form, status: int, code: str
):
    case = life.letter(counter, BPPD)
    before = numbers(counter, BIRO), numbers(counter, BPPD)
    assert case.refused("kepala", "transfer", body) == (status, code)
    assert counter["bppd-kepala"].get(case.path).json()["version"] == 1
    assert (numbers(counter, BIRO), numbers(counter, BPPD)) == before


def test_what_is_being_drafted_stays(counter: OpenCounter):
    case = life.disposed(counter, BPPD)
    case.step("analis", "draft", forms.draft(), "draft")
    assert case.refused("kepala", "transfer", TO_BIRO) == (409, "wrong-stage")


@pytest.mark.parametrize("seat", ["agendaris", "analis", "kabid", "sekda"])
def test_who_is_no_head_passes_nothing_on(counter: OpenCounter, seat: str):
    case = life.report(counter, BPPD)
    assert case.refused(seat, "transfer", TO_BIRO) == (403, "forbidden")


@pytest.mark.parametrize("seat", ["bo-kepala", "bo-agendaris"])
def test_another_agency_s_case_is_passed_on_by_nobody(counter: OpenCounter, seat: str):
    case = life.letter(counter, BPPD)
    answer = counter[seat].post(f"{case.path}/transfer", TO_BIRO, 1)
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
    assert counter["bppd-kepala"].get(case.path).json()["version"] == 1


def test_a_case_that_is_not_there_is_not_passed_on(counter: OpenCounter):
    path = f"/v1/cases/{uuid4()}/transfer"
    answer = counter["bppd-kepala"].post(path, TO_BIRO, 1)
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown-case")


@pytest.mark.parametrize(
    ("version", "status"), [(None, 428), (7, 412), ("*", 412)], ids=str
)
def test_a_transfer_needs_the_version_that_was_looked_at(
    counter: OpenCounter, version: int | str | None, status: int
):
    case = life.letter(counter, BPPD)
    head = counter["bppd-kepala"]
    answer = head.post(f"{case.path}/transfer", TO_BIRO, version)
    assert answer.status_code == status


def test_sent_again_under_its_key_it_opens_no_second_case(counter: OpenCounter):
    case = life.letter(counter, BPPD)
    head, key = counter["bppd-kepala"], f"kunci {uuid4()}"
    first = head.post(f"{case.path}/transfer", TO_BIRO, 1, key=key)
    again = head.post(f"{case.path}/transfer", TO_BIRO, 1, key=key)
    assert first.status_code == 200
    assert again.content == first.content
    assert again.headers["idempotency-replayed"] == "true"
    assert head.post(f"{case.path}/transfer", TO_BIRO, 2).status_code == 409


def test_numbers_stay_without_gaps_whatever_is_refused_or_sent_again(
    counter: OpenCounter,
):
    for to, agency in ((TO_BIRO, BPPD), (TO_BPPD, BIRO)):
        case = life.letter(counter, agency)
        case.refused("kepala", "transfer", TO_BPPD if agency == BPPD else TO_BIRO)
        case.step("kepala", "transfer", to, "new_case")
        case.refused("kepala", "transfer", to)
    life.directed(counter, BPPD).step("analis", "conversion", CONVERT, "new_case")
    for agency in (BIRO, BPPD):
        given = numbers(counter, agency)
        assert given == list(range(1, len(given) + 1))


def test_a_visit_goes_on_as_a_letter_and_the_card_goes_back(counter: OpenCounter):
    case = life.directed(counter)
    case.step("analis", "conversion", CONVERT, "new_case")
    assert (case.stage, case.answer["outcome"]) == ("converted", None)
    desk = counter[case.official("agendaris")]
    new = desk.get(f"/v1/cases/{case.answer['new_case']}").json()
    assert (new["channel"], new["stage"], new["agency"]) == ("letter", "received", BIRO)
    assert new["origin"] == case.answer["case"]
    assert new["registration_number"] != case.answer["registration_number"]
    assert new["requester"]["name"] == forms.VISITOR
    assert new["items"][0]["text"] == forms.ITEM
    assert new["whose_turn"] == "agency_head"
    assert set(clocks_of(new)) == {"standard", "statute"}
    assert case.refused("penerima-tamu", "closing", {}) == (409, "id-card-held")
    case.step("penerima-tamu", "identity-return", {"to": "visitor"})
    assert case.step("penerima-tamu", "closing", {}).stage == "closed"


def test_only_the_assigned_official_converts_a_visit(counter: OpenCounter):
    case = life.directed(counter)
    assert case.refused("analis-lain", "conversion", CONVERT) == (
        409,
        "not-the-assigned-official",
    )
    assert case.refused("penerima-tamu", "conversion", CONVERT) == (403, "forbidden")
    assert case.refused("analis", "conversion", {}) == (422, "invalid-body")
    assert counter["bo-kepala"].get(case.path).json()["version"] == case.version


def test_a_letter_is_not_converted(counter: OpenCounter):
    case = life.disposed(counter)
    assert case.refused("analis", "conversion", CONVERT) == (409, "wrong-channel")
