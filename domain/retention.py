"""What becomes of a file whose time is over: nothing goes by itself, a person decides.

When that is, `keeping` says.
"""

from domain import commands, errors, events, keeping
from domain.case import Case
from domain.erasing import Parties, erased, must_be_free
from domain.facts import Fact
from domain.office import Act, Office
from domain.order import in_order
from domain.values import RetentionChoice


def decide(
    case: Case,
    concerned: Parties,
    command: commands.DecideRetention,
    act: Act,
    office: Office,
) -> tuple[Fact, ...]:
    """Nothing goes by itself: somebody says so, for a file whose time is over."""
    in_order(case.last_at, act.occurred_at)
    case.must_not_be_erased()
    today = office.calendar.date_of(act.occurred_at)
    over = keeping.ended_on(keeping.of_all(case, concerned, office))
    if over is None or over >= today:
        raise errors.RetentionNotOverError(over)
    keeps = command.decision is RetentionChoice.KEEP
    if keeps and (command.until is None or command.until < today):
        raise errors.WaitWithoutEndError
    decided = Fact(
        event=events.RetentionDecided(
            decision=command.decision,
            reason=command.reason,
            ended_on=over,
            until=command.until if keeps else None,
        )
    )
    if keeps:
        return (decided,)
    must_be_free(concerned, act.occurred_at)
    return (decided, *erased(None, case.person, command, concerned, act))
