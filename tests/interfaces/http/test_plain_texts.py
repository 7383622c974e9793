"""A text that names the requester is refused, and tells nobody whose case it is."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import psycopg
import pytest

from tests import house
from tests.interfaces.http import forms, life
from tests.interfaces.http.forms import Form
from tests.open_counter import Caller, OpenCounter, open_counter
from tests.staff import BPPD

NAMED = f"Sudah ditanyakan kepada {forms.WRITER.upper()} lewat telepon"


def refusal(caller: Caller, path: str, body: Form, version: int) -> tuple[str, str]:
    answer = caller.post(path, body, version)
    problem = answer.json()
    assert answer.status_code == 422, answer.text
    assert forms.WRITER.casefold() not in answer.text.casefold()
    [place] = problem["errors"]
    assert "can never be erased" in place["detail"]
    return problem["code"], place["pointer"]


@pytest.mark.parametrize(
    ("other", "pointer"),
    [
        ({"note": NAMED}, "/note"),
        ({"instructions": ["Untuk dijawab", NAMED]}, "/instructions/1"),
        ({"note": "hubungi 0812-9999-8888"}, "/note"),
        ({"late_reason": f"menunggu {forms.VISITOR_PHONE}"}, "/late_reason"),
        ({"note": "NIK 5371995203900001"}, "/note"),
        ({"note": "dikirim ke maksi@contoh.example"}, "/note"),
    ],
)
def test_what_names_somebody_is_refused_and_changes_nothing(
    counter: OpenCounter, other: Form, pointer: str
):
    case = life.letter(counter)
    body = forms.disposition(case.official("analis")) | other
    path = f"{case.path}/disposition"

    told = refusal(counter["bo-kepala"], path, body, case.version)

    assert told == ("personal-data-in-text", pointer)
    assert counter["bo-kepala"].get(case.path).json()["version"] == case.version
    ordinary = body | {"note": "Surat 000.8.3.3/15/OR, BO-2026-00012"}
    ordinary |= {"instructions": [], "late_reason": None}
    case.step("kepala", "disposition", ordinary)


def test_who_may_not_act_learns_nothing_of_whose_case_it_is(counter: OpenCounter):
    case = life.letter(counter)
    path = f"{case.path}/disposition"
    for seat in ("bo-analis", "bo-pelapor", "bppd-kepala", "bo-penerima-tamu"):
        told = set()
        for name in (forms.WRITER, "Siapa Saja"):
            body = forms.disposition("bo-analis", note=f"dari {name}")
            if seat == "bppd-kepala":
                body["to"] = "bppd-analis"
            answer = counter[seat].post(path, body, case.version)
            told.add((answer.status_code, answer.json()["code"]))
        assert told == {(403, "forbidden")}, seat


def test_that_somebody_is_named_is_told_last(counter: OpenCounter):
    case = life.letter(counter)
    body = forms.disposition(case.official("analis"), note=NAMED)
    path = f"{case.path}/disposition"

    def told(seat: str, word: str, form: Form, version: int) -> tuple[int, str]:
        answer = counter[seat].post(f"{case.path}/{word}", form, version)
        return answer.status_code, answer.json()["code"]

    assert told("bo-analis", "disposition", body, 1) == (403, "forbidden")
    assert told("bo-kepala", "disposition", body, 7) == (412, "version-stale")
    early = told("bo-kepala", "reopening", {"reason": NAMED}, 1)
    assert early == (409, "wrong-stage")
    assert refusal(counter["bo-kepala"], path, body, 1)[0] == "personal-data-in-text"


def sealed_and_clear() -> Iterator[tuple[Form, str, str]]:
    requester = {"name": forms.WRITER, "phone": forms.VISITOR_PHONE}
    yield (
        forms.letter(requester=requester, note=f"dari {forms.WRITER}"),
        "cases",
        "/note",
    )
    yield forms.guest(note=f"tamu {forms.VISITOR} lagi"), "visits", "/note"
    about = forms.complaint(category=f"keluhan {forms.COMPLAINANT}")
    yield about, "complaints", "/category"
    yield about | {"anonymous": True}, "complaints", "/category"


@pytest.mark.parametrize(("body", "path", "pointer"), list(sealed_and_clear()))
def test_who_comes_is_named_where_it_is_sealed_and_nowhere_else(
    counter: OpenCounter, body: Form, path: str, pointer: str
):
    seat = {"cases": "bo-agendaris", "visits": "bo-penerima-tamu"}
    caller = counter[seat.get(path, "bo-pengaduan")]

    answer = caller.post(f"/v1/{path}", body)

    assert answer.status_code == 422, answer.text
    problem = answer.json()
    assert problem["code"] == "personal-data-in-text"
    assert problem["errors"][0]["pointer"] == pointer


LEDE = "Yohana Tefa Lede"
BROKEN = """
update sealed
   set ciphertext = set_byte(ciphertext, 20, get_byte(ciphertext, 20) # 1)
 where record = %s
   and field = 'identity'
"""


def test_who_tells_of_himself_later_is_not_named_beside_it(counter: OpenCounter):
    case = life.report(counter, BPPD, requester={"name": None, "address": None})
    told = {"name": LEDE, "address": "Jalan Timor Raya 3 Oesapa"}
    body = {"received": [], "requester": told}
    path, caller = f"{case.path}/completion", counter["bppd-penghubung"]

    answer = caller.post(path, body | {"note": f"{LEDE} menelepon"}, case.version)

    assert named(answer) == "/note"
    case.step("penghubung", "completion", body | {"note": "pelapor menelepon"})
    assert LEDE not in counter["bppd-kepala"].get(f"{case.path}/history").text


def test_who_takes_something_for_another_is_not_named_beside_it(counter: OpenCounter):
    case = life.visit(counter)
    body = {"to": LEDE, "note": f"kartu diambil {LEDE}"}
    path = f"{case.path}/identity-return"

    answer = counter["bo-penerima-tamu"].post(path, body, case.version)

    assert named(answer) == "/note"


@pytest.mark.parametrize(
    ("to", "note"),
    [
        ("pemohon", "kartu diserahkan kepada Pemohon langsung"),
        ("Kurir", "Kurir datang pukul sembilan"),
        ("istri pemohon", "diambil istri pemohon"),
    ],
)
def test_who_takes_something_may_be_called_by_what_he_is(
    counter: OpenCounter, to: str, note: str
):
    case = life.visit(counter)
    case.step("penerima-tamu", "identity-return", {"to": to, "note": note})
    assert note in counter["bo-kepala"].get(f"{case.path}/history").text


def named(answer: httpx.Response) -> str:
    """Where in the body; nothing of it is told again."""
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (422, "personal-data-in-text")
    assert LEDE not in answer.text
    return str(problem["errors"][0]["pointer"])


def test_where_nobody_can_tell_whom_a_text_names_it_is_refused(
    server_url: str, template: str, tmp_path: Path
):
    with (
        house.fresh(server_url, of=template) as url,
        open_counter(url, tmp_path) as counter,
    ):
        case, other = life.letter(counter), life.letter(counter)
        with psycopg.connect(url) as connection:
            connection.execute(BROKEN, (case.answer["case"],))
        body = forms.disposition(case.official("analis"), note="segera dijawab saja")

        refused = case.refused("kepala", "disposition", body)

        assert refused == (500, "sealed-unreadable")
        other.step("kepala", "disposition", body)
        case.step("kepala", "disposition", body | {"note": None, "instructions": []})


def test_a_complaint_about_a_case_names_nobody_who_asked_there(counter: OpenCounter):
    case = life.letter(counter)
    form = forms.complaint(case=case.answer["case"], category=f"surat {forms.WRITER}")

    answer = counter["bo-pengaduan"].post("/v1/complaints", form)

    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (422, "personal-data-in-text")
    assert problem["errors"][0]["pointer"] == "/category"


def test_without_the_guard_the_name_would_stand_in_the_register(
    counter: OpenCounter, monkeypatch: pytest.MonkeyPatch
):
    case = life.letter(counter)
    body = forms.disposition(case.official("analis"), note=NAMED)
    monkeypatch.setattr("application.plain_texts.names", lambda *_: False)

    case.step("kepala", "disposition", body)

    history = counter["bo-kepala"].get(f"{case.path}/history").text
    assert NAMED in history
