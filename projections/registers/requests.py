"""The register of requests (buku register permohonan), the newest day first."""

import msgspec

from application.register import Connection
from projections.registers.excerpt import Excerpt
from projections.registers.onlooker import Onlooker
from projections.registers.received_cases import RequestsWanted, received_cases
from projections.registers.request_line import RequestLine, line
from projections.registers.told import REGISTER


class RequestPage(msgspec.Struct, frozen=True):
    """Lines of the register, the newest day first."""

    items: tuple[RequestLine, ...]
    next: str | None
    """Opaque; where the register goes on, while there is more."""


ALL = RequestsWanted()


async def requests(
    connection: Connection,
    onlooker: Onlooker,
    excerpt: Excerpt,
    wanted: RequestsWanted = ALL,
) -> RequestPage:
    """A page of the register."""
    page = await received_cases(connection, onlooker, excerpt, wanted, REGISTER)
    return RequestPage(
        items=tuple(
            line(
                one,
                each,
                page.opened[one],
                onlooker.offices.calendar(each.case.agency),
                onlooker.offices.under(each.case.standard).standard.cost,
            )
            for one, each in page.folded.items()
        ),
        next=page.next,
    )
