"""A head's post is vacant, and whoever is appointed for him does what a head does."""

import asyncio
import time
from collections.abc import Iterator
from datetime import date, timedelta

import psycopg
import pytest

from application.office import directory, officials, stand_ins, tokens
from domain.stand_ins import StandIn
from domain.values import Capacity
from interfaces.clock import now
from tests.interfaces.http import forms, life, shapes
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
    """A handler with a token, and the head who has left and whose Plt. he may be."""

    def __init__(self, counter: OpenCounter) -> None:
        self.counter = counter
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
        until = time.monotonic() + SOON
        while time.monotonic() < until:
            if ("disposition" in self.caller.get(known).json()["actions"]) is wanted:
                return
            time.sleep(0.02)
        pytest.fail("nobody heard of the appointment")

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
            for id_, role in ((self.head, "agency_head"), (self.id, "handler")):
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


@pytest.fixture
def plt(counter: OpenCounter) -> Iterator[Plt]:
    """Whoever acts for a head who has left, once a test appoints him; then no more."""
    acting = Plt(counter)
    yield acting
    asyncio.run(acting.appoint(in_kupang(-1)))


def acts(case: life.Life) -> dict[str, Form]:
    """What a head does with a letter before it is answered, in an order that works."""
    return {
        "disposition": forms.disposition(case.official("analis")),
        "extension": {
            "working_days": 7,
            "reason": "informasi luas",
            "notice_sent_at": now().isoformat(),
        },
        "pause": {"ground": "banjir", "from": in_kupang(0).isoformat()},
        "resumption": {},
        "fact-correction": {
            "version": 1,
            "fact": "letter.agenda_number",
            "value": "71/BPPD/2026",
            "reason": "salah salin",
        },
        "transfer": {"holder": "BPS Provinsi NTT", "notice": "Surat 7"},
    }


def test_without_an_appointment_every_act_of_a_head_is_refused(plt, counter):
    case = life.letter(counter, BPPD)
    for word, body in acts(case).items():
        assert plt.refused(case, word, body) == (403, "forbidden")
    assert plt.may(case) == set()
    assert plt.caller.get(case.path).json()["requester"] is None


def test_whoever_is_appointed_does_them_and_the_history_says_for_whom(plt, counter):
    plt.is_appointed()
    case = life.letter(counter, BPPD)
    for word, body in acts(case).items():
        assert word in plt.may(case)
        plt.step(case, word, body)

    entries = plt.entries(case)
    assert len(entries) == len(acts(case))
    assert {one["rule"] for one in entries} == {"head"}
    for one in entries:
        assert one["by"] == {
            "official": plt.id,
            "name": "Pejabat",
            "role": "agency_head",
            "acting_for": plt.head,
        }


def drafted(counter: OpenCounter) -> life.Life:
    """A draft that has only the head's tier before it."""
    case = life.disposed(counter, BPPD).step("analis", "draft", forms.draft(), "draft")
    own = {"draft": 1, "capacity": "own"}
    return case.step("kasubid", "approval", own).step("kabid", "approval", own)


def test_the_heads_tier_is_his_to_send_back_and_to_sign_but_not_in_his_own_name(
    plt, counter
):
    plt.is_appointed()
    case = drafted(counter)
    assert {"approval", "correction"} <= plt.may(case)
    own = {"draft": 1, "capacity": "own"}
    assert plt.refused(case, "approval", own) == (403, "forbidden")
    as_head = own | {"role": "agency_head"}
    assert plt.refused(case, "approval", as_head) == (403, "forbidden")
    daily = {"draft": 1, "capacity": "daily_acting", "for": plt.head}
    assert plt.refused(case, "approval", daily) == (409, "not-the-stand-in")
    requester = plt.caller.get(case.path).json()["requester"]
    assert requester["name"] == forms.WRITER

    plt.step(case, "approval", {"draft": 1, "capacity": "acting", "for": plt.head})

    assert case.stage == "approved"
    [signed] = plt.entries(case)
    assert (signed["by"]["role"], signed["by"]["acting_for"]) == (
        "agency_head",
        plt.head,
    )
    back = drafted(counter)
    plt.step(back, "correction", {"draft": 1, "notes": "lengkapi"})
    assert back.stage == "returned"


def test_a_closed_case_is_opened_again_in_the_heads_stead(plt, counter):
    plt.is_appointed()
    case = drafted(counter)
    case.step("kepala", "approval", {"draft": 1, "capacity": "own"})
    case.step("agendaris", "delivery", {"how": "post", "letter_number": "1/2026"})
    case.step("agendaris", "closing", {})
    plt.step(case, "reopening", {"reason": "data keliru", "role": "agency_head"})
    assert case.stage == "disposed"


def test_after_the_last_day_nothing_of_it_is_his(plt, counter):
    plt.is_appointed()
    case = life.letter(counter, BPPD)
    plt.step(case, "disposition", forms.disposition(case.official("analis")))
    plt.is_appointed(last=in_kupang(-1))
    again = forms.disposition(case.official("analis-lain"))
    assert plt.refused(case, "disposition", again) == (403, "forbidden")
    said = again | {"role": "agency_head"}
    assert plt.refused(case, "disposition", said) == (403, "forbidden")
    assert plt.may(case) == set()


def test_what_happened_on_his_days_may_still_be_entered_later(plt, counter):
    plt.is_appointed()
    came = {
        "occurred_at": f"{in_kupang(-2)}T09:00:00+08:00",
        "late_reason": "dari buku agenda",
    }
    case = life.letter(counter, BPPD, **came)
    plt.is_appointed(last=in_kupang(-1))
    given = forms.disposition(case.official("analis"), **came) | {
        "occurred_at": f"{in_kupang(-1)}T23:00:00+08:00"
    }
    plt.step(case, "disposition", given)
    assert plt.entries(case)[0]["by"]["acting_for"] == plt.head
