"""Data subjects' requests as lists show them, each with its clocks."""

from collections.abc import Sequence

from application import register
from application.entries import Entry
from interfaces.http.asking import must_have_reached
from interfaces.http.call import Call
from projections.data_request_file import (
    DataRequestFile,
    DataRequestPage,
    data_request_file,
    folded_request,
)
from projections.data_request_list import RequestsWanted, data_request_list
from projections.data_requests import DataRequestsView


async def listed(
    call: Call, wanted: RequestsWanted, after_position: int | None
) -> DataRequestPage:
    """A page of them, newest first, as their histories tell them at present."""
    await must_have_reached(call, DataRequestsView.name, after_position)
    async with call.counter.pool.connection() as connection:
        found, rest = await data_request_list(connection, wanted)
        histories = await register.entries_of_all(connection, found)
    return DataRequestPage(files(call, tuple(histories.values())), rest)


def files(
    call: Call, histories: Sequence[Sequence[Entry]]
) -> tuple[DataRequestFile, ...]:
    """These histories as files; those that are none of such a request are left out."""
    now, offices = call.counter.now(), call.counter.offices
    return tuple(
        data_request_file(entries, offices.of(request, request.agency, now), now)
        for entries in histories
        if (request := folded_request(entries)) is not None
    )
