"""The body of a visit that makes no case."""

import msgspec

from application.requester import Identity, Words
from domain.values import VisitOutcome
from interfaces.http.bodies.fields import Body, Code, Name, Text


class Visitor(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody in the guest book."""

    name: Name
    institution: Name | None = None


class GuestBookEntry(Body, frozen=True, kw_only=True):
    """A visit that makes no case (buku tamu)."""

    agency: Code
    visitor: Visitor
    visit_purpose: Text
    outcome: VisitOutcome

    def identity(self) -> Identity:
        """Who came."""
        return Identity(name=self.visitor.name, institution=self.visitor.institution)

    def words(self) -> Words:
        """What for."""
        return Words(visit_purpose=self.visit_purpose)
