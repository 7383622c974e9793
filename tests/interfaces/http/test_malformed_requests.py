"""Whatever is sent, the answer says what is wrong with it; nothing is ever a 500."""

import json
import re
from uuid import UUID

import pytest

from tests.interfaces.http import forms
from tests.open_counter import OpenCounter

JSON = {"Content-Type": "application/json"}
HEAD = "bo-kepala"
CASES = "/v1/cases"
SOME_ID = UUID("5b0ef53d-6a0c-4a3e-9d0c-4f6f2b1f2f6e")
UNKNOWN_CASE = f"/v1/cases/{SOME_ID}"


def body(other: forms.Form | None = None) -> bytes:
    return json.dumps(forms.letter() | (other or {})).encode()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"nonsense",
        b"\xef\xbb\xbf{}",
        '{"subject": "é"}'.encode("utf-16"),
        b'{"subject": "\xff\xfe"}',
        b'{"subject": "a\x00b"}',
        b'{"a": 1, "a": 2}',
        b'{"x": {"a": 1, "a": 2}}',
        b'{"subject": "\\ud800"}',
        b'{"\\udfff": 1}',
        b'{"x": NaN}',
        b'{"x": -Infinity}',
        b'{"a": 01}',
        b"{} {}",
        b"[" * 65 + b"]" * 65,
        b"[" * 100_000,
        b'{"a":' * 100_000,
    ],
    ids=lambda content: content[:16].hex(),
)
def test_what_is_no_sound_json_is_malformed(counter: OpenCounter, content: bytes):
    answer = counter["bo-agendaris"].send("POST", CASES, content, JSON)
    assert answer.status_code == 400
    assert answer.json()["code"] == "malformed-json"


@pytest.mark.parametrize("content", [b"[]", b'"x"', b"5", b"null", b"true", b"{}"])
def test_another_value_than_the_form_is_an_invalid_body(
    counter: OpenCounter, content: bytes
):
    answer = counter["bo-agendaris"].send("POST", CASES, content, JSON)
    assert answer.status_code == 422
    assert answer.json()["code"] == "invalid-body"


def test_what_is_not_in_its_form_is_told_the_form(counter: OpenCounter):
    form = {"link": "x", "password": "y", "official": "Ibu Ani!"}
    answer = counter.stranger.post("/v1/sign-in/link", form)
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["pointer"]) == (422, "/official")
    assert error["detail"].endswith(": 1 to 64 small letters, figures and hyphens")


@pytest.mark.parametrize("number", ["9" * 30, "9" * 5_000, "1e400", "1.5", "-1", "0"])
def test_a_number_that_can_not_be_is_an_invalid_body(counter: OpenCounter, number: str):
    content = b'{"draft": %s, "capacity": "own"}' % number.encode()
    answer = counter[HEAD].send(
        "POST", f"{UNKNOWN_CASE}/approval", content, JSON | {"If-Match": '"1"'}
    )
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/draft"


@pytest.mark.parametrize(
    ("other", "code", "pointer"),
    [
        ({"colour": "red"}, "unknown-field", "/colour"),
        ({"a/b~c": 1}, "unknown-field", "/a~1b~0c"),
        ({"a\nb`": 1}, "unknown-field", "/a\nb`"),
        ({"requester": {"nip": 1}}, "unknown-field", "/requester/nip"),
        ({"subject": 5}, "invalid-body", "/subject"),
        ({"subject": " \n"}, "invalid-body", "/subject"),
        ({"subject": None}, "invalid-body", "/subject"),
        ({"subject": "x" * 10_001}, "text-too-long", "/subject"),
        ({"subject": "a\u0000b"}, "control-character", "/subject"),
        ({"subject": "a\u0085b"}, "control-character", "/subject"),
        ({"subject": "a\u001bb"}, "control-character", "/subject"),
        ({"requester": {"name": "x" * 201}}, "text-too-long", "/requester/name"),
        ({"requester": {"phone": "\u0007"}}, "control-character", "/requester/phone"),
        ({"items": []}, "invalid-body", "/items"),
        ({"items": ["a", " "]}, "invalid-body", "/items/1"),
        ({"items": ["a", "\u0000"]}, "control-character", "/items/1"),
        ({"items": "a"}, "invalid-body", "/items"),
        ({"role": "king"}, "invalid-body", "/role"),
        ({"channel": "pigeon"}, "invalid-body", "/channel"),
        ({"agency": "nowhere"}, "unknown-agency", "/agency"),
        ({"note": "\u009f"}, "control-character", "/note"),
        ({"letter": {"date": "2026-02-30"}}, "invalid-body", "/letter/date"),
        ({"letter": {"cc": ["nobody"]}}, "invalid-body", "/letter/cc/0"),
    ],
)
def test_a_wrong_field_is_named_with_its_place(
    counter: OpenCounter, other: dict[str, object], code: str, pointer: str
):
    answer = counter["bo-agendaris"].send("POST", CASES, body(other), JSON)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == code
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]


