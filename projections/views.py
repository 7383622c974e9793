"""Every view there is."""

from projections.audit_trail import TrailView
from projections.cases import CasesView
from projections.complaints import ComplaintsView
from projections.copies import Copy
from projections.guest_book import GuestBookView
from projections.objections import ObjectionsView
from projections.view import View

VIEWS: tuple[View, ...] = (
    CasesView(),
    ComplaintsView(),
    ObjectionsView(),
    GuestBookView(),
    TrailView(),
)

SERVING: tuple[Copy, ...] = tuple(Copy.serving(view) for view in VIEWS)
"""Their copies that are read, for the search path of who reads."""
