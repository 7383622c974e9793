"""Objections: in time or not, by whom, on which ground, and what follows."""

from domain import commands, errors, events
from domain.values import (
    Clock,
    ClockState,
    DraftKind,
    Filer,
    ObjectionGround,
    ObjectionRuling,
    ObjectionStage,
    Outcome,
    Stage,
)
from tests.domain.edge_cases.matter import Matter
from tests.domain.edge_cases.wishes import (
    POST,
    receive_letter,
    sign,
    write,
)
from tests.domain.offices import ANALYST, CLERK, HEAD, PPID, SUPERIOR
from tests.domain.proceedings import OBJECTION, filing
from tests.domain.scenarios import wita
from tests.domain.words import CASE, DOCUMENT, KIP_17C, refused

CAME = "2026-02-10 10:00"
"""Its tenth working day is the 26th."""
IN_TIME = "2026-02-16 09:00"
"""Thirty working days later it is the 8th of April."""
TOO_LATE_TO_REFUSE = "2026-03-04 09:00"
LAST_MINUTE = "2026-04-08 23:59"
DAY_31 = "2026-04-09 00:00"


def refusal(at: str) -> Matter:
    """A letter whose refusal was signed then."""
    matter = Matter()
    receive_letter(matter, CAME)
    weigh = commands.RecordConsequenceTest(
        items=(1,), act=KIP_17C, analysis="membahayakan pos", participants=(PPID,)
    )
    matter.act(weigh, PPID, "2026-02-11 09:00")
    no = write(refused(), kind=DraftKind.REFUSAL)
    matter.act(no, ANALYST, "2026-02-12 09:00")
    sign(matter, at)
    return matter


def test_an_objection_in_time_may_come_in_the_last_minute_of_day_30():
    matter = refusal(IN_TIME)
    matter.act(filing(ObjectionGround.REFUSED), PPID, LAST_MINUTE)
    assert matter.objections[OBJECTION].stage is ObjectionStage.FILED


def test_an_objection_late_by_a_minute_is_refused():
    matter = refusal(IN_TIME)
    said = matter.refuses(
        errors.ObjectionTooLateError, filing(ObjectionGround.REFUSED), PPID, DAY_31
    )
    assert said == {"due_at": wita(DAY_31)}
    assert not matter.objections


def test_an_objection_by_proxy_without_power_of_attorney_is_refused():
    matter = refusal(IN_TIME)
    bare = filing(ObjectionGround.REFUSED, Filer.PROXY)
    matter.refuses(errors.PowerOfAttorneyMissingError, bare, PPID, LAST_MINUTE)
    empowered = filing(ObjectionGround.REFUSED, Filer.PROXY, DOCUMENT)
    matter.act(empowered, PPID, LAST_MINUTE)
    filed = matter.objections[OBJECTION].filed
    assert (filed.filed_by, filed.power_of_attorney) == (Filer.PROXY, DOCUMENT)


def test_an_objection_on_a_ground_not_matching_the_case_is_refused():
    matter = refusal(IN_TIME)
    matter.act(POST, CLERK, IN_TIME)
    for ground in (ObjectionGround.NO_RESPONSE, ObjectionGround.LATE):
        said = matter.refuses(
            errors.NothingToObjectToError, filing(ground), PPID, LAST_MINUTE
        )
        assert said == {"ground": ground}


def test_an_objection_granted_brings_a_second_delivery_on_the_same_case():
    matter = refusal(IN_TIME)
    matter.act(POST, CLERK, "2026-02-17 09:00")
    matter.act(commands.Close(), CLERK, "2026-02-17 10:00")
    matter.act(filing(ObjectionGround.REFUSED), PPID, "2026-03-02 09:00")
    grant = commands.DecideObjection(
        case=CASE,
        objection=OBJECTION,
        decision=ObjectionRuling.GRANT,
        reason="bagian umum tidak dikecualikan",
    )
    matter.refuses(errors.DeciderWasTierError, grant, HEAD, "2026-03-09 09:00")
    matter.act(grant, SUPERIOR, "2026-03-09 09:00")
    assert matter.histories[CASE][-1] == events.Reopened(
        reason="bagian umum tidak dikecualikan", objection=OBJECTION
    )
    matter.act(write(), ANALYST, "2026-03-10 09:00")
    sign(matter, "2026-03-11 09:00", draft=2)
    matter.act(POST, CLERK, "2026-03-12 09:00")
    assert matter.history().count(events.Delivered) == 2
    assert (matter.case.stage, matter.case.outcome) == (
        Stage.DELIVERED,
        Outcome.GRANTED,
    )
    seen = matter.clocks("2026-03-12 09:00")
    assert seen[Clock.STATUTE].met_at == wita("2026-02-17 09:00")
    assert seen[Clock.OBJECTION].starts_at == wita("2026-03-12 09:00")


def test_a_refusal_issued_after_the_ten_working_days_gives_both_a_and_g():
    for ground in (ObjectionGround.REFUSED, ObjectionGround.LATE):
        matter = refusal(TOO_LATE_TO_REFUSE)
        matter.act(POST, CLERK, TOO_LATE_TO_REFUSE)
        statute = matter.clocks(TOO_LATE_TO_REFUSE)[Clock.STATUTE]
        assert statute.state is ClockState.MISSED
        assert statute.met_at == wita(TOO_LATE_TO_REFUSE)
        matter.act(filing(ground), PPID, "2026-03-05 09:00")
        assert matter.objections[OBJECTION].filed.ground is ground
    # It did answer, so it was not silent.
    silent = filing(ObjectionGround.NO_RESPONSE)
    answered = refusal(TOO_LATE_TO_REFUSE)
    answered.act(POST, CLERK, TOO_LATE_TO_REFUSE)
    answered.refuses(errors.NothingToObjectToError, silent, PPID, "2026-03-05 09:00")
