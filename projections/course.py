"""The course of a case: what its row says and no rule of the domain asks for.

Steps are told by the version that took them: their times may be corrected later.
"""

from datetime import date

import msgspec
from msgspec.structs import replace

from domain import events, turns
from domain.case import UNANSWERED, Case
from domain.exemptions import withholds
from domain.values import LegalBasisCode, Stage


class Course(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a case's row remembers of its course, besides the case."""

    opened_in: tuple[int, ...] = (1,)
    """Versions from which an answer was owed: the receipt, and every reopening."""
    finished_in: tuple[int, ...] = ()
    """Versions since which none was owed any more; one for each of `opened_in`, but
    the last one while the case is open."""
    finished_as: tuple[str, ...] = ()
    """What each of them made of it: an outcome, `converted`, or `no_request`."""
    withheld_on: tuple[str, ...] = ()
    """The legal bases, with spaces between, on which each of them withheld items."""
    turn: str | None = None
    """Whose turn it is: a role, or `requester`."""
    turn_in: int = 1
    """The version since which it is."""
    disposed_in: int | None = None
    """The first disposition, or direction at the counter."""
    assigned_in: int | None = None
    """The last one, by which the assignee got it."""
    approved_in: int | None = None
    """The last final approval."""
    closed_in: int | None = None
    """The version that closed it, while it is closed."""
    complaints: int = 0
    """How many complaints were opened about it."""
    answer_number: str | None = None
    """Of the letter that answered last."""
    holder: str | None = None
    """Where it was transferred to: an agency's code, or a body as the notice says."""
    collect_by: date | None = None
    """The last day to collect the answer, as the requester was told."""

    def after(self, case: Case, event: events.CaseEvent) -> "Course":
        """The course after an event that made the case what it is now."""
        version = case.next_version - 1
        course = self._told(event, version)
        is_open = case.stage in UNANSWERED
        if is_open and len(course.finished_in) == len(course.opened_in):
            course = replace(course, opened_in=(*course.opened_in, version))
        elif not is_open and len(course.finished_in) < len(course.opened_in):
            course = replace(
                course,
                finished_in=(*course.finished_in, version),
                finished_as=(*course.finished_as, _ended_as(case)),
                withheld_on=(*course.withheld_on, " ".join(withheld_on(case))),
            )
        if case.stage is not Stage.CLOSED and course.closed_in is not None:
            course = replace(course, closed_in=None)
        elif case.stage is Stage.CLOSED and course.closed_in is None:
            course = replace(course, closed_in=version)
        turn = turns.whose(case)
        if turn != course.turn:
            course = replace(course, turn=turn, turn_in=version)
        return course

    def _told(self, event: events.CaseEvent, version: int) -> "Course":
        match event:
            case events.Disposed():
                first = self.disposed_in or version
                return replace(self, disposed_in=first, assigned_in=version)
            case events.PickupArranged(collect_by=collect_by):
                return replace(self, collect_by=collect_by)
            case events.Approved(final=True):
                return replace(self, approved_in=version)
            case events.Complained():
                return replace(self, complaints=self.complaints + 1)
            case events.Delivered(letter_number=str() as number):
                return replace(self, answer_number=number)
            case events.Transferred(to_agency=to_agency, holder=holder):
                return replace(self, holder=to_agency or holder)
            case _:
                return self


def withheld_on(case: Case) -> list[LegalBasisCode]:
    """The grounds on which items were withheld, each once."""
    return sorted(
        {
            basis
            for item in case.answers
            if withholds(item)
            for basis in item.legal_basis
        }
    )


def _ended_as(case: Case) -> str:
    """An outcome, or which other way it went: what is no request is not answered."""
    if case.outcome is not None:
        return case.outcome
    return Stage.CONVERTED if case.stage is Stage.CONVERTED else "no_request"
