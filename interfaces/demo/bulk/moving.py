"""By how much a copy of a life may be moved, and which of its instants move along."""

import re
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Final

from interfaces.demo.bulk.life import Life
from interfaces.demo.local_time import WITA

INSTANT: Final = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)"
"""An instant as events write it."""

OPENS, CLOSES = timedelta(hours=7, minutes=30), timedelta(hours=16, minutes=30)
"""Acts of copies keep within these hours where the life's own do."""
FARTHEST: Final = timedelta(hours=1)
_MIDNIGHT: Final = time()
_LAST: Final = timedelta(hours=23, minutes=59, seconds=59)
_ZERO: Final = timedelta()
_is_instant = re.compile(INSTANT.encode()).fullmatch


def moves(told: bytes) -> bool:
    """Whether it is an instant that moves; a local midnight ends a day, and stays."""
    return _is_instant(told) is not None and _local(told).time() != _MIDNIGHT


def face(told: bytes) -> tuple[datetime, bytes]:
    """What the instant shows, and the offset as it is written."""
    written = told.decode()
    offset = "Z" if written.endswith("Z") else written[-6:]
    shown = datetime.fromisoformat(written.removesuffix(offset))
    return shown, offset.encode()


def moved(shown: datetime, offset: bytes, seconds: int) -> bytes:
    """The instant so many seconds later, written as it was."""
    return (shown + timedelta(seconds=seconds)).isoformat().encode() + offset


def room(life: Life, told: Iterable[bytes], until: datetime) -> tuple[int, int]:
    """Seconds by which a copy may be earlier, and later.

    No instant leaves its local day, and nothing is recorded at `until` or after it.
    """
    acts = [act.recorded_at for act in life.acts]
    acts += [entry.occurred_at for act in life.acts for entry in act.entries]
    office = [_since_midnight(at) for at in acts]
    every = [*office, *(_since_midnight(_local(one)) for one in told)]
    earlier = min(FARTHEST, *every, max(_ZERO, min(office) - OPENS))
    later = min(
        FARTHEST,
        _LAST - max(every),
        max(_ZERO, CLOSES - max(office)),
        until - life.acts[-1].recorded_at - timedelta(seconds=1),
    )
    return -int(earlier.total_seconds()), max(0, int(later.total_seconds()))


def _local(told: bytes) -> datetime:
    return datetime.fromisoformat(told.decode()).astimezone(WITA)


def _since_midnight(at: datetime) -> timedelta:
    local = at.astimezone(WITA)
    return local - local.replace(hour=0, minute=0, second=0, microsecond=0)
