"""Data subjects' requests as lists show them, each with its clocks."""

from collections.abc import Sequence
from typing import Any

from litestar import Response
from msgspec.structs import replace
from psycopg import AsyncConnection

from application import register
from application.entries import Entry
from interfaces.http import lists
from interfaces.http.asking import must_have_reached
from interfaces.http.call import Call
from interfaces.http.csv_answer import Format
from interfaces.http.lists import Stretch
from projections.data_request_file import (
    DataRequestLine,
    DataRequestPage,
    data_request_line,
    folded_request,
)
from projections.data_request_list import RequestsWanted, data_request_list
from projections.data_requests import DataRequestsView


async def listed(
    call: Call,
    wanted: RequestsWanted,
    stretch: Stretch,
    after_position: int | None,
    said: Format | None,
) -> Response[DataRequestPage]:
    """A page of them, newest first, as their histories tell them; or all as CSV."""
    await must_have_reached(call, DataRequestsView.name, after_position)

    async def read(connection: AsyncConnection[Any], some: Stretch) -> DataRequestPage:
        which = replace(wanted, limit=some.limit, after=some.after)
        found, rest = await data_request_list(connection, which)
        histories = await register.entries_of_all(connection, found)
        return DataRequestPage(lines(call, tuple(histories.values())), rest)

    return await lists.given(
        call, read, stretch, said, name="data-requests", line=DataRequestLine
    )


def lines(
    call: Call, histories: Sequence[Sequence[Entry]]
) -> tuple[DataRequestLine, ...]:
    """These histories as lines; those that are none of such a request are left out."""
    now, offices = call.counter.now(), call.counter.offices
    return tuple(
        data_request_line(entries, offices.of(request, request.agency, now), now)
        for entries in histories
        if (request := folded_request(entries)) is not None
    )
