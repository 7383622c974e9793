"""A view that would be made otherwise today has another version than yesterday.

Without it an upgrade leaves the old tables standing, and their rows lack what is new.
"""

import msgspec
import pytest

from domain.case import Case
from projections.breaches import BreachesView
from projections.course import Course
from projections.view import View
from projections.views import VIEWS
from tests.projections import view_shapes
from tests.projections.view_shapes import FOLDED, grown, pinned, shape


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_no_view_grows_under_its_old_version(view: View):
    fault = grown(view, pinned().get(view.name))
    assert fault is None, fault


def test_every_view_is_pinned():
    names = [view.name for view in VIEWS]
    assert names == [*pinned()] == [*FOLDED]


class Grown(msgspec.Struct, frozen=True):
    case: Case
    course: Course
    weight: int = 0


def test_a_row_that_grew_a_field_wants_another_version(monkeypatch):
    """The control, of a fold."""
    cases = VIEWS[0]
    before = shape(cases)
    monkeypatch.setitem(view_shapes.FOLDED, "cases", (Grown,))
    assert (grown(cases, before) or "").startswith("raise version of cases")


class Remarked(BreachesView):
    create = f"{BreachesView.create}\n -- a remark\n"


class Wider(BreachesView):
    create = f"{BreachesView.create}; alter table breaches add column weight integer"


class Raised(Wider):
    version = BreachesView.version + 1


def test_a_table_that_grew_a_column_wants_another_version():
    """The control, of tables; a comment is no growth, and a raised version is noted."""
    before = shape(BreachesView())
    assert grown(Remarked(), before) is None
    assert (grown(Wider(), before) or "").startswith("raise version of breaches")
    assert (grown(Raised(), before) or "").startswith("renew")
