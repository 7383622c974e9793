"""A head's post is vacant, and whoever is appointed for him does what a head does."""

import asyncio
from collections.abc import Iterator

import pytest

from interfaces.clock import now
from tests.interfaces.http import forms, life
from tests.interfaces.http.acting import Plt, in_kupang
from tests.interfaces.http.forms import Form
from tests.open_counter import OpenCounter
from tests.staff import BPPD


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
            "proof": "operator-token",
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
