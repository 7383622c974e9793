"""Bodies by which the clocks of an answer are moved."""

from datetime import UTC, date
from typing import Annotated, TypeAlias

import msgspec

from domain import commands
from interfaces.http.bodies.fields import Body, Instant, Text

Days: TypeAlias = Annotated[int, msgspec.Meta(ge=1)]


class Extension(Body, frozen=True, kw_only=True):
    """The statute's term is extended, and the requester told (perpanjangan waktu)."""

    working_days: Days
    reason: Text
    notice_sent_at: Instant

    def command(self) -> commands.Extend:
        return commands.Extend(
            working_days=self.working_days,
            reason=self.reason,
            notice_sent_at=self.notice_sent_at.astimezone(UTC),
        )


class Rest(Body, frozen=True, kw_only=True):
    """The clocks rest, both days included; without `until` nobody knows yet (jeda)."""

    ground: Text
    first: date = msgspec.field(name="from")
    until: date | None = None

    def command(self) -> commands.Pause:
        return commands.Pause(ground=self.ground, first=self.first, until=self.until)


class Resumption(Body, frozen=True, kw_only=True):
    """The clocks run again from the day of the act on (jeda berakhir)."""

    def command(self) -> commands.Resume:
        return commands.Resume()
