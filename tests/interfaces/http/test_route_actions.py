"""The program does not start with a route that asks nothing known of the table."""

import pytest
from litestar import Litestar, get
from litestar.handlers import HTTPRouteHandler

from application.office import authority
from interfaces.http import identity, route_actions
from interfaces.http.methods import Addresses
from interfaces.http.route_actions import OPEN, ROUTES, UnlistedRouteError, must_cover


@get("/shelf", operation_id="ReadShelf")
async def shelf() -> None:
    """A route as somebody might add it."""


@get("/door", operation_id="Door", opt={identity.OPEN: True})
async def door() -> None:
    """One that everybody may use."""


def app(*handlers: HTTPRouteHandler) -> Litestar:
    return Addresses(route_handlers=handlers, openapi_config=None, logging_config=None)


def test_a_route_with_its_line_is_served():
    must_cover(app(shelf, door), {"ReadShelf": ("read-list",), "Door": OPEN})


@pytest.mark.parametrize(
    ("handlers", "routes"),
    [
        ((shelf,), {}),
        ((shelf,), {"ReadShelf": OPEN}),
        ((door,), {"Door": ("read-list",)}),
        ((shelf,), {"ReadShelf": ("read-shelf",)}),
        ((shelf,), {"ReadShelf": ("read-list",), "ReadAttic": ("read-list",)}),
    ],
    ids=["no line", "open by line alone", "open by route alone", "no word", "no route"],
)
def test_nothing_starts_where_routes_and_lines_do_not_fit(handlers, routes):
    with pytest.raises(UnlistedRouteError):
        must_cover(app(*handlers), routes)


def test_nothing_starts_where_a_misspelt_action_wants_a_fresh_proof():
    must_cover(app(shelf), {"ReadShelf": ("read-list",)}, {"approval"})
    with pytest.raises(UnlistedRouteError, match="aproval"):
        must_cover(app(shelf), {"ReadShelf": ("read-list",)}, {"aproval"})


def test_a_route_nobody_listed_asks_for_nothing():
    with pytest.raises(UnlistedRouteError):
        route_actions.asked_by("ReadShelf")


def test_whatever_a_route_asks_some_row_grants():
    granted = {word for row in authority.load().table() for word in row.actions}
    assert {word for actions in ROUTES.values() for word in actions} <= granted


def test_every_word_of_the_table_is_asked_by_some_route():
    asked = {word for actions in ROUTES.values() for word in actions}
    assert asked == route_actions.WORDS
