"""Terms and house rules that a standard's page leaves to the law or to the office.

Every number is data of the agency's file; the statute's come from UU 14/2008.
"""

from datetime import time
from enum import StrEnum
from typing import Annotated, TypeAlias

import msgspec

from domain.values import Role

Days: TypeAlias = Annotated[int, msgspec.Meta(ge=1)]


class Statute(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Working days that the Act gives to each side."""

    answer: Days
    """For the written notice, art. 22(7)."""
    extension: Days
    """Once more, with written reasons, art. 22(8)."""
    objection: Days
    """For the requester to object, art. 36(1)."""
    objection_reply: Days
    """For the superior to answer, art. 36(2)."""
    dispute: Days
    """For the requester to go to the Information Commission, art. 37(2)."""


class ComplaintTerms(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """How long a complaint about the service may take."""

    unclassified_calendar_days: Days
    """Until it has been classified."""
    not_supervisory_working_days: Days
    supervisory_working_days: Days
    """For misconduct (berkadar pengawasan), which the inspectorate handles."""


class LaporTerms(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Working days that SP4N-LAPOR! itself gives."""

    follow_up_working_days: Days
    """For the agency to do something about a complaint."""
    auto_close_working_days: Days
    """After a follow-up without a reply the report counts as finished."""


class PersonalDataTerms(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """What UU 27/2022 on personal data gives the agency time for."""

    breach_notice_hours: Annotated[int, msgspec.Meta(ge=1)]
    """To tell those concerned and the authority of a breach, art. 46: hours on the
    clock, not working days."""


class OfficeHours(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """When the agency is open, in its own zone."""

    opens: time
    closes: time
    late_receipt_counts_next_day: bool = False
    """Whether a receipt after closing counts from the next working day only."""

    def __post_init__(self) -> None:
        """Refuse an office that closes before it opens."""
        if self.opens >= self.closes:
            message = f"the office closes at {self.closes} before it opens"
            raise ValueError(message)


class IdCardCustody(StrEnum):
    """What reception does with the visitor's card; never a copy."""

    HOLD = "hold"
    SHOW_ONLY = "show_only"


class Strictness(StrEnum):
    """What the lack of a consequence test does to a refusal."""

    REQUIRED = "required"
    WARNING = "warning"


class ConsequenceTest(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """When a refusal needs a consequence test (uji konsekuensi) first."""

    in_writing: Strictness
    at_the_counter: Strictness


class InformationOfficers(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """Who serves as PPID of the agency, and who is the PPID's superior."""

    ppid: Annotated[tuple[Role, ...], msgspec.Meta(min_length=1)]
    superior: Role


class Gap(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the page leaves open, and the default that holds until the agency says."""

    field: str
    """Path of the field in the standard that carries the default."""
    page: str
    """What the page says, or that it says nothing."""
    default: str
    source: str
    """Where the default comes from."""
