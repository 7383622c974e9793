"""Who acts in an absent official's stead may what that one may, but not watch for him.

The stand-ins are administrators themselves, and so may nothing of it in their own name.
"""

import asyncio
from datetime import timedelta

import psycopg
import pytest

from application.office import stand_ins
from domain.stand_ins import StandIn
from domain.values import Capacity, Role
from interfaces.clock import now
from interfaces.http.route_actions import OPEN, ROUTES
from tests.authority import oracle
from tests.authority.asking import PREPARED
from tests.authority.staffing import official, stand_in
from tests.awaiting import comes_true_outside
from tests.staff import BIRO

ASKED = sorted(name for name, actions in ROUTES.items() if actions != OPEN)
ABSENT = [role for role in Role if role is not Role.ADMINISTRATOR]


@pytest.fixture(scope="session")
def appointed(staffed):
    """Every role's official is absent today, and somebody acts for him."""
    today = (now() + timedelta(hours=8)).date()

    async def appoint() -> None:
        async with await psycopg.AsyncConnection.connect(
            staffed.database_url
        ) as connection:
            for role in ABSENT:
                one = StandIn(
                    agency=BIRO,
                    official=stand_in(role, BIRO),
                    acting_for=official(role, BIRO),
                    capacity=Capacity.DAILY_ACTING,
                    first=today - timedelta(days=1),
                    last=today + timedelta(days=1),
                    decree="SP 1/2026",
                )
                await stand_ins.add(connection, one, now())

    asyncio.run(appoint())
    last = staffed[stand_in(Role.HANDLER, BIRO)]
    comes_true_outside(lambda: last.get("/v1/cases").status_code == 200)
    return staffed


@pytest.mark.parametrize("operation", ASKED)
def test_the_table_says_what_may_be_done_in_anothers_stead(
    appointed, prepared, operation
):
    wrong = []
    for asked in PREPARED[operation](prepared[BIRO]):
        own = oracle.may(operation, asked.variant)
        for role in ABSENT:
            body = asked.body
            if operation == "Approve":
                said = {"capacity": "daily_acting", "for": official(role, BIRO)}
                body = {"draft": 1} | said
            answer = asked.by(appointed[stand_in(role, BIRO)], body)
            in_stead = (
                role in own
                and role not in oracle.NEVER_IN_STEAD
                and operation not in oracle.OWN_ALONE
            )
            may = in_stead or Role.ADMINISTRATOR in own
            if (answer.status_code in asked.granted) != may:
                wrong.append((asked.path, role.value, answer.status_code))
    assert wrong == []
