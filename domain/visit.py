"""Visits in the guest book (buku tamu) that make no case."""

from domain import commands, events
from domain.facts import Fact, facts
from domain.office import Office


def note(command: commands.NoteVisit, office: Office) -> tuple[Fact, ...]:
    """A visitor without identity, or who only wanted advice, is still written down."""
    return facts(
        events.Visited(
            agency=office.agency,
            outcome=command.outcome,
            person=command.person,
            words=command.words,
        )
    )
