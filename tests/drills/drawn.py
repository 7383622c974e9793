"""Requests that schemathesis draws from the OpenAPI document, to be sent many times.

Drawing is what costs: each request is drawn once, and sent for as many callers as
somebody likes, about one agency's matters or another's.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, Final, TypeAlias

import requests as http
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from hypothesis.strategies import SearchStrategy
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import FailureGroup
from schemathesis.core.parameters import ParameterLocation
from schemathesis.core.result import Err
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi import checks

from domain.values import Channel, ComplaintKind
from tests.authority.matters import Matters
from tests.authority.staffing import spare
from tests.drills.schema import CONFIGURATION

Case: TypeAlias = schemathesis.Case[Any]

PATIENCE: Final = 20.0
"""Seconds before an answer is given up."""
BOTH: Final = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
"""Requests as the document has them, and requests that break what it says."""
_SAID: Final = {"Authorization": "Bearer x"}
"""Not drawn: whoever sends says it with his own token."""
PROMISED: Final = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
    checks.positive_data_acceptance,
]
"""What every answer keeps; that nobody comes without a token is `schema`'s to show."""


class Drawn:
    """A request that can be sent for anybody."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self.name: str = case.operation.label

    @property
    def reads(self) -> bool:
        """Whether it changes nothing."""
        return self._case.method.upper() == "GET"

    def about(self, of: Matters) -> "Drawn":
        """The same about this agency's matters, wherever it was drawn in order."""
        case = self._case.derive()
        named = _named(of)
        if self._is_in_order(ParameterLocation.PATH):
            case.path_parameters = _with(case.path_parameters, named)
        if self._is_in_order(ParameterLocation.QUERY):
            # No answer waits for a position that no view has reached.
            case.query = _with(case.query, named | {"after_position": 0})
        if isinstance(case.body, dict) and self._is_in_order(ParameterLocation.BODY):
            case.body = _with(case.body, {"agency": of.agency})
        return Drawn(case)

    def is_as(self, other: "Drawn") -> bool:
        """Whether the two are the same request."""
        return bool(self._case == other._case)

    def send(
        self, session: http.Session, url: str, headers: Mapping[str, str]
    ) -> http.Response:
        """Send it, and answer what was answered."""
        made = self._case.as_transport_kwargs(base_url=url)
        made["headers"] = {**made["headers"], **headers}
        return session.request(**made, timeout=PATIENCE, allow_redirects=False)

    def violations(self, answer: http.Response) -> frozenset[str]:
        """What the answer breaks of what the document promises."""
        try:
            self._case.validate_response(answer, checks=PROMISED)
        except FailureGroup as broken:
            return frozenset(
                f"{self.name}: {answer.status_code}: {each.title}: {each.message}"
                for each in broken.exceptions
            )
        return frozenset()

    def _is_in_order(self, location: ParameterLocation) -> bool:
        drawn = self._case.meta
        part = None if drawn is None else drawn.components.get(location)
        return part is not None and part.mode.is_positive


def requests(
    url: str, examples: int, number: int, modes: tuple[GenerationMode, ...] = BOTH
) -> Iterator[Drawn]:
    """So many of each operation and mode, the same for the same number."""
    configuration = SchemathesisConfig.from_path(CONFIGURATION)
    document = schemathesis.openapi.from_url(
        f"{url}/schema/openapi.json", config=configuration
    )
    for found in document.get_all_operations():
        if isinstance(found, Err):
            raise found.err()
        for mode in modes:
            strategy = found.ok().as_strategy(mode, headers=_SAID)
            with suppress(Unsatisfiable):  # What takes nothing can bear nothing wrong.
                yield from map(Drawn, _cases(strategy, examples, number))


def _cases(
    strategy: SearchStrategy[Case], examples: int, number: int
) -> Sequence[Case]:
    cases: list[Case] = []

    @seed(number)
    @settings(
        max_examples=examples,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def draw(case: Case) -> None:
        cases.append(case)

    draw()
    return cases


def _with(drawn: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """What was drawn, with these instead where it names them."""
    return {name: said.get(name, each) for name, each in drawn.items()}


def _named(of: Matters) -> dict[str, Any]:
    """The matters of an agency, by the names that they have in paths and queries."""
    return {
        "case": of.cases[Channel.LETTER],
        "complaint": of.complaints[ComplaintKind.ORDINARY],
        "objection": of.objection,
        "visit": of.visit,
        "sha256": of.document,
        "person": of.person,
        "data_request": of.data_request,
        "breach": of.breach,
        "id": of.ordinary,
        "official": spare(of.agency),
        "agency": of.agency,
    }
