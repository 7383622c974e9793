"""The steps a walker may take: what each command says, and which come next."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from interfaces.clock import now
from tests.interfaces.http import forms
from tests.interfaces.http.forms import Form
from tests.staff import BIRO

SEATS: Final = (
    "kepala",
    "kabid",
    "kabid-lain",
    "kasubid",
    "analis",
    "analis-lain",
    "penerima-tamu",
    "agendaris",
    "penghubung",
    "ppid",
)
CALL: Final = {
    "at": "2026-02-10T09:00:00+08:00",
    "medium": "telepon",
    "result": "diangkat",
}


@dataclass
class Known:
    """A case as its last answer left it; walkers share it, and may be late."""

    id: str
    agency: str
    channel: str
    stage: str
    version: int
    draft: int = 0

    def official(self, seat: str) -> str:
        return f"{'bo' if self.agency == BIRO else 'bppd'}-{seat}"


Make: Final[Mapping[str, Callable[[Known], Form]]] = {
    "direction": lambda case: {
        "to": case.official("analis"),
        "directed_by": case.official("kepala"),
    },
    "review": lambda _: {"summary": "telaah", "class": "information_request"},
    "disposition": lambda case: forms.disposition(case.official("analis")),
    "draft": lambda _: forms.draft(),
    "approval": lambda case: {"draft": max(case.draft, 1), "capacity": "own"},
    "correction": lambda case: {"draft": max(case.draft, 1), "notes": "perbaiki"},
    "refusal": lambda _: {"legal_basis": ["kip17.c"], "reason": "rahasia"},
    "delivery": lambda case: {
        "how": {"face_to_face": "oral", "letter": "post"}.get(
            case.channel, "lapor_post"
        )
    },
    "pickup": lambda _: {"contacts": [CALL], "collect_by": "2027-01-05"},
    "collection": lambda _: {"by": "requester"},
    "pickup-missed": lambda _: {"then": "post"},
    "identity-return": lambda _: {"to": "visitor"},
    "overrun": lambda _: {"reason": "lama"},
    "completion-request": lambda _: {
        "missing": ["phone"],
        "reply_by": "2027-01-05",
        "medium": "telepon",
    },
    "completion": lambda _: {"received": ["phone"]},
    "lapse": lambda _: {"notice": "Surat pemberitahuan"},
    "withdrawal": lambda _: {"how": "surat", "reason": "sudah tidak perlu"},
    "transfer": lambda _: {"holder": "BPS Provinsi NTT", "notice": "Surat 7"},
    "extension": lambda _: {
        "working_days": 7,
        "reason": "belum dikuasai",
        "notice_sent_at": now().isoformat(),
    },
    "pause": lambda _: {"ground": "menunggu pemohon", "from": "2099-01-05"},
    "resumption": lambda _: {},
    "fact-correction": lambda _: {
        "version": 1,
        "fact": "letter.number",
        "value": "13/LSM/2026",
        "reason": "keliru baca",
    },
    "closing": lambda _: {},
    "reopening": lambda _: {"reason": "keliru"},
    "consequence-test": lambda case: {
        "items": [1],
        "act": "kip17.c",
        "analysis": "diuji",
        "participants": [case.official("ppid")],
    },
}

NEXT: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "received": (
        ("direction", "penerima-tamu"),
        ("review", "penghubung"),
        ("disposition", "kepala"),
        ("pause", "kepala"),
    ),
    "disposed": (
        ("draft", "analis"),
        ("delivery", "analis"),
        ("refusal", "analis"),
        ("identity-return", "penerima-tamu"),
        ("extension", "kepala"),
        ("resumption", "kepala"),
    ),
    "drafted": (
        ("approval", "kasubid"),
        ("correction", "kasubid"),
        ("fact-correction", "kepala"),
    ),
    "in_review": (
        ("approval", "kabid"),
        ("approval", "kepala"),
        ("approval", "kepala"),
        ("correction", "kabid"),
    ),
    "returned": (("draft", "analis"), ("extension", "kepala"), ("pause", "kepala")),
    "approved": (
        ("delivery", "agendaris"),
        ("delivery", "penghubung"),
        ("pickup", "agendaris"),
    ),
    "awaiting_pickup": (("collection", "agendaris"), ("pickup-missed", "agendaris")),
    "delivered": (
        ("identity-return", "penerima-tamu"),
        ("closing", "penerima-tamu"),
        ("closing", "agendaris"),
        ("closing", "penghubung"),
        ("reopening", "kepala"),
    ),
    "transferred": (("closing", "agendaris"), ("identity-return", "penerima-tamu")),
    "withdrawn": (("closing", "agendaris"), ("identity-return", "penerima-tamu")),
    "closed": (("reopening", "kepala"),),
}
