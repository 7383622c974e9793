"""Complaints and objections of a period; they have no channel of a request's."""

from typing import Final

from application import named_sql

_SQL = named_sql.load(__file__)

FIGURES: Final = {
    "complaint": _SQL["counted_complaints"] + "\n" + _SQL["figures"],
    "objection": _SQL["counted_objections"] + "\n" + _SQL["figures"],
}
"""The statements that count, by what they count."""

LISTED: Final = {
    "complaint": _SQL["counted_complaints"] + "\n" + _SQL["listed"],
    "objection": _SQL["counted_objections"] + "\n" + _SQL["listed"],
}
"""The statements that list what is counted."""
