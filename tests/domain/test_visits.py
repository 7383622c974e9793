"""Visits that make no case stand in the guest book (buku tamu)."""

import pytest

from domain import commands, events
from domain.values import VisitOutcome
from tests.domain.offices import BIRO, BPPD, RECEPTIONIST
from tests.domain.scenarios import Given
from tests.domain.words import PERSON, WORDS


@pytest.mark.parametrize("agency", [BIRO, BPPD])
@pytest.mark.parametrize("outcome", VisitOutcome)
def test_who_has_no_identity_or_wants_only_advice_is_written_down(agency, outcome):
    command = commands.NoteVisit(outcome=outcome, person=PERSON, words=WORDS)
    Given(agency=agency).when(command, by=RECEPTIONIST).then(
        events.Visited(agency=agency, outcome=outcome, person=PERSON, words=WORDS)
    )
