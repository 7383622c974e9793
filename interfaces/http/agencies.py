"""The agencies and their published standards, as everybody with a token may read."""

from typing import Any

import msgspec
from litestar import Controller, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from domain.standard import ServiceStandard
from domain.values import AgencyCode, Channel
from interfaces.http.call import Call
from interfaces.http.problems import RequestFaultError


class AgencyRow(msgspec.Struct, frozen=True):
    """One agency, and how it can be asked."""

    code: AgencyCode
    name: str
    prefix: str
    zone: str
    standard: str
    channels: tuple[Channel, ...]


class AgencyList(msgspec.Struct, frozen=True):
    """All agencies on one page."""

    items: tuple[AgencyRow, ...]
    next: str | None = None


class AgencyController(Controller):
    """Who serves, and what it promises."""

    path = "/v1/agencies"
    tags = ("agencies",)

    @get("/", operation_id="ListAgencies")
    async def agencies(self, call: NamedDependency[Call]) -> AgencyList:
        """Every agency with a published standard."""
        return AgencyList(
            items=tuple(
                _row(_now(call, code)) for code in call.counter.offices.agencies
            )
        )

    @get("/{agency:str}/standard", operation_id="ReadStandard")
    async def standard(
        self, agency: FromPath[str], call: NamedDependency[Call]
    ) -> Response[ServiceStandard]:
        """The standard in force, with what its page leaves open under `gaps`."""
        if agency not in call.counter.offices:
            raise RequestFaultError("unknown-agency")
        standard: Any = msgspec.json.encode(_now(call, agency))
        return Response(content=standard, media_type="application/json")


def _now(call: Call, agency: AgencyCode) -> ServiceStandard:
    return call.counter.offices.on(agency, call.counter.now()).standard


def _row(standard: ServiceStandard) -> AgencyRow:
    return AgencyRow(
        code=standard.agency.code,
        name=standard.agency.name,
        prefix=standard.agency.prefix,
        zone=standard.agency.zone,
        standard=standard.ref,
        channels=tuple(each for each in Channel if standard.channel(each)),
    )
