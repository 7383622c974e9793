"""The requests that `demo --check` plays, in the order of their numbers."""

from interfaces.demo.requests.blacked_out import GIVEN_IN_PART
from interfaces.demo.requests.complaints import COMPLAINTS
from interfaces.demo.requests.erased import ERASED
from interfaces.demo.requests.gone import GONE
from interfaces.demo.requests.letters import LETTERS
from interfaces.demo.requests.not_documented import NOT_DOCUMENTED
from interfaces.demo.requests.reports import REPORTS
from interfaces.demo.requests.visits import VISITS

_ALL = (
    *(*VISITS, *LETTERS, *GONE, *GIVEN_IN_PART, *NOT_DOCUMENTED),
    *(*REPORTS, *COMPLAINTS, *ERASED),
)

REQUESTS = tuple(sorted(_ALL, key=lambda request: request.number))
