"""In whose posts a caller may do or read something: his own, and an absent one's."""

from application.office.authority import Of
from domain.office import Official
from interfaces.http.counter import Counter
from projections import reader


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
