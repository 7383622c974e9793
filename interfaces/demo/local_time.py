"""Times as the demo says them: local to Kupang, WITA."""

from datetime import datetime
from zoneinfo import ZoneInfo

WITA = ZoneInfo("Asia/Makassar")


def at(said: str) -> datetime:
    """An instant, from `2026-02-10 09:05` in local time."""
    return datetime.fromisoformat(said).replace(tzinfo=WITA)


def told(instant: str | datetime) -> str:
    """The same words back, from an instant of the API."""
    if isinstance(instant, str):
        instant = datetime.fromisoformat(instant)
    return instant.astimezone(WITA).strftime("%Y-%m-%d %H:%M")
