"""Refuses a command that would put personal data into the register in clear.

What the request itself shows is refused here. Whether a text names those whom a matter
concerns is the desk's to say (application/comparing_names.py), to whoever could do it
otherwise; here it is told where in the body the text stands.
"""

from application import plain_texts
from application.desk_errors import PersonalDataInTextError
from application.errands import Errand
from application.requester import Identity
from interfaces.http.bodies.fields import Body
from interfaces.http.problems import RequestFaultError


def must_be_plain(errand: Errand, body: Body, who: Identity | None) -> None:
    """422 with the place where somebody is named; `who` comes with the body."""
    for text in errand.texts:
        if plain_texts.names_anybody(text):
            raise _fault(text, body)
    if who is not None:
        for text in errand.free_texts:
            if plain_texts.names(plain_texts.Legible(text), who):
                raise _fault(text, body)


def pointed_out(
    refusal: PersonalDataInTextError, errand: Errand, body: Body
) -> RequestFaultError:
    """The desk's refusal with the place in the body; nothing was changed."""
    return _fault(errand.free_texts[refusal.nth], body)


def _fault(text: str, body: Body) -> RequestFaultError:
    return RequestFaultError(
        PersonalDataInTextError.code,
        pointer=plain_texts.place_of(text, body),
        in_body=True,
    )