def test_a_problem_repeats_nothing_of_what_was_said(counter: OpenCounter):
    for other in ({"role": forms.VISITOR}, {"channel": forms.VISITOR}):
        answer = counter["bo-agendaris"].post(CASES, forms.letter() | other)
        assert answer.status_code == 422
        assert forms.VISITOR not in answer.text


def test_signs_of_every_script_and_line_breaks_are_kept(counter: OpenCounter):
    form = forms.letter(
        subject="Baris satu\r\n\tdua 🦎 \u200b ́ \ufffe", items=["\U0010ffff"]
    )
    assert counter["bo-agendaris"].post(CASES, form).status_code == 201


@pytest.mark.parametrize(
    "kind",
    [
        None,
        "",
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/xml",
        "application/jsonx",
        "application/merge-patch+json",
    ],
)
def test_a_command_of_another_content_type_is_not_read(
    counter: OpenCounter, kind: str | None
):
    headers = {} if kind is None else {"Content-Type": kind}
    for content in (body(), b"", b"{"):
        answer = counter["bo-agendaris"].send("POST", CASES, content, headers)
        assert answer.status_code == 415
        assert answer.json()["code"] == "unsupported-media-type"


def test_a_charset_beside_the_content_type_does_no_harm(counter: OpenCounter):
    kind = {"Content-Type": "Application/JSON; charset=utf-8"}
    answer = counter["bo-agendaris"].send("POST", CASES, body(), kind)
    assert answer.status_code == 201


def test_a_body_of_more_than_a_mebibyte_is_too_large(counter: OpenCounter):
    clerk = counter["bo-agendaris"]
    told = clerk.send("POST", CASES, b"x" * (1024 * 1024 + 1), JSON)
    untold = clerk.send("POST", CASES, iter([b"x" * 600_000] * 2), JSON)
    assert {told.status_code, untold.status_code} == {413}
    assert told.json()["code"] == untold.json()["code"] == "body-too-large"


@pytest.mark.parametrize(
    "case",
    [
        "1",
        "BO-2026-00001",
        "%00",
        "a%00b",
        "%ff",
        "%0a",
        "..%2f",
        "{}",
        "é",
        f"{SOME_ID}%00",
        f"{SOME_ID}x",
        str(SOME_ID).replace("-", ""),
        f"%7B{SOME_ID}%7D",
    ],
)
def test_a_path_with_what_is_no_id_is_malformed(counter: OpenCounter, case: str):
    answer = counter[HEAD].post(f"/v1/cases/{case}/approval", {"draft": "x"}, 1)
    assert answer.status_code == 400, answer.text
    assert answer.json()["code"] == "malformed-path"


@pytest.mark.parametrize(
    "header",
    [
        b"X-Request-Id: \xe9\t\xff",
        b"Idempotency-Key: a\tb",
        b"Idempotency-Key: \xc3\xa9",
        b"If-Match: \xff",
        b"Accept: \xfe",
        b'Cookie: a="\\000"; b',
        b"X-Forwarded-Host: " + b"x" * 5_000,
        b"Content-Type: \xff/json",
        b"Authorization: Bearer \xff\xfe",
        b"Authorization: Bearer " + b"x" * 600,
        b"Authorization: Basic eDp5",
        b"Authorization:",
    ],
)
def test_a_header_of_strange_signs_is_no_reason_to_fail(
    counter: OpenCounter, header: bytes
):
    told = f"POST {UNKNOWN_CASE}/approval HTTP/1.1\nHost: x\nContent-Length: 2\n"
    told += f"Connection: close\nAuthorization: Bearer {counter.token(HEAD)}\n"
    answer = counter.raw(told.encode() + header, b"{}")
    assert re.match(rb"HTTP/1.1 4\d\d ", answer), answer[:200]


@pytest.mark.parametrize(
    "line",
    [
        b"GET /v1/\xff HTTP/1.1",
        b"GET /v1/agencies?q=\xff HTTP/1.1",
        b"GET /v1/agencies?%ff=%fe&&=&a=%zz HTTP/1.1",
        b"GET * HTTP/1.1",
        b"GET http://other/v1/agencies HTTP/1.1",
        b"GET /v1/cases/%2e%2e/%00 HTTP/1.1",
        b"NONSENSE",
        b"PROPFIND /v1/cases HTTP/1.1",
        b"POST /v1/cases HTTP/1.1\nTransfer-Encoding: chunked\nContent-Length: 3",
        b"POST /v1/cases HTTP/1.1\nContent-Length: -1",
    ],
)
def test_a_strange_first_line_is_no_reason_to_fail(counter: OpenCounter, line: bytes):
    token = f"\nAuthorization: Bearer {counter.token(HEAD)}\nConnection: close"
    answer = counter.raw(line + b"\nHost: x" + token.encode())
    assert re.match(rb"HTTP/1.1 [24]\d\d ", answer), answer[:200]


