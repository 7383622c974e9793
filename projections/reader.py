"""Who looks at a case, and what the authority table lets him see of it and do."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Self, assert_never

import msgspec

from application.office.authority import Authority, Grant, Of
from application.readings import Ground
from application.sight import Leave, Sight
from domain import open_acts
from domain.case import Case
from domain.office import Office, Official
from domain.open_acts import Turn
from domain.seating import followed, seated
from domain.standing_in import represented_by
from domain.values import LaporClass, OfficialId, Secrecy
from projections import reading_grounds


def _is_over_who_answers(head: Official, case: Case, office: Office) -> bool:
    """Whether the assignee, or who drafted the answer, is his or himself."""
    drafter = None if case.draft is None else case.draft.by
    if head.id in {case.assignee, drafter}:
        return True
    answering = (
        office.directory.known(one or "", case.agency)
        for one in (case.assignee, drafter)
    )
    return any(
        head.outranks(official) and head.is_over(official.unit)
        for official in answering
        if official is not None
    )


def _is_concerned(official: Official, case: Case, office: Office) -> bool:
    """Whether a secret case was entrusted to him, or lies with him or below him."""
    return (
        official.id in case.entrusted
        or any(case.is_addressed_to(role) for role in official.roles)
        or _is_over_who_answers(official, case, office)
    )


def posts(official: Official, office: Office, at: datetime) -> tuple[Official, ...]:
    """His own post, and those in which he stands in for somebody on that day."""
    return (official, *represented_by(official, office, at))


def grants(
    holders: Sequence[Official],
    action: str,
    of: Of,
    authority: Authority,
    secrecy: Secrecy = Secrecy.ORDINARY,
) -> Iterator[tuple[Official, Grant]]:
    """What allows an action in any of these posts, his own first, role by role."""
    for holder in holders:
        for role in holder.roles:
            grant = authority.row(
                (role,),
                action,
                of,
                agency=holder.agency,
                secrecy=secrecy,
                acting_for=holder is not holders[0],
            )
            if grant is not None:
                yield holder, grant


class Seat(msgspec.Struct, frozen=True):
    """An official on a day, in his own post and in those he stands in for."""

    official: Official
    holders: tuple[Official, ...]
    """Himself first."""
    office: Office
    """With the units of the day."""
    authority: Authority

    @classmethod
    def of(
        cls, official: Official, authority: Authority, office: Office, at: datetime
    ) -> Self:
        """His seat on the local day of an instant."""
        office = office.on(at)
        official = seated(official, office)
        return cls(official, posts(official, office, at), office, authority)

    def leave(self, action: str, case: Case) -> Leave | None:
        """What lets him look so at a case whose draft follows the units' names."""

        def holds(holder: Official, grant: Grant) -> bool:
            match grant.only:
                case None:
                    return True
                case "assigned":
                    return case.assignee == holder.id
                case "unit":
                    return _is_over_who_answers(holder, case, self.office)
                case "concerned":
                    return _is_concerned(holder, case, self.office)
                case _:
                    assert_never(grant.only)

        found = grants(self.holders, action, case.channel, self.authority, case.secrecy)
        for holder, grant in found:
            if holds(holder, grant):
                why = reading_grounds.in_case(holder, grant, case)
                return self._leave(holder, grant, action, why)
        return None

    def sight_of(self, case: Case) -> Sight:
        """What he may know of a case as it stands now."""
        case = followed(case, self.office)
        # Whoever handles the complaint reads there what was said, and by whom.
        is_complaint = case.reviewed is LaporClass.COMPLAINT
        shows_words = not (is_complaint and case.confidential)
        shows_requester = not (is_complaint or case.anonymous)
        return Sight(
            words=self.leave("read-words", case) if shows_words else None,
            requester=self.leave("read-requester", case) if shows_requester else None,
            nik=self.leave("read-nik", case) if shows_requester else None,
        )

    def sight_of_visit(self) -> Sight:
        """What he may know of a visit without a case, which nobody is assigned to."""

        def leave(action: str) -> Leave | None:
            found = grants(self.holders, action, None, self.authority)
            for holder, grant in found:
                if grant.only is None:
                    why = reading_grounds.by_role(grant.role)
                    return self._leave(holder, grant, action, why)
            return None

        return Sight(
            words=leave("read-words"),
            requester=leave("read-requester"),
            nik=leave("read-nik"),
        )

    def leave_beside(
        self,
        action: str,
        of: Of = None,
        why: Ground | None = None,
        about: OfficialId | None = None,
    ) -> Leave | None:
        """What lets him look so at what stands beside a case; in no post of `about`.

        Without a ground it is what his role tells.
        """
        for holder, grant in grants(self.holders, action, of, self.authority):
            if holder.id != about:
                why = why or reading_grounds.by_role(grant.role)
                return self._leave(holder, grant, action, why)
        return None

    def _leave(self, holder: Official, grant: Grant, action: str, why: Ground) -> Leave:
        return Leave(
            rule=grant.row,
            role=grant.role,
            acting_for=None if holder.id == self.official.id else holder.id,
            why=why,
            action=action,
            agency=holder.agency,
        )


class Reader(msgspec.Struct, frozen=True):
    """An official of the case's agency before the file."""

    official: Official
    case: bool
    """Whether he may see it at all."""
    sight: Sight
    """What of it he may know that is sealed."""
    actions: tuple[str, ...]
    """The commands he may try now, by the last word of their path."""

    @property
    def words(self) -> bool:
        """Whether he may know what was asked, in the requester's words."""
        return self.sight.words is not None

    @property
    def requester(self) -> bool:
        """Whether he may know who asked."""
        return self.sight.requester is not None


def before(
    case: Case, official: Official, authority: Authority, office: Office, at: datetime
) -> Reader:
    """An official before the case as it stands now, and with the units of today.

    Whoever stands in for an absent official today sees and may do what that one
    does, besides what is his own.
    """
    seat = Seat.of(official, authority, office, at)
    case = followed(case, seat.office)
    open_now = {
        word
        for absent in (None, *seat.holders[1:])
        for role in (absent or seat.official).roles
        for word in open_acts.open_to(Turn(case, seat.official, role, at, absent))
        if authority.row(
            (role,),
            word,
            case.channel,
            agency=case.agency,
            acting_for=absent is not None,
        )
        is not None
    }
    return Reader(
        official=seat.official,
        case=seat.leave("read-case", case) is not None,
        sight=seat.sight_of(case),
        actions=tuple(word for word in open_acts.GUARDS if word in open_now),
    )
