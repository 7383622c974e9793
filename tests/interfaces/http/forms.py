"""Bodies as clients send them, made from the contract; every person is invented."""

from itertools import count
from typing import Any, Final, TypeAlias

from tests.staff import BIRO

Form: TypeAlias = dict[str, Any]

VISITOR: Final = "Yohana Takalapeta"
WRITER: Final = "Maksi Ndolu"
REPORTER: Final = "Ruth Banunaek"
COMPLAINANT: Final = "Dorkas Amtiran"
VISITOR_PHONE: Final = "081234509876"
ADDRESS: Final = "Jalan Bajawa 17 Fatululi"
PURPOSE: Final = "keperluan skripsi tentang Amarasi"
SUBJECT: Final = "Peta jabatan kecamatan Amarasi"
ITEM: Final = "Salinan peta jabatan tahun 2025"
WORDS: Final = "Petugas membentak saya di loket"
FACTS: Final = "Peta jabatan itu pernah ditempel di kantor camat"

PERSONAL: Final = (
    VISITOR,
    WRITER,
    REPORTER,
    COMPLAINANT,
    VISITOR_PHONE,
    ADDRESS,
    PURPOSE,
    SUBJECT,
    ITEM,
    WORDS,
    FACTS,
)
"""What may stand in no log, no event and no table but sealed."""

_numbers = count(1)


def visit(agency: str = BIRO, **other: object) -> Form:
    """A request at the counter, with an identity card left at reception."""
    return {
        "channel": "face_to_face",
        "agency": agency,
        "requester": {
            "name": VISITOR,
            "identity": {"kind": "ktp", "deposited": True},
            "phone": VISITOR_PHONE,
        },
        "visit_purpose": PURPOSE,
        "subject": SUBJECT,
        "items": [ITEM],
    } | other


def letter(agency: str = BIRO, **other: object) -> Form:
    """A letter that meets its requirement."""
    addressee = "regional_secretary" if agency == BIRO else "agency_head"
    return {
        "channel": "letter",
        "agency": agency,
        "requester": {"name": WRITER, "phone": VISITOR_PHONE, "address": ADDRESS},
        "letter": {
            "number": "12/LSM/2026",
            "addressee": addressee,
            "cc": ["agency_head"],
            "evidence": ["identity_copy"],
        },
        "subject": SUBJECT,
        "items": [ITEM],
    } | other


def report(agency: str = BIRO, **other: object) -> Form:
    """A report in SP4N-LAPOR!, each with a tracking id of its own."""
    return {
        "channel": "sp4n_lapor",
        "agency": agency,
        "requester": {"name": REPORTER, "address": ADDRESS},
        "lapor": lapor(),
        "subject": SUBJECT,
        "items": [ITEM],
    } | other


def lapor(**other: object) -> Form:
    """What SP4N-LAPOR! shows of a report."""
    return {
        "tracking_id": f"LPR-{next(_numbers):08d}",
        "medium": "web",
        "submitted_at": "2026-01-05T10:00:00+08:00",
    } | other


def guest(agency: str = BIRO, **other: object) -> Form:
    """A visit that makes no case."""
    return {
        "agency": agency,
        "visitor": {"name": VISITOR, "institution": "Universitas Uji"},
        "visit_purpose": PURPOSE,
        "outcome": "advice_only",
    } | other


def complaint(agency: str = BIRO, **other: object) -> Form:
    """A complaint about the service."""
    return {
        "agency": agency,
        "channel": "in_person",
        "category": "sikap petugas",
        "anonymous": False,
        "confidential": False,
        "complainant": {"name": COMPLAINANT, "phone": VISITOR_PHONE},
        "text": WORDS,
    } | other


def objection(case: str, ground: str = "a", **other: object) -> Form:
    """An objection to the decision on a case."""
    return {"case": case, "ground": ground, "facts": FACTS, "by": "requester"} | other


def disposition(to: str, **other: object) -> Form:
    """The head's assignment."""
    return {
        "to": to,
        "others": [],
        "instructions": ["Untuk ditindaklanjuti"],
        "urgency": "ordinary",
        "secrecy": "ordinary",
    } | other


def draft(**other: object) -> Form:
    """A version of the answer that grants the only item."""
    return {
        "kind": "answer",
        "document": None,
        "text": "Terlampir data yang diminta.",
        "items": [{"n": 1, "outcome": "granted"}],
    } | other
