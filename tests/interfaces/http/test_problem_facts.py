"""What people read of a refusal: words of their language, times of their zone."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from domain.values import HoldGround, NoticeTo
from interfaces.http import problem_facts
from interfaces.http.problem_facts import WORDS, Language
from tests.interfaces.http import life, subjects
from tests.open_counter import OpenCounter

UNTIL = datetime(2026, 3, 31, 16, tzinfo=UTC)
UNKNOWN = SimpleNamespace(scope={})
"""A request of nobody known."""


@pytest.mark.parametrize(
    ("language", "grounds", "until"),
    [
        ("en", "a request is not closed, the annual report", "not known yet"),
        ("id", "permohonan belum selesai, laporan tahunan", "belum dapat ditentukan"),
    ],
)
def test_codes_are_told_in_words(language: Language, grounds: str, until: str):
    told = {"grounds": ("case_open", "annual_report"), "until": None, "stage": None}
    said = problem_facts.facts(UNKNOWN, told, language)  # type: ignore[arg-type]
    assert (said["grounds"], said["until"], said["stage"]) == (grounds, until, "-")
    assert said["nobody"] == "-"


def test_every_code_has_its_words():
    assert set(WORDS["grounds"]) == set(HoldGround)
    assert set(WORDS["untold"]) == set(NoticeTo)


def test_what_has_no_words_is_told_as_it_is():
    told = {"ends_on": date(2031, 1, 2), "allowed": (), "until": UNTIL, "n": 0}
    said = problem_facts.facts(UNKNOWN, told, "en")  # type: ignore[arg-type]
    assert said == {
        "ends_on": "2031-01-02",
        "allowed": "-",
        "until": "2026-03-31 16:00+00:00",
        "n": "0",
    }


def test_a_proxys_wish_is_refused_in_words_of_its_own(counter: OpenCounter):
    path = f"/v1/persons/{subjects.person_of(life.visit(counter))}/requests"
    wish = {"kind": "access", "how": "surat", "by": "proxy"}

    answer = counter["bo-agendaris"].post(path, wish)

    assert answer.status_code == 409, answer.text
    problem = answer.json()
    assert problem["code"] == "power-of-attorney-missing"
    assert "objects" not in problem["detail"]
    assert "keberatan" not in problem["detail_id"]
