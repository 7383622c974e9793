"""Complaints and objections of a period; they have no channel of a request's."""

from typing import Final

from application import named_sql

_SQL = named_sql.load(__file__)

FIGURES: Final = {
    "complaint": named_sql.join(_SQL["counted_complaints"], _SQL["figures"]),
    "objection": named_sql.join(_SQL["counted_objections"], _SQL["figures"]),
}
"""The statements that count, by what they count."""

LISTED: Final = {
    "complaint": named_sql.join(_SQL["counted_complaints"], _SQL["listed"]),
    "objection": named_sql.join(_SQL["counted_objections"], _SQL["listed"]),
}
"""The statements that list what is counted."""

_SHOWN: Final = named_sql.join(_SQL["counted_complaints"], _SQL["shown_complaints"])

LISTED_TO: Final = named_sql.join(_SHOWN, _SQL["listed_complaints"])
"""The statement that lists complaints to somebody who may not see all of them."""

WITHHELD: Final = named_sql.join(_SHOWN, _SQL["withheld_complaints"])
"""The statement that counts those which it does not list."""
