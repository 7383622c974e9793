"""Time runs forward: within a history, and on the paper that a request came on."""

from datetime import datetime

from domain import errors


def in_order(earlier: datetime | None, later: datetime) -> None:
    """The later one does not lie before the earlier one, if there was one."""
    if earlier is not None and earlier > later:
        raise errors.OutOfOrderError(later, earlier)