@pytest.mark.parametrize(
    "query",
    ["q=%00", "q=a%00b", "q=a&q=b", "stage=null", "limit=null", "overdue=null"],
)
def test_a_query_that_could_be_misread_is_refused(counter: OpenCounter, query: str):
    answer = counter[HEAD].send("GET", f"/v1/cases?{query}")
    assert answer.status_code == 422
    assert answer.json()["code"] == "invalid-query"


@pytest.mark.parametrize(
    ("path", "pointer"),
    [
        ("/v1/cases?chanel=letter", "/chanel"),
        ("/v1/worklist?format=csv", "/format"),
        ("/v1/cases?channel=letter&Agency=bppd", "/Agency"),
        ("/v1/cases?first=2026-02-01", "/first"),
        ("/v1/cases?call=x", "/call"),
        ("/v1/cases?a/b=1", ""),
        (f"{UNKNOWN_CASE}?case={SOME_ID}", "/case"),
        ("/v1/registers/requests?first=2026-02-01", "/first"),
    ],
)
def test_a_filter_that_nobody_knows_is_refused_and_not_passed_over(
    counter: OpenCounter, path: str, pointer: str
):
    answer = counter[HEAD].send("GET", path)
    assert answer.status_code == 422
    assert answer.json()["code"] == "invalid-query"
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]


@pytest.mark.parametrize(
    ("query", "pointer", "detail"),
    [
        ("cases?limit=0", "/limit", "a whole number from 1 to 200"),
        ("cases?limit=x", "/limit", "a whole number from 1 to 200"),
        ("cases?channel=fax", "/channel", "one of face_to_face, letter, sp4n_lapor"),
        ("cases?overdue=perhaps", "/overdue", "true or false"),
        ("registers/requests?from=2026-02-30", "/from", "a day as 2026-03-31"),
        (f"registers/requests?q={'9' * 201}", "/q", "at most 200 characters"),
    ],
)
def test_a_wrong_value_of_a_query_is_told_what_may_stand_there(
    counter: OpenCounter, query: str, pointer: str, detail: str
):
    answer = counter[HEAD].send("GET", f"/v1/{query}")
    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert (error["pointer"], error["detail"]) == (pointer, detail)


@pytest.mark.parametrize("query", ["", "?to=2026-02-28"])
def test_what_was_left_out_is_named_whatever_else_is_said(
    counter: OpenCounter, query: str
):
    answer = counter[HEAD].send("GET", f"/v1/reports/compliance{query}")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/from"


@pytest.mark.parametrize("path", ["/health/live?probe=1", "/v1/cases?x=1"])
def test_what_asks_a_query_nothing_takes_any(counter: OpenCounter, path: str):
    method = "OPTIONS" if path.startswith("/v1") else "GET"
    assert counter[HEAD].send(method, path).is_success


@pytest.mark.parametrize(
    "said", ["%01", "%0a%0d", "%7f", "%ff", "%ED%A0%80", "%F0%9F", "%25%5F", "null"]
)
def test_a_number_of_strange_signs_is_looked_for_in_vain(
    counter: OpenCounter, said: str
):
    listed = counter[HEAD].send("GET", f"/v1/cases?q={said}")
    assert listed.status_code == 200
    status = counter.stranger.send("GET", f"/status/{said}")
    assert status.status_code in {400, 404}
    standard = counter[HEAD].send("GET", f"/v1/agencies/{said}/standard")
    assert standard.status_code in {400, 404}


def test_an_sms_is_told_as_one_item(counter: OpenCounter):
    form = forms.report(lapor=forms.lapor(medium="sms"), items=["NTT satu", "NTT dua"])
    answer = counter["bo-penghubung"].post(CASES, form)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid-body")
    assert [fault["pointer"] for fault in answer.json()["errors"]] == ["/items"]


@pytest.mark.parametrize(
    ("act", "form", "pointer"),
    [
        (
            "consequence-test",
            {"items": [], "act": "kip17.c", "analysis": "x", "participants": [HEAD]},
            "/items",
        ),
        (
            "consequence-test",
            {"items": [1], "act": "kip17.c", "analysis": "x", "participants": []},
            "/participants",
        ),
        ("refusal", {"legal_basis": ["kip17.c"], "reason": "x", "items": []}, "/items"),
    ],
)
def test_an_act_about_no_item_or_by_nobody_is_an_invalid_body(
    counter: OpenCounter, act: str, form: forms.Form, pointer: str
):
    answer = counter[HEAD].post(f"{UNKNOWN_CASE}/{act}", form, 1)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid-body")
    assert [fault["pointer"] for fault in answer.json()["errors"]] == [pointer]
