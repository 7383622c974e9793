"""In whose posts a caller may do or read something: his own, and an absent one's."""

from application.desk_errors import ForbiddenError
from application.office.authority import Of
from application.readings import Ground
from application.sight import Leave
from domain.complaint import Complaint
from domain.office import Official
from domain.values import OfficialId
from interfaces.http.counter import Counter
from projections import reader
from projections.reader import Seat


def allowed(
    counter: Counter, official: Official, action: str, of: Of = None
) -> tuple[Official, ...]:
    """Himself, and those in whose stead he acts today, where the table grants it."""
    now = counter.now()
    office = counter.offices.on(official.agency, now)
    posts = reader.posts(official, office, now)
    return tuple(
        holder for holder, _ in reader.grants(posts, action, of, counter.authority)
    )


def leave(
    counter: Counter,
    official: Official,
    action: str,
    why: Ground | None = None,
    of: Of = None,
    *,
    about: OfficialId | None = None,
) -> Leave | None:
    """What allows it to him, in his own post first and in none of `about`."""
    now = counter.now()
    office = counter.offices.on(official.agency, now)
    seat = Seat.of(official, counter.authority, office, now)
    return seat.leave_beside(action, of, why, about)


def must_be_open_to(
    counter: Counter, official: Official, found: Complaint, opened_by: OfficialId
) -> None:
    """That a complaint exists and how it stands is for its agency's officials, or 403.

    Whom it is about is told nothing, nor who reads in his post alone; but who took in
    one about himself knows of it, and sees what he was answered.
    """
    about = found.opened.about
    may_in = allowed(counter, official, "read-case")
    if official.id == about:
        may_in = may_in if opened_by == about else ()
    else:
        may_in = tuple(post for post in may_in if post.id != about)
    if not may_in:
        raise ForbiddenError
