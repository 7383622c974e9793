"""Reading the office's books over HTTP: a line, all pages, and the same as CSV."""

import csv
import io
import json

from tests.interfaces.http.forms import Form
from tests.open_counter import Caller


def page(caller: Caller, path: str, **query: str | int) -> Form:
    """One page of a book, or of a list."""
    answer = caller.get(path, **query)
    assert answer.status_code == 200, answer.text
    told: Form = answer.json()
    assert set(told) == {"items", "next"}
    return told


def whole(caller: Caller, path: str, **query: str | int) -> list[Form]:
    """All pages, one after the other."""
    found: list[Form] = []
    more: dict[str, str | int] = {}
    while True:
        told = page(caller, path, **query | more)
        found += told["items"]
        if told["next"] is None:
            return found
        more = {"after": told["next"]}


def as_csv(caller: Caller, path: str, **query: str | int) -> list[dict[str, str]]:
    """The same lines as the file has them."""
    answer = caller.get(path, format="csv", **query)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/csv; charset=utf-8; header=present"
    return list(csv.DictReader(io.StringIO(answer.text, newline="")))


def cells(line: Form) -> dict[str, str]:
    """A line of JSON as its cells have to be."""
    return {name: _cell(value) for name, value in line.items()}


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case str() | int():
            return str(value)
        case _:
            return json.dumps(value, separators=(",", ":"), sort_keys=True)


def refusal(caller: Caller, path: str, **query: str | int) -> tuple[int, str]:
    """Status and code of a refusal."""
    answer = caller.get(path, **query)
    return answer.status_code, answer.json()["code"]
