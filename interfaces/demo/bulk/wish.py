"""A wish: a form as it was filled in, and what the desk's errand takes from it."""

from typing import Any, TypeVar

import msgspec

from interfaces.demo.api import Answer
from interfaces.http.bodies.fields import Body

AnyBody = TypeVar("AnyBody")


class Wish(msgspec.Struct, frozen=True):
    """What is asked for."""

    body: Body
    errand: dict[str, Any]
    """Fields of the errand: its command, its subject, and so on."""


def filled_in(said: Answer, form: type[AnyBody]) -> AnyBody:
    """Read it as the API would: what does not fit the form is refused."""
    return msgspec.json.decode(msgspec.json.encode(said), type=form)
