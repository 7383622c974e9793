"""The projector's log tells that views are far behind, and otherwise says nothing."""

from structlog.testing import capture_logs

from application.follow import Progress
from interfaces.projecting import FAR, TELL_EVERY, Diary

PAGE = 2_000


class Told:
    """A diary with a clock that a test moves."""

    def __init__(self) -> None:
        self.now = 0.0
        self.diary = Diary(lambda: self.now)
        self.position = 0

    def page(self, lag: int, seconds: float = 0.1) -> list[str]:
        """What is logged of a page that leaves so much to do."""
        self.now += seconds
        self.position += PAGE
        with capture_logs() as logs:
            self.diary.tell(
                Progress("projector", PAGE, self.position, self.position + lag)
            )
        return [line["event"] for line in logs]


def test_pages_of_an_ordinary_day_are_not_told():
    told = Told()
    assert [told.page(0), told.page(FAR - 1), told.page(10), told.page(0)] == [[]] * 4


def test_far_behind_is_told_now_and_then_until_all_is_caught_up():
    told = Told()
    assert told.page(FAR * 3) == ["views_far_behind"]
    assert told.page(FAR * 2) == []
    assert told.page(FAR, TELL_EVERY) == ["views_far_behind"]
    assert told.page(FAR - 1, TELL_EVERY) == []
    assert told.page(0) == ["views_caught_up"]
    assert told.page(0) == []


def test_who_falls_behind_again_at_once_does_not_fill_the_log():
    told = Told()
    assert told.page(FAR) == ["views_far_behind"]
    assert told.page(0) == ["views_caught_up"]
    assert told.page(FAR) == []
    assert told.page(0) == []
