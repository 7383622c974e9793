"""Lists, registers and reports as CSV, beside JSON: an export (ekspor).

A query that has both takes `format: FromQuery[Format | None] = None` and returns
`Response[ItsPage]`:

    if csv_answer.is_wanted(call, format_):
        return csv_answer.whole("history", csv_answer.header(Line), lines)
    return Response(content=page)

`whole` is for rows at hand. `streamed` takes an iterator that gives them page by page;
the first page is made before the answer begins, so that what refuses it or fails is
told as ever. What fails later cuts the answer off, and the client sees that it is
not whole. What cells look like is told in interfaces/csv_text.py.
"""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any, Final

from litestar import Response
from litestar.response import Stream

from interfaces.csv_text import Row, header, text
from interfaces.http.call import Call

__all__ = ["MEDIA_TYPE", "Format", "Row", "header", "is_wanted", "streamed", "whole"]

MEDIA_TYPE: Final = "text/csv"
_SENT_AS: Final = f"{MEDIA_TYPE}; charset=utf-8; header=present"


class Format(StrEnum):
    """How a list is given; without it, as the header Accept prefers."""

    JSON = "json"
    CSV = "csv"


def is_wanted(call: Call, said: Format | None) -> bool:
    """Whether the caller wants CSV: by `format`, else by Accept; JSON where neither."""
    if said is not None:
        return said is Format.CSV
    return call.prefers("application/json", MEDIA_TYPE) == MEDIA_TYPE


def whole(name: str, columns: Sequence[str], rows: Iterable[Row]) -> Response[Any]:
    """Rows that are at hand already, as the file `<name>.csv`."""
    return Response(
        content=text([columns, *rows]).encode(),
        media_type=MEDIA_TYPE,
        headers=_headers(name),
    )


async def streamed(
    name: str,
    columns: Sequence[str],
    pages: AsyncIterator[Iterable[Row]],
    headers: Mapping[str, str] | None = None,
) -> Response[Any]:
    """Rows as they come, as the file `<name>.csv`; a page is in memory at a time."""
    none: list[Row] = []  # Python 3.11 falls over a tuple here.
    first = text([columns, *(await anext(pages, none))])

    async def told() -> AsyncIterator[bytes]:
        yield first.encode()
        async for page in pages:
            yield text(page).encode()

    return Stream(
        told(), media_type=MEDIA_TYPE, headers=_headers(name) | dict(headers or {})
    )


def _headers(name: str) -> dict[str, str]:
    """As a file to be saved; `name` is ours, of letters, digits and hyphens."""
    return {
        # Said here: to a media type of texts the framework adds a charset of its own.
        "Content-Type": _SENT_AS,
        "Content-Disposition": f'attachment; filename="{name}.csv"',
    }
