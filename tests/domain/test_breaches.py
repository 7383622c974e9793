"""A data breach is told within 72 hours, to those concerned and to the authority."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from domain import breach, breaching, commands, errors, events
from domain.breach import Breach
from domain.facts import By
from domain.office import Act
from domain.values import BreachStage, Clock, ClockState, NoticeTo
from tests.domain.offices import BPPD, OFFICES, PPID
from tests.domain.scenarios import wita
from tests.domain.words import CASE, PERSON

OFFICE = OFFICES[BPPD]
DISCOVERED = wita("2026-02-13 16:00")
HOURS = timedelta(hours=72)
RECORD = commands.RecordBreach(
    what="berkas permohonan tertinggal di ruang tunggu",
    discovered_at=DISCOVERED,
    fields=("name", "phone"),
    persons=(PERSON,),
    cases=(CASE,),
)
SUBJECTS, AUTHORITY, PUBLIC = NoticeTo
CLOSE = commands.CloseBreach(reason="selesai")


def told(*who: NoticeTo) -> commands.NotifyBreach:
    return commands.NotifyBreach(told=who, how="surat", handling="berkas diamankan")


class Incident:
    def __init__(self) -> None:
        self.breach: Breach | None = None

    def act(self, command, at):
        official = OFFICE.directory.officials[PPID, BPPD]
        act = Act(
            official=official, role=official.roles[0], occurred_at=at, recorded_at=at
        )
        facts = breaching.decide(self.breach, command, act, OFFICE)
        for fact in facts:
            assert isinstance(fact.event, events.BREACH_EVENTS)
            self.breach = breach.evolve(self.breach, fact.event, By(PPID, at))
        return facts

    def state(self, now):
        assert self.breach is not None
        (clock,) = self.breach.clocks
        assert clock.due.clock is Clock.BREACH_NOTICE
        return clock.state(now)


@pytest.fixture
def incident():
    incident = Incident()
    incident.act(RECORD, DISCOVERED + timedelta(hours=5))
    return incident


def test_its_hours_run_from_the_discovery_over_the_weekend(incident):
    assert incident.state(DISCOVERED + HOURS) is ClockState.MISSED
    assert incident.breach.recorded.due[0].due_at == DISCOVERED + HOURS


def test_it_is_told_once_the_persons_and_the_authority_know(incident):
    at = DISCOVERED + timedelta(hours=20)
    incident.act(told(SUBJECTS), at)
    assert incident.state(at) is ClockState.RUNNING
    with pytest.raises(errors.BreachNotToldError) as refusal:
        incident.act(CLOSE, at)
    assert refusal.value.facts() == {"untold": (AUTHORITY,)}
    incident.act(told(AUTHORITY, PUBLIC), at)
    assert incident.state(at) is ClockState.MET
    incident.act(CLOSE, at)
    assert incident.breach.stage is BreachStage.CLOSED


def test_what_is_closed_stays_closed(incident):
    incident.act(told(SUBJECTS, AUTHORITY), DISCOVERED + HOURS)
    incident.act(CLOSE, DISCOVERED + HOURS)
    for command in (told(PUBLIC), CLOSE):
        with pytest.raises(errors.WrongBreachStageError):
            incident.act(command, DISCOVERED + HOURS)


def test_nothing_is_discovered_after_it_was_written_down():
    late = replace(RECORD, discovered_at=DISCOVERED + HOURS)
    with pytest.raises(errors.OutOfOrderError):
        Incident().act(late, DISCOVERED)


def test_the_record_says_which_data_and_whose(incident):
    recorded = incident.breach.recorded
    assert isinstance(recorded, events.BreachRecorded)
    assert (recorded.fields, recorded.persons) == (("name", "phone"), (PERSON,))
