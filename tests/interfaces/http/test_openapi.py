"""The OpenAPI document says what the API does, and its page needs nobody else."""

import json
import re
import tomllib
from typing import get_args

import pytest

from interfaces.http.bodies.fields import LooseText, Text
from interfaces.http.bodies.patterns import MEANT
from tests.interfaces.http.forms import Form
from tests.open_counter import OpenCounter
from tests.served import CHECKOUT

PROBLEM = {"$ref": "#/components/schemas/Problem"}
DOORS = ("/v1/sign-in/", "/v1/session/")
"""Where officials prove who they are, by password, link or cookie."""
COMMANDS = {
    "approval": "Approve",
    "closing": "Close",
    "collection": "RecordCollection",
    "consequence-test": "RecordConsequenceTest",
    "correction": "ReturnForCorrection",
    "delivery": "Deliver",
    "direction": "GiveDirection",
    "disposition": "Dispose",
    "draft": "Draft",
    "identity-return": "ReturnIdCard",
    "lapor-status": "ImportLaporStatus",
    "overrun": "NoteOverrun",
    "pickup": "ArrangePickup",
    "pickup-missed": "RecordMissedPickup",
    "refusal": "RefuseAtCounter",
    "reopening": "Reopen",
    "review": "ReviewReport",
}


@pytest.fixture(scope="module")
def document(counter: OpenCounter) -> Form:
    """As everybody gets it."""
    answer = counter.stranger.get("/schema/openapi.json")
    assert answer.headers["content-type"] == "application/json"
    told: Form = answer.json()
    return told


def test_the_documents_own_addresses_are_not_in_it(document):
    assert not [path for path in document["paths"] if path.startswith("/schema")]


def operations(document: Form) -> list[tuple[str, str, Form]]:
    return [
        (path, method, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]


def of_bodies(document: Form) -> set[str]:
    """The names of all schemas that request bodies are made of."""

    def referred(told: object) -> set[str]:
        return set(re.findall(r"#/components/schemas/([\w.]+)", str(told)))

    seen: set[str] = set()
    todo = referred([one.get("requestBody") for _, _, one in operations(document)])
    while todo:
        name = todo.pop()
        seen.add(name)
        todo |= referred(document["components"]["schemas"][name]) - seen
    return seen


def headers_of(operation: Form) -> dict[str, bool]:
    """The headers that a request has, and whether they are required."""
    return {
        parameter["name"]: parameter["required"]
        for parameter in operation["parameters"]
        if parameter["in"] == "header"
    }


def test_it_is_of_the_release_that_serves_it(document: Form):
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["project"]
    assert document["info"]["version"] == project["version"]


def test_nothing_of_the_workshop_is_told_to_clients(document: Form):
    told = [
        one.get("description", "") for one in document["components"]["schemas"].values()
    ]
    assert not [
        words for words in told if re.search(r"(?<!consequence )\btests?\b", words)
    ]


def test_of_every_form_in_a_body_people_are_told_what_it_is(document: Form):
    schemas = document["components"]["schemas"]
    texts = {get_args(one)[1].pattern for one in (Text, LooseText)}
    told = json.dumps([schemas[name] for name in of_bodies(document)])
    forms = {json.loads(one) for one in re.findall(r'"pattern": (".*?(?<!\\)")', told)}
    assert forms - texts == {*MEANT}


def test_every_operation_has_its_id_and_a_sentence(document: Form):
    assert document["openapi"] == "3.1.0"
    ids = [operation["operationId"] for _, _, operation in operations(document)]
    assert len(set(ids)) == len(ids)
    for _, _, operation in operations(document):
        assert operation["summary"].endswith(".")
        assert operation["tags"]


@pytest.mark.parametrize("word", COMMANDS)
def test_a_command_about_a_case_is_described_whole(document: Form, word: str):
    command = document["paths"][f"/v1/cases/{{case}}/{word}"]["post"]
    assert command["operationId"] == COMMANDS[word]
    assert headers_of(command) == {"If-Match": True, "Idempotency-Key": False}
    statuses = {int(status) for status in command["responses"]}
    assert statuses == {200, 400, 401, 403, 404, 409, 412, 413, 415, 422, 428, 503}
    assert set(command["responses"]["200"]["headers"]) == {
        "ETag",
        "Idempotency-Replayed",
    }


@pytest.mark.parametrize("word", ["classification", "follow-up", "answer", "closing"])
def test_a_command_about_a_complaint_needs_its_version(document: Form, word: str):
    command = document["paths"][f"/v1/complaints/{{complaint}}/{word}"]["post"]
    assert headers_of(command) == {"If-Match": True, "Idempotency-Key": False}
    assert {"200", "403", "404", "409", "412", "428"} <= set(command["responses"])


@pytest.mark.parametrize("word", ["decision", "dispute"])
def test_a_command_about_an_objection_needs_its_version(document: Form, word: str):
    command = document["paths"][f"/v1/objections/{{objection}}/{word}"]["post"]
    assert headers_of(command) == {"If-Match": True, "Idempotency-Key": False}
    assert {"200", "403", "404", "409", "412", "428"} <= set(command["responses"])


@pytest.mark.parametrize(
    "path", ["/v1/cases", "/v1/visits", "/v1/complaints", "/v1/objections"]
)
def test_a_creation_needs_no_version_and_tells_its_place(document: Form, path: str):
    creation = document["paths"][path]["post"]
    assert headers_of(creation) == {"Idempotency-Key": False}
    assert {"ETag", "Location"} <= set(creation["responses"]["201"]["headers"])
    assert "428" not in creation["responses"]


def test_a_request_is_told_apart_by_its_channel(document: Form):
    body = document["paths"]["/v1/cases"]["post"]["requestBody"]
    schema = body["content"]["application/json"]["schema"]
    assert schema["discriminator"]["propertyName"] == "channel"
    assert set(schema["discriminator"]["mapping"]) == {
        "face_to_face",
        "letter",
        "sp4n_lapor",
    }


def test_bodies_allow_no_other_field(document: Form):
    schemas = document["components"]["schemas"]
    open_ones = {
        name
        for name in of_bodies(document)
        if schemas[name].get("type") == "object"
        and schemas[name].get("additionalProperties") is not False
    }
    assert not open_ones


def test_refusals_are_problems_and_open_addresses_ask_for_no_token(document: Form):
    assert document["security"] == [{"bearer": []}]
    for path, _, operation in operations(document):
        is_ours = path.startswith("/v1/")
        is_open = not is_ours or f"{path}/".startswith(DOORS)
        assert operation.get("security") == ([] if is_open else None), path
        assert ("401" in operation["responses"]) is is_ours, path
        for status, response in operation["responses"].items():
            if status >= "400" and path != "/health/ready":
                content = response["content"]
                assert content == {"application/problem+json": {"schema": PROBLEM}}


def test_the_page_asks_nobody_else_for_anything(counter: OpenCounter):
    page = counter.stranger.get("/schema")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "'unsafe-inline'" not in page.headers["content-security-policy"]
    parts = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert parts
    for part in parts:
        if not part.startswith("data:"):
            assert part.startswith("/schema/")
            answer = counter.stranger.get(part)
            assert (answer.status_code, len(answer.content) > 50) == (200, True)
    # Nothing inline, which the content policy would not let run.
    assert not re.search(r"<script>|<style|style=|onload", page.text)


def test_what_is_exported_is_described_as_csv_too(document: Form):
    exported = {
        path
        for path, _, operation in operations(document)
        if "text/csv" in operation["responses"].get("200", {}).get("content", {})
    }
    assert exported >= {"/v1/audit", "/v1/cases/{case}/history"}
