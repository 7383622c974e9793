"""Who asks or complains, as bodies tell it."""

import msgspec

from application.requester import Identity
from domain.values import Requirement
from interfaces.http.bodies.fields import Name, Text


class ShownIdentity(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """The identity a visitor showed, and whether reception keeps it."""

    kind: Name
    deposited: bool = False


class Requester(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who asks, as far as it was told (pemohon)."""

    name: Name | None = None
    identity: ShownIdentity | None = None
    phone: Name | None = None
    email: Name | None = None
    address: Text | None = None
    institution: Name | None = None
    nik: Name | None = None

    def sealed(self) -> Identity:
        """What the people store keeps of him."""
        return Identity(
            name=self.name,
            phone=self.phone,
            email=self.email,
            address=self.address,
            institution=self.institution,
            nik=self.nik,
            kind=None if self.identity is None else self.identity.kind,
        )

    def brings(self) -> set[Requirement]:
        """Which requirements that meets."""
        told = {
            Requirement.NAME: self.name,
            Requirement.PHONE: self.phone,
            Requirement.ADDRESS: self.address,
            Requirement.IDENTITY_SHOWN: self.identity,
        }
        return {requirement for requirement, value in told.items() if value}
