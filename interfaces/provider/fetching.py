"""Asks a provider for documents and tokens, with little patience and appetite."""

import asyncio
import json
import ssl
from collections.abc import Mapping
from typing import Any, Final

import httpx

from application.office.strict_json import StrictJson

SECONDS: Final = 5.0
"""For a whole document; a provider that drips byte by byte has no more."""
LARGEST: Final = 262_144
"""Bytes of a document; key sets take a few thousand."""


class FetchError(Exception):
    """The document could not be had; `why` is a word for the log."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def client() -> httpx.AsyncClient:
    """Follows no redirect and no proxy: only the addresses that were configured."""
    return httpx.AsyncClient(
        verify=ssl.create_default_context(),
        trust_env=False,
        follow_redirects=False,
        timeout=SECONDS,
        headers={"accept": "application/json", "accept-encoding": "identity"},
    )


async def fetch(http: httpx.AsyncClient, url: str) -> dict[str, Any]:
    """Read a JSON object; raises `FetchError`."""
    return await _ask(http, "GET", url)


async def send(
    http: httpx.AsyncClient,
    url: str,
    form: Mapping[str, str],
    headers: Mapping[str, str],
) -> dict[str, Any]:
    """Send a form and read the JSON object that is answered; raises `FetchError`."""
    return await _ask(http, "POST", url, form, headers)


async def _ask(
    http: httpx.AsyncClient,
    method: str,
    url: str,
    form: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    asked = http.stream(method, url, data=form, headers=headers)
    try:
        async with asyncio.timeout(SECONDS), asked as answer:
            if answer.status_code != httpx.codes.OK:
                raise FetchError(str(answer.status_code))
            content = bytearray()
            # As sent: a few compressed bytes could unfold to more than memory holds.
            async for part in answer.aiter_raw():
                content += part
                if len(content) > LARGEST:
                    raise FetchError("too large")
    except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as fault:
        raise FetchError(type(fault).__name__) from None
    try:
        found = json.loads(bytes(content), cls=StrictJson)
    except ValueError:
        raise FetchError("no JSON") from None
    if not isinstance(found, dict):
        raise FetchError("no JSON object")
    return found
