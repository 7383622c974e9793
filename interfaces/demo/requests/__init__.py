"""The requests that `demo --check` plays, in the order of their numbers."""

from interfaces.demo.requests.letters import LETTERS
from interfaces.demo.requests.reports import REPORTS
from interfaces.demo.requests.visits import VISITS

REQUESTS = (*VISITS, *LETTERS, *REPORTS)
