"""A clerk who works on paper: the API's forms, decided without a server."""

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, Final
from uuid import UUID

from application.decider import Decider
from application.errands import Errand
from application.office.principals import Principal
from domain.office import Directory
from interfaces.demo.api import Answer
from interfaces.demo.bulk import doors, wishes
from interfaces.demo.bulk.ledger import Ledger
from interfaces.demo.bulk.life import Life
from interfaces.demo.bulk.numbers import FreshNumbers
from interfaces.demo.year.diary import StillToComeError
from interfaces.http.bodies.fields import Body

_DATED: Final = "occurred_at"
_WHY_LATE: Final = "late_reason"


class Office:
    """Who decides, and who works there."""

    def __init__(self, decider: Decider, directory: Directory) -> None:
        self.decider = decider
        self.directory = directory
        self._principals: dict[str, Principal] = {}

    def principal(self, official: str) -> Principal:
        """An official with the agencies that he serves."""
        found = self._principals.get(official)
        if found is None:
            serves = {
                agency: one
                for (id_, agency), one in self.directory.officials.items()
                if id_ == official
            }
            found = self._principals[official] = Principal(official, serves)
        return found


class PaperClerk:
    """Records one life as it happens, or so much later (`lag`), until today."""

    def __init__(
        self,
        office: Office,
        dice: Random,
        opens: datetime,
        until: datetime,
        lag: timedelta,
    ) -> None:
        self.ledger = Ledger(office.decider, dice, opens)
        self.numbers = FreshNumbers()
        self._office = office
        self._until = until
        self._lag = lag

    @property
    def life(self) -> Life:
        """What has been recorded so far."""
        return Life(tuple(self.ledger.acts))

    def get(self, official: str, path: str) -> Answer:
        """Tell of a complaint what its handling asks for."""
        del official
        standing = self.ledger.page.standing(UUID(path.rpartition("/")[2]))
        assert standing is not None
        return {"version": standing.version}

    def post(
        self, official: str, path: str, body: Answer, version: int | None = None
    ) -> Answer:
        """Decide and put down; raises the rule that was broken, or StillToComeError."""
        said = self._entered_at(body)
        principal = self._office.principal(official)
        match path.split("/")[2:]:
            case ["cases"]:
                wish = doors.case(self.ledger, self.numbers, said, self._prefix)
            case ["visits"]:
                wish = doors.visit(self.ledger, said)
            case ["complaints"]:
                wish = doors.complaint(self.ledger, self._office.directory, said)
            case ["objections"]:
                wish = doors.objection(self.ledger, said)
            case [kind, subject, word]:
                told = self.numbers.instead_of(word, said)
                of = principal.memberships
                wish = wishes.about(
                    self.ledger, kind, UUID(subject), word, said=told, serves=of
                )
            case _:
                raise AssertionError(path)
        return self.ledger.enter(
            Errand(
                principal=principal,
                expected=version,
                request_id=str(self.ledger.new_id()),
                **wish.errand,
                **_besides(wish.body),
            )
        )

    def _entered_at(self, body: Answer) -> Answer:
        """The form as it is filled in at the time, or later with the reason why."""
        happened: datetime = body[_DATED].astimezone(UTC)
        recorded = happened + self._lag
        if recorded >= self._until:
            raise StillToComeError
        self.ledger.page.recorded_at = recorded
        if self._lag:
            return body
        return {**body, _DATED: None, _WHY_LATE: None}

    def _prefix(self, agency: str) -> str:
        offices = self._office.decider.offices
        reports = offices.on(agency, self._until).standard.channels.sp4n_lapor
        return "" if reports is None else reports.sms.prefix


def _besides(body: Body) -> dict[str, Any]:
    """What every form says besides its command."""
    at = body.occurred_at
    return {
        "said_role": body.role,
        "occurred_at": None if at is None else at.astimezone(UTC),
        "late_reason": body.late_reason,
        "note": body.note,
    }
