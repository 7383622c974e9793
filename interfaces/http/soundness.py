"""What a body names has to exist, and what it tells has to be possible by now."""

from collections.abc import Iterable

from application.office.principals import Principal
from domain.office import Directory
from domain.values import AgencyCode
from interfaces.http.bodies.fields import Body
from interfaces.http.counter import Counter
from interfaces.http.problems import RequestFaultError


async def must_know(
    counter: Counter, principal: Principal, body: Body, agency: AgencyCode | None
) -> frozenset[AgencyCode] | None:
    """All that the body names exists; answers who keeps all of its documents.

    Which of the caller's agencies a case belongs to is known at the desk only.
    """
    for code in body.legal_bases():
        if code not in counter.offices.legal_bases:
            raise RequestFaultError("unknown-legal-basis", legal_basis=code)
    agencies = principal.memberships if agency is None else (agency,)
    if officials := body.officials():
        await _must_know_officials(counter, officials, tuple(agencies))
    if not (documents := body.documents()):
        return None
    async with counter.pool.connection() as connection:
        known_in = [
            one
            for one in agencies
            if (await counter.documents.known(connection, one, documents)).issuperset(
                documents
            )
        ]
    if not known_in:
        raise RequestFaultError("unknown-document", pointer="/document", in_body=True)
    return frozenset(known_in)


def must_be_timely(
    counter: Counter, principal: Principal, body: Body, agency: AgencyCode | None
) -> None:
    """An earlier local day needs a reason for being entered only now."""
    if body.occurred_at is None or (body.late_reason or "").strip():
        return
    codes = principal.memberships if agency is None else (agency,)
    calendars = [counter.offices.calendar(code) for code in codes]
    now = counter.now()
    if all(one.date_of(body.occurred_at) < one.date_of(now) for one in calendars):
        raise RequestFaultError("late-entry-needs-reason", pointer="/late_reason")


def _may_be_named(
    directory: Directory, official: str, agencies: Iterable[AgencyCode]
) -> bool:
    """Whether he is in office, or left a post in which another acts for him (Plt.)."""
    return any(
        directory.find(official, agency) or directory.appointed_for(official, agency)
        for agency in agencies
    )


async def _must_know_officials(
    counter: Counter, officials: tuple[str, ...], agencies: tuple[AgencyCode, ...]
) -> None:
    directory = await counter.principals.current()
    for official in officials:
        if _may_be_named(directory, official, agencies):
            continue
        # It may have been added a moment ago.
        directory = await counter.principals.refresh()
        if not _may_be_named(directory, official, agencies):
            raise RequestFaultError("unknown-official", official=official)
