"""One operation of the API, as its handler declares it."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final, NamedTuple, get_args, get_origin

from litestar import Response
from litestar.handlers import HTTPRouteHandler
from litestar.typing import FieldDefinition

from interfaces.http.identity import OPEN
from interfaces.http.query import by_said_name

APART: Final = "apart_from_the_register"
"""Route option of what enters nothing in the register, so that it has no version and
keeps no reply: other statuses with which it may refuse."""
BY_COOKIE: Final = "by_the_cookie_of_a_session"
"""Route option of what a session's cookie is read for."""

_GIVEN: Final = frozenset({"self", "call", "data", "request", "state", "scope"})
"""Parameters of a handler that are no parameters of the request."""


class Operation(NamedTuple):
    """One method of one address."""

    path: str
    handler: HTTPRouteHandler
    variables: tuple[str, ...]

    @property
    def method(self) -> str:
        return str(next(iter(self.handler.http_methods))).lower()

    @property
    def parameters(self) -> Mapping[str, FieldDefinition]:
        return self.handler.parsed_fn_signature.parameters

    @property
    def body(self) -> Any:  # noqa: ANN401 - any struct or union of them
        """The type that decodes the body; None where there is none."""
        return self.parameters["data"].annotation if "data" in self.parameters else None

    @property
    def answer(self) -> Any:  # noqa: ANN401 - any struct, or bytes
        """The type that encodes the answer."""
        said = self.handler.parsed_fn_signature.return_type.annotation
        return get_args(said)[0] if get_origin(said) is Response else said

    @property
    def name(self) -> str:
        return str(self.handler.operation_id)

    @property
    def is_open(self) -> bool:
        return bool(self.handler.opt.get(OPEN))

    @property
    def is_about_something(self) -> bool:
        """Whether it is a command about a case (or the like) that exists.

        What a person wishes of his data begins a history, which has no version yet.
        """
        is_command = self.method == "post" and bool(self.variables)
        is_new = self.handler.status_code == HTTPStatus.CREATED
        return is_command and not self.is_apart and not is_new

    @property
    def is_apart(self) -> bool:
        return APART in self.handler.opt

    @property
    def refuses_besides(self) -> tuple[int, ...]:
        """Statuses that no other rule here tells of."""
        return tuple(self.handler.opt.get(APART, ()))

    @property
    def is_by_cookie(self) -> bool:
        return bool(self.handler.opt.get(BY_COOKIE))

    @property
    def queries(self) -> dict[str, FieldDefinition]:
        """The parameters of its query, by the names that clients say."""
        asked = {
            name: field for name, field in self.parameters.items() if name not in _GIVEN
        }
        return {
            name: field
            for name, field in by_said_name(asked).items()
            if name not in self.variables
        }
