"""What is put right of a person: looked at as at the door, and no card among it."""

from collections.abc import Iterator

import pytest

from tests import house
from tests.interfaces.http import life
from tests.interfaces.http.forms import Form
from tests.interfaces.http.subjects import DPO, PLACES, WISH, Asked, answered, person_of
from tests.open_counter import OpenCounter, open_counter


@pytest.fixture(scope="module")
def counter(
    server_url: str, template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OpenCounter]:
    with (
        house.fresh(server_url, of=template) as url,
        open_counter(url, tmp_path_factory.mktemp("data"), PLACES) as opened,
    ):
        yield opened


def granted(case: life.Life) -> Asked:
    asked = Asked(case.counter, person_of(case), "correction", "bo-ppid")
    return asked.step("decision")


def correction(**requester: object) -> Form:
    return {"how": "surat", "requester": requester}


def test_a_nik_that_looks_wrong_is_put_right_with_warnings(counter: OpenCounter):
    asked = granted(life.letter(counter))
    answer = asked.post(DPO, "correction", correction(nik="53"))
    assert answer.status_code == 200, answer.text
    assert answer.json()["warnings"] == [
        {"code": "nik-not-sixteen-digits", "pointer": "/requester/nik"}
    ]


def test_a_sound_correction_warns_of_nothing(counter: OpenCounter):
    asked = granted(life.letter(counter))
    answer = asked.post(DPO, "correction", correction(phone="081300001111"))
    assert answer.status_code == 200, answer.text
    assert "warnings" not in answer.json()


def test_a_card_is_nothing_that_is_put_right(counter: OpenCounter):
    asked = granted(life.letter(counter))
    card = {"kind": "ktp", "deposited": True}
    answer = asked.post(DPO, "correction", correction(identity=card))
    assert (answer.status_code, answer.json()["code"]) == (422, "unknown-field")


def test_of_a_visitors_new_nik_the_last_four_digits_are_kept(counter: OpenCounter):
    case = answered(counter)
    asked = granted(case)
    asked.step("correction", correction(nik="5371014107851234"))
    Asked(counter, asked.person, "access", "bo-ppid")
    export = counter[DPO].get(f"/v1/persons/{asked.person}").json()
    told = [one["identity"]["nik"] for one in export["records"] if one["identity"]]
    assert told == ["************1234"]


def test_who_takes_a_request_in_may_look_how_it_stands(counter: OpenCounter):
    person = person_of(life.letter(counter))
    desk = counter["bo-agendaris"]
    wish = {"kind": "access", "how": "surat", "words": WISH}
    made = desk.post(f"/v1/persons/{person}/requests", wish)

    shown = desk.get(made.headers["location"])

    assert (shown.status_code, shown.json()["words"]) == (200, None)
    assert WISH not in shown.text
    assert counter["bo-analis"].get(made.headers["location"]).status_code == 403
