"""JSON of strangers: no name twice, every number one, no depth that ends us."""

import json
from typing import Any

from typing_extensions import override


class StrictJson(json.JSONDecoder):
    """JSON in which no name comes twice and every number is one."""

    def __init__(self) -> None:
        super().__init__(object_pairs_hook=_once, parse_constant=_refuse)

    @override
    def decode(self, s: str, *args: Any) -> Any:
        try:
            return super().decode(s, *args)
        except RecursionError:
            raise ValueError from None


def object_of(text: bytes) -> dict[str, Any]:
    """A JSON object; ValueError when it is anything else."""
    found = json.loads(text, cls=StrictJson)
    if not isinstance(found, dict):
        raise ValueError  # noqa: TRY004 - one error for whatever is wrong with it
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found


def _refuse(_: str) -> None:
    raise ValueError
