"""SP4N-LAPOR! has statuses of its own; the liaison copies them, whatever ours is."""

import pytest
from msgspec.structs import replace

from domain import commands, errors, events
from domain.values import Channel
from tests.domain.offices import LIAISON
from tests.domain.receipts import lettered, reported, visited
from tests.domain.scenarios import MINUTE, MORNING, Given
from tests.domain.stages import REPORTS

COPY = commands.ImportLaporStatus(status="Selesai", at=MORNING)


def test_a_status_is_copied_before_the_review():
    Given(reported()).when(COPY, by=LIAISON).then(
        events.LaporStatusImported(status="Selesai", at=MORNING)
    )


@pytest.mark.parametrize("stage", REPORTS)
def test_a_status_changes_nothing_of_our_case_but_its_time(stage):
    given = Given(*REPORTS[stage])
    assert given.case is not None
    after = given.when(COPY, by=LIAISON).case
    at = given.case.last_at + MINUTE
    times = (*given.case.times, at)
    assert after == replace(given.case, last_at=at, times=times)


@pytest.mark.parametrize(
    ("came", "channel"),
    [(visited(), Channel.FACE_TO_FACE), (lettered(), Channel.LETTER)],
)
def test_only_reports_have_a_status_there(came, channel):
    Given(came).when(COPY, by=LIAISON).then_refused(
        errors.WrongChannelError, channel=channel, allowed=(Channel.SP4N_LAPOR,)
    )
