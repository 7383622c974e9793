"""The body by which a person is looked for."""

import msgspec

from application.requester import Identity
from interfaces.http.bodies.fields import Name
from interfaces.http.problems import RequestFaultError


class PersonSought(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """One thing that somebody was told by; in the body, so that no log holds it."""

    nik: Name | None = None
    phone: Name | None = None
    email: Name | None = None

    def identity(self) -> Identity:
        """Somebody of whom that alone is known; 422 where it is not just one."""
        if sum(said is not None for said in (self.nik, self.phone, self.email)) != 1:
            raise RequestFaultError(
                "invalid-body", pointer="", detail="say one of nik, phone and email"
            )
        return Identity(nik=self.nik, phone=self.phone, email=self.email)

    @property
    def likeness(self) -> str:
        """Which of them it is."""
        return "nik" if self.nik else "phone" if self.phone else "email"
