"""Every view there is."""

from projections.cases import CasesView
from projections.copies import Copy
from projections.view import View

VIEWS: tuple[View, ...] = (CasesView(),)

SERVING: tuple[Copy, ...] = tuple(Copy.serving(view) for view in VIEWS)
"""Their copies that are read, for the search path of who reads."""
