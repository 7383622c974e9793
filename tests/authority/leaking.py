"""Every question about one agency that another agency's official can think of.

Ids in paths, filters, numbers, cursors of the other's lists, exports: whatever comes
back is searched for what belongs to the other agency.
"""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple
from urllib.parse import quote

import httpx

from domain.values import AgencyCode
from tests.authority.asking import PREPARED
from tests.authority.matters import SPAN, YEAR, Matters
from tests.authority.staffing import ANALYST, PREFIXES
from tests.open_counter import Caller

LISTS: Final = (
    "/v1/cases",
    "/v1/worklist",
    "/v1/complaints",
    "/v1/objections",
    "/v1/registers/requests",
    "/v1/registers/agenda",
    "/v1/registers/guests",
    "/v1/registers/complaints",
    "/v1/registers/objections",
    "/v1/audit",
    "/v1/readings",
    "/v1/data-requests",
    "/v1/breaches",
    "/v1/retention",
    "/v1/accounts",
    "/v1/accounts/events",
)
WITH_NUMBERS: Final = ("/v1/cases", "/v1/registers/requests", "/v1/registers/agenda")
EXPORTED: Final = tuple(
    one for one in LISTS if one != "/v1/worklist" and "accounts" not in one
)
REPORTS: Final = (
    f"/v1/reports/compliance?{SPAN}",
    f"/v1/reports/annual?year={YEAR}",
    f"/v1/reports/compliance/cases?figure=received&{SPAN}",
    "/v1/sla?days=366",
)


class Leak(NamedTuple):
    """Something of the other agency's in an answer."""

    operation: str
    path: str
    found: str


def questions(of: Matters, after: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Lists and paths about the agency's matters; `after` are places of its lists."""
    for path in LISTS:
        yield path, f"{path}?limit=200"
        if not path.startswith("/v1/accounts"):
            yield path, f"{path}?limit=200&agency={of.agency}"
        if path in after:
            yield path, f"{path}?limit=200&after={quote(after[path])}"
    for path in EXPORTED:
        yield path, f"{path}?format=csv"
        yield path, f"{path}?format=csv&agency={of.agency}"
    for path in REPORTS:
        yield path, path
        yield path, f"{path}&agency={of.agency}"
        yield path, f"{path}&agency={of.agency}&format=csv"
    yield from _filtered(of)


def _filtered(of: Matters) -> Iterator[tuple[str, str]]:
    """Filters that name somebody or something of the agency."""
    for number in sorted(of.numbers):
        yield "/v1/cases", f"/v1/cases?q={quote(number)}"
    for path in WITH_NUMBERS:
        yield path, f"{path}?q={quote(f'9/{of.mark}')}"
    for who in (f"{PREFIXES[of.agency]}-agency-head", ANALYST):
        yield "/v1/cases", f"/v1/cases?assignee={who}&agency={of.agency}"
        for path in ("/v1/audit", "/v1/readings"):
            yield path, f"{path}?official={who}&agency={of.agency}"
    for one in (of.ordinary, of.objection, *of.complaints.values()):
        for path in ("/v1/audit?case", "/v1/audit?subject", "/v1/readings?case"):
            yield path, f"{path}={one}"


def places(of: Matters) -> dict[str, str]:
    """Where the agency's own lists go on, told to its own officials."""
    found = {}
    for role in ("agency_head", "complaint_officer", "administrator", "dpo"):
        for path in LISTS:
            answer = of.by(role).send("GET", f"{path}?limit=1")
            if answer.is_success and (place := answer.json().get("next")):
                found[path] = place
    return found


def _told(answer: httpx.Response) -> str:
    return "\n".join([answer.text, *answer.headers.values()])


def _smuggled(caller: Caller, of: Matters, own: AgencyCode) -> Iterator[httpx.Response]:
    """Matters of the caller's own agency that name the other's, and how they stand."""
    for named in ({"cases": [of.ordinary]}, {"persons": [of.person]}):
        form = of.breaching() | {"agency": own, "cases": [], "persons": []} | named
        made = caller.post("/v1/breaches", form)
        yield made
        if made.status_code == httpx.codes.CREATED:
            yield caller.send("GET", made.headers["location"])


def leaks(
    caller: Caller, of: Matters, after: Mapping[str, str], own: AgencyCode
) -> list[Leak]:
    """What the caller, of an agency of his own, learns of this one by all of these."""
    numbers = of.numbers
    found: list[Leak] = []

    def look(operation: str, path: str, told: str) -> None:
        # What he said himself, in the path, he knew.
        found.extend(
            Leak(operation, path, number)
            for number in numbers
            if number in told and number not in path
        )

    for name, prepare in PREPARED.items():
        # One of each is enough: that all are refused, the walk of every role shows.
        asked = next(prepare(of))
        if asked.is_of_one_agency:
            look(name, asked.path, _told(asked.by(caller)))
    for answer in _smuggled(caller, of, own):
        look("RecordBreach", f"{of.ordinary} {of.person}", _told(answer))
    for operation, path in questions(of, after):
        look(operation, path, _told(caller.send("GET", path)))
    return found
