"""Clients who carry cases on at random, legally or not, many of them at once.

Each request has an id of its own, so that what the register holds can be told apart
by who asked for it.
"""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final
from uuid import uuid4

import httpx

from tests.interfaces.http import forms
from tests.interfaces.http.forms import Form
from tests.staff import AGENCIES, BIRO

REFUSED: Final = frozenset({403, 404, 409, 412, 422})
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

Ask: Final = {
    "penerima-tamu": forms.visit,
    "agendaris": forms.letter,
    "penghubung": forms.report,
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


@dataclass
class Done:
    """A command that was acknowledged."""

    request_id: str
    case: str
    answer: Form


@dataclass
class World:
    """What all walkers know, and what they were told."""

    cases: list[Known] = field(default_factory=list)
    done: list[Done] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    replayed: list[str] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)


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
    ),
    "disposed": (
        ("draft", "analis"),
        ("delivery", "analis"),
        ("refusal", "analis"),
        ("identity-return", "penerima-tamu"),
    ),
    "drafted": (("approval", "kasubid"), ("correction", "kasubid")),
    "in_review": (
        ("approval", "kabid"),
        ("approval", "kepala"),
        ("approval", "kepala"),
        ("correction", "kabid"),
    ),
    "returned": (("draft", "analis"),),
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
    "closed": (("reopening", "kepala"),),
}


class Walker:
    """One client with dice of its own."""

    def __init__(
        self, address: str, tokens: Mapping[str, str], world: World, seed: int
    ) -> None:
        self._http = httpx.Client(base_url=address, timeout=30)
        self._tokens = tokens
        self._world = world
        self._dice = random.Random(seed)

    def walk(self, steps: int) -> None:
        """Make so many steps, then hang up."""
        with self._http:
            for _ in range(steps):
                if not self._world.cases or self._dice.random() < 0.12:
                    self._begin()
                else:
                    self._go_on(self._dice.choice(self._world.cases))

    def _begin(self) -> None:
        agency = self._dice.choice(AGENCIES)
        seat = self._dice.choice(tuple(Ask))
        form = Ask[seat](agency)
        if seat == "agendaris":
            # Signed by the head himself, so that every letter can go its whole way.
            form |= {"letter": {"addressee": "agency_head"}}
        prefix = "bo" if agency == BIRO else "bppd"
        for answer in self._ask(f"{prefix}-{seat}", "/v1/cases", form, {}):
            self._world.cases.append(
                Known(
                    id=answer["case"],
                    agency=agency,
                    channel=str(form["channel"]),
                    stage=answer["stage"],
                    version=answer["version"],
                )
            )

    def _go_on(self, case: Known) -> None:
        word, seat = self._chosen(case)
        version = case.version
        if self._dice.random() < 0.1:
            version = self._dice.randint(1, case.version + 1)
        path, form = f"/v1/cases/{case.id}/{word}", Make[word](case)
        said = {"If-Match": f'"{version}"'}
        for answer in self._ask(case.official(seat), path, form, said):
            if answer["version"] > case.version:
                case.stage, case.version = answer["stage"], answer["version"]
                case.draft = answer.get("draft", case.draft)

    def _chosen(self, case: Known) -> tuple[str, str]:
        if case.stage in NEXT and self._dice.random() < 0.75:
            return self._dice.choice(NEXT[case.stage])
        return self._dice.choice(tuple(Make)), self._dice.choice(SEATS)

    def _ask(
        self, official: str, path: str, form: Form, said: Mapping[str, str]
    ) -> list[Form]:
        """Send it, one time in five twice under one key; the acknowledged answers."""
        times, key = 1, {}
        if self._dice.random() < 0.2:
            times, key = 2, {"Idempotency-Key": str(uuid4())}
        acknowledged = []
        for _ in range(times):
            request_id = str(uuid4())
            answer = self._http.post(
                path,
                json=form,
                headers={
                    "Authorization": f"Bearer {self._tokens[official]}",
                    "X-Request-Id": request_id,
                    **said,
                    **key,
                },
            )
            if "idempotency-replayed" in answer.headers:
                self._world.replayed.append(request_id)
            elif answer.is_success:
                told = answer.json()
                acknowledged.append(told)
                self._world.done.append(Done(request_id, told["case"], told))
            elif answer.status_code in REFUSED:
                self._world.refused.append(request_id)
            else:
                self._world.strange.append(f"{path}: {answer.text}")
        return acknowledged
