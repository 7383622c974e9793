"""What a batch reads of its matters: their histories, and whom its texts might name.

One question for both: two would need a pipeline, and a command that comes alone would
wait for it. Those concerned are asked for only where somebody wrote something.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final
from uuid import UUID

from psycopg import AsyncCursor

from application import arrays, named_sql, register
from application.comparing_names import NamesToCompare, persons_of
from application.entries import Step
from application.errands import Errand
from application.people import ClosedField
from application.register import History
from application.sealing import Sealing
from domain.commands import CloseBreach, NotifyBreach

_SQL = named_sql.load(__file__)
_WITH_NAMES = _SQL["with_names"]
_OF_PERSONS = _SQL["of_persons"]

_OF_A_BREACH: Final = (NotifyBreach, CloseBreach)


class MattersRead:
    """One batch's question to the register and the people store."""

    def __init__(self, sealing: Sealing, errands: Sequence[Errand]) -> None:
        self._sealing = sealing
        self._streams = {stream for one in errands for stream in one.streams}
        written = [one for one in errands if one.free_texts]
        self._records = {record for one in written for record in one.streams}
        self._persons = {who for one in written for who in persons_of(one.command)}
        self._breaches = [
            one.subject for one in written if isinstance(one.command, _OF_A_BREACH)
        ]
        self._histories: AsyncCursor[Any] | None = None
        self._of_persons: AsyncCursor[Any] | None = None

    @property
    def several(self) -> bool:
        """Whether it takes more than one statement."""
        return bool(self._persons or self._breaches)

    async def send(self, cursor: Callable[[], AsyncCursor[Any]]) -> None:
        """Ask; `told` fetches the answer."""
        if self._streams:
            self._histories = cursor()
            await self._ask(self._histories)
        if self.several:
            self._of_persons = cursor()
            about = {
                "persons": arrays.uuids(list(self._persons)),
                "breaches": arrays.uuids(self._breaches),
            }
            await self._of_persons.execute(_OF_PERSONS, about, prepare=True)

    async def told(self) -> tuple[dict[UUID, History], NamesToCompare | None]:
        """Fetch the histories, and whom texts are compared with, where they are."""
        histories: dict[UUID, History] = {}
        closed: list[ClosedField] = []
        if self._histories is not None:
            if not self._records:
                histories = await register.histories_asked(self._histories)
            else:
                closed = await self._sorted_into(histories, self._histories)
        if self._of_persons is not None:
            closed += [ClosedField(*row) for row in await self._of_persons.fetchall()]
        return histories, NamesToCompare(self._sealing, closed) if closed else None

    async def _ask(self, cursor: AsyncCursor[Any]) -> None:
        if not self._records:
            await register.ask_histories(cursor, list(self._streams))
            return
        asked = {
            "streams": arrays.uuids(list(self._streams)),
            "records": arrays.uuids(list(self._records)),
        }
        await cursor.execute(_WITH_NAMES, asked, prepare=True)

    async def _sorted_into(
        self, histories: dict[UUID, History], cursor: AsyncCursor[Any]
    ) -> list[ClosedField]:
        """Take the two apart again."""
        closed = []
        for stream, version, what, content, *rest in await cursor.fetchall():
            at, recorded_at, metadata, person, wrapped_key = rest
            if version:
                step = Step(version, what, content, at, recorded_at, metadata)
                histories.setdefault(stream, []).append(step)
            else:
                closed.append(
                    ClosedField(
                        person, stream, what, content, wrapped_key, restricted=False
                    )
                )
        return closed
