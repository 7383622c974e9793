"""Decodes JSON bodies strictly, and says of every fault where it is and which.

Stricter than a JSON parser has to be: duplicate keys, lone surrogates and deep
nesting are refused, since two readers might understand them differently.
"""

import json
import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, Final, NoReturn

import msgspec

from interfaces.http.bodies.patterns import MEANT
from interfaces.http.problems import RequestFaultError

EARLIEST: Final = date(1945, 8, 17)
LATEST: Final = date(2199, 12, 31)
"""Days outside can't be meant; arithmetic on them could leave the calendar."""

AHEAD: Final = timedelta(seconds=60)
"""How far clocks may differ: what happened may be said to lie so far ahead."""

DEEPEST: Final = 64
"""Levels of a body; no command has more than five."""

_AT = re.compile(r" - at `\$(?P<path>.*)`$")
_UNKNOWN = re.compile(r"unknown field `(?P<field>.*)`$", re.DOTALL)
_SAID = re.compile(r" '.*'$", re.DOTALL)
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+|\.\.\.)\]")
_ESCAPED_SURROGATE: Final = re.compile(rb"\\u[dD][89abAB]|\\u[dD][c-fC-F]")
_ALLOWED_CONTROLS: Final = "\n\r\t"


def _must_be_unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read = dict(pairs)
    if len(read) != len(pairs):
        raise RequestFaultError("malformed-json")
    return read


def _no_constant(_: str) -> NoReturn:
    raise RequestFaultError("malformed-json")


_read = json.JSONDecoder(
    object_pairs_hook=_must_be_unique,
    parse_constant=_no_constant,
    # Python refuses to read very long whole numbers; the struct's decoder judges them.
    parse_int=float,
).decode


@cache
def _decoder(of: Any) -> msgspec.json.Decoder[Any]:  # noqa: ANN401 - any struct or union of them
    return msgspec.json.Decoder(of)


def decode(body: bytes, of: Any, now: datetime) -> Any:  # noqa: ANN401 - what the handler declares
    """The body as the struct (or union) asked for; RequestFaultError, 400 or 422."""
    raw = _well_formed(body)
    try:
        decoded = _decoder(of).decode(body)
    except msgspec.ValidationError as fault:
        raise _field_fault(str(fault), raw) from None
    except (msgspec.DecodeError, RecursionError):
        raise RequestFaultError("malformed-json") from None
    must_be_possible(decoded, "", now)
    return decoded


def _well_formed(body: bytes) -> object:
    try:
        raw: object = _read(body.decode())
        if body.count(b"[") + body.count(b"{") > DEEPEST or _ESCAPED_SURROGATE.search(
            body
        ):
            _must_be_sound(raw, DEEPEST)
    except (ValueError, RecursionError):
        raise RequestFaultError("malformed-json") from None
    return raw


def _must_be_sound(value: object, levels: int) -> None:
    """ValueError where it is nested too deep, or half a surrogate pair stands alone."""
    match value:
        case str():
            value.encode()
        case dict() | list() if not levels:
            raise ValueError
        case dict():
            for key, held in value.items():
                key.encode()
                _must_be_sound(held, levels - 1)
        case list():
            for held in value:
                _must_be_sound(held, levels - 1)
        case _:
            pass


def has_control(text: str) -> bool:
    """Whether it holds a character of category Cc besides line breaks and tabs."""
    return any(
        unicodedata.category(sign) == "Cc" and sign not in _ALLOWED_CONTROLS
        for sign in text
    )


def _field_fault(message: str, raw: object) -> RequestFaultError:
    at = _AT.search(message)
    path = at["path"] if at else ""
    said = message[: at.start()] if at else message
    steps = [name or number for name, number in _STEP.findall(path)]
    if unknown := _UNKNOWN.search(said):
        steps.append(unknown["field"])
        return _fault("unknown-field", steps, "unknown field")
    if "timezone" in said:
        return _fault("naive-time", steps, said)
    value = _at(raw, steps)
    if isinstance(value, str) and "length <=" in said:
        return _fault("text-too-long", steps, said)
    if isinstance(value, str) and "matching regex" in said and has_control(value):
        return _fault("control-character", steps, "control character")
    # An enumeration's value could be a name.
    plain = _SAID.sub("", said)
    if isinstance(value, str) and "matching regex" in said:
        plain = _form(said) if value.strip() else "must not be blank"
    return _fault("invalid-body", steps, plain)


def _form(said: str) -> str:
    meant = [words for form, words in MEANT.items() if said.endswith(f"'{form}'")]
    return ": ".join(["not in its form", *meant])


def _fault(code: str, steps: Sequence[str], detail: str) -> RequestFaultError:
    pointer = "".join(
        "/" + step.replace("~", "~0").replace("/", "~1") for step in steps
    )
    return RequestFaultError(code, pointer=pointer, detail=detail)


def _at(raw: object, steps: Sequence[str]) -> object:
    for step in steps:
        if isinstance(raw, dict):
            raw = raw.get(step)
        elif isinstance(raw, list) and step.isdigit():
            raw = raw[int(step)]
        else:
            return None
    return raw


@cache
def _dated(of: type[msgspec.Struct]) -> tuple[tuple[str, str], ...]:
    """Fields of a struct in which days or instants stand, with their JSON names."""
    return tuple(
        (field.name, field.encode_name)
        for field in msgspec.inspect.type_info(of).fields  # type: ignore[attr-defined]  # a struct's info has fields
        if _holds_days(field.type)
    )


def _holds_days(kind: msgspec.inspect.Type) -> bool:
    match kind:
        case msgspec.inspect.DateType() | msgspec.inspect.DateTimeType():
            return True
        case msgspec.inspect.StructType(cls=of):
            return bool(_dated(of))
        case msgspec.inspect.UnionType(types=kinds):
            return any(_holds_days(one) for one in kinds)
        case msgspec.inspect.VarTupleType(item_type=item):
            return _holds_days(item)
        case msgspec.inspect.ListType(item_type=item):
            return _holds_days(item)
        case _:
            return False


def must_be_possible(value: object, pointer: str, now: datetime) -> None:
    """Days lie within two centuries; what happened does not lie ahead."""
    if isinstance(value, date):
        day = value.date() if isinstance(value, datetime) else value
        if not EARLIEST <= day <= LATEST:
            detail = f"a day from {EARLIEST} to {LATEST}"
            raise RequestFaultError("invalid-body", pointer=pointer, detail=detail)
        if isinstance(value, datetime) and value > now + AHEAD:
            raise RequestFaultError("time-in-future", pointer=pointer)
    elif isinstance(value, msgspec.Struct):
        for name, told in _dated(type(value)):
            if (said := getattr(value, name)) is not None:
                must_be_possible(said, f"{pointer}/{told}", now)
    elif isinstance(value, tuple | list):
        for n, item in enumerate(value):
            must_be_possible(item, f"{pointer}/{n}", now)
