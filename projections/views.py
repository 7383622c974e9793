"""Every view there is."""

import re
from typing import Final

from projections.audit_trail import TrailView
from projections.breaches import BreachesView
from projections.cases import CasesView
from projections.complaints import ComplaintsView
from projections.copies import Copy
from projections.data_requests import DataRequestsView
from projections.guest_book import GuestBookView
from projections.objections import ObjectionsView
from projections.view import View

VIEWS: tuple[View, ...] = (
    CasesView(),
    ComplaintsView(),
    ObjectionsView(),
    GuestBookView(),
    DataRequestsView(),
    BreachesView(),
    TrailView(),
)

SERVING: tuple[Copy, ...] = tuple(Copy.serving(view) for view in VIEWS)
"""Their copies that are read, for the search path of who reads."""

TABLES: Final = frozenset(
    table
    for view in VIEWS
    for table in re.findall(r"\bcreate table (\w+)", view.create)
)
"""The names of their tables, as statements say them."""
