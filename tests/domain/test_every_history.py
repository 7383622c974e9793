"""What every history obeys, whoever does whatever to it in any order."""

from random import Random
from typing import get_args

from hypothesis import HealthCheck, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from typing_extensions import override

from domain import errors, events
from domain.commands import AnyCommand
from tests.domain.walking import Walk

MOST_WALKS = 300
"""Of two hundred steps each; they end as soon as everything was seen."""
HOPES = (
    ("receive",)
    + ("go_on",) * 12
    + ("stray",) * 8
    + ("handle_complaint",) * 2
    + ("contest",) * 2
    + ("protect",) * 3
    + ("announce",)
    + ("wait",)
)


class Office(RuleBasedStateMachine):
    """Hypothesis throws the dice, and looks for the shortest way to break a law."""

    def __init__(self) -> None:
        super().__init__()
        self.walk = Walk()

    @initialize(data=st.data())
    def two_ask(self, data):
        for _ in range(2):
            self.walk.receive(dice_of(data))

    @rule(data=st.data())
    def somebody_asks(self, data):
        self.walk.receive(dice_of(data))

    @rule(data=st.data(), times=st.integers(1, 6))
    def work_goes_on(self, data, times):
        for _ in range(times):
            self.walk.go_on(dice_of(data))

    @rule(data=st.data())
    def the_head_moves_clocks(self, data):
        self.walk.lead(dice_of(data))

    @rule(data=st.data())
    def somebody_strays(self, data):
        self.walk.stray(dice_of(data))

    @rule(data=st.data())
    def a_complaint_is_handled(self, data):
        self.walk.handle_complaint(dice_of(data))

    @rule(data=st.data())
    def somebody_objects(self, data):
        self.walk.contest(dice_of(data))

    @rule(data=st.data())
    def somebody_minds_his_data(self, data):
        self.walk.protect(dice_of(data))

    @rule(data=st.data())
    def a_calendar_is_announced_late(self, data):
        self.walk.announce(dice_of(data))

    @rule(data=st.data())
    def time_passes(self, data):
        self.walk.wait(dice_of(data))

    @override
    def teardown(self) -> None:
        self.walk.past_holds()
        for command in set(self.walk.accepted):
            event(f"accepted {command.__name__}")
        for error in set(self.walk.refused):
            event(f"refused by {error.__name__}")


def dice_of(data):
    return lambda among: data.draw(st.sampled_from(among))


TestOffice = Office.TestCase
TestOffice.settings = settings(
    max_examples=settings().max_examples * 6 // 10,  # a walk is long
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


RULES = {
    rule
    for rule in vars(errors).values()
    if isinstance(rule, type) and issubclass(rule, errors.RuleBrokenError)
} - {errors.RuleBrokenError}
COMMANDS = set(get_args(AnyCommand))
BY_ANOTHER_STANDARD = {errors.ChannelClosedError, errors.IdCardNotTakenError}
"""Rules that neither agency's standard gives occasion to break."""


def test_walks_see_every_command_succeed_and_every_rule_broken():
    dice = Random(20_260_210)
    accepted: set[type[AnyCommand]] = set()
    happened: set[type[events.AnyEvent]] = set()
    refused: set[type[errors.RuleBrokenError]] = set()
    for _ in range(MOST_WALKS):
        walk = Walk()
        for _ in range(200):
            is_crowded = len(walk.register.cases) > 10
            getattr(walk, dice.choice(HOPES[is_crowded:]))(dice.choice)
        walk.retire(dice.choice)
        walk.past_holds()
        accepted |= set(walk.accepted)
        refused |= set(walk.refused)
        for history in walk.register.histories.values():
            happened |= {type(line.event) for line in history}
        is_enough = refused == RULES - BY_ANOTHER_STANDARD
        if is_enough and accepted == COMMANDS:
            break
    assert accepted == COMMANDS
    assert happened == set(get_args(events.AnyEvent))
    assert refused == RULES - BY_ANOTHER_STANDARD
