"""Somebody who is appointed to act for a head who has left (Plt.)."""

import asyncio
import time
from datetime import date, timedelta

import psycopg

from application.office import directory, officials, stand_ins, tokens
from domain.stand_ins import StandIn
from domain.values import Capacity
from interfaces.clock import now
from tests.awaiting import comes_true_outside
from tests.interfaces.http import life, shapes
from tests.interfaces.http.forms import Form
from tests.open_counter import Caller, OpenCounter
from tests.staff import AGENCIES, BPPD

SOON = 3.0
"""Seconds until every worker has heard of it."""
DEED = "SP 800/12/2026"


def in_kupang(days: int) -> date:
    """A local day, so many days from today."""
    return (now() + timedelta(hours=8, days=days)).date()


class Plt:
    """Somebody with a token, and the head who has left and whose Plt. he may be."""

    def __init__(self, counter: OpenCounter, role: str = "handler") -> None:
        self.counter = counter
        self.role = role
        self.head = f"kepala-lama-{time.monotonic_ns()}"
        self.id = f"plt-{time.monotonic_ns()}"
        self._conn = counter.database_url
        self.token = asyncio.run(self._enter())

    @property
    def caller(self) -> Caller:
        return self.counter.bearing(self.token)

    def is_appointed(self, last: date | None = None) -> None:
        """The appointment holds since the day before yesterday."""
        asyncio.run(self.appoint(last))
        # The worker hears of it a moment later.
        known = f"/v1/cases/{life.letter(self.counter, BPPD).answer['case']}"
        wanted = last is None

        def is_known() -> bool:
            may = self.caller.get(known).json().get("actions", ())
            return ("disposition" in may) is wanted

        comes_true_outside(is_known, SOON)

    def may(self, case: life.Life) -> set[str]:
        return set(self.caller.get(case.path).json()["actions"])

    def step(self, case: life.Life, word: str, body: Form) -> None:
        done = self.caller.post(f"{case.path}/{word}", body, case.version)
        assert done.status_code == 200, (word, done.text)
        case.answer = done.json()
        shapes.must_be_a_case_answer(case.answer)

    def refused(self, case: life.Life, word: str, body: Form) -> tuple[int, str]:
        answer = self.caller.post(f"{case.path}/{word}", body, case.version)
        return answer.status_code, answer.json()["code"]

    def entries(self, case: life.Life) -> list[Form]:
        """What he did, as the history tells it."""
        told = self.caller.get(f"{case.path}/history").json()["items"]
        return [one for one in told if one["by"]["official"] == self.id]

    async def _enter(self) -> str:
        async with await psycopg.AsyncConnection.connect(self._conn) as connection:
            for id_, role in ((self.head, "agency_head"), (self.id, self.role)):
                one = officials.check(
                    id_=id_,
                    agency=BPPD,
                    name="Pejabat",
                    roles=[role],
                    unit=None if role == "agency_head" else "potensi/data",
                    agencies=AGENCIES,
                )
                await directory.add(connection, one, now())
            await directory.disable(connection, self.head, now())
            return await tokens.issue(connection, self.id, now())

    async def appoint(self, last: date | None) -> None:
        plt = StandIn(
            agency=BPPD,
            official=self.id,
            acting_for=self.head,
            capacity=Capacity.ACTING,
            first=in_kupang(-2),
            last=last,
            decree=DEED,
        )
        async with await psycopg.AsyncConnection.connect(self._conn) as connection:
            await stand_ins.add(connection, plt, now())
