"""Clients who carry cases on at random, legally or not, many of them at once.

Each request has an id of its own, so that what the register holds can be told apart
by who asked for it.
"""

import random
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Final
from uuid import uuid4

import httpx

from tests.interfaces.http import forms
from tests.interfaces.http.forms import Form
from tests.interfaces.http.steps import NEXT, SEATS, Known, Make
from tests.staff import AGENCIES, BIRO

REFUSED: Final = frozenset({403, 404, 409, 412, 422})
Ask: Final = {
    "penerima-tamu": forms.visit,
    "agendaris": forms.letter,
    "penghubung": forms.report,
}


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
        """Send it, at times twice at once under one key; what was carried out."""
        headers = {"Authorization": f"Bearer {self._tokens[official]}", **said}
        if self._dice.random() >= 0.2:
            return self._told(self._send(path, form, headers))
        headers["Idempotency-Key"] = str(uuid4())
        with ThreadPoolExecutor(2) as pool:
            twins = [pool.submit(self._send, path, form, headers) for _ in range(2)]
        return [told for twin in twins for told in self._told(twin.result())]

    def _send(
        self, path: str, form: Form, headers: Mapping[str, str]
    ) -> httpx.Response:
        mine = {**headers, "X-Request-Id": str(uuid4())}
        return self._http.post(path, json=form, headers=mine)

    def _told(self, answer: httpx.Response) -> list[Form]:
        """Note what came of it; its answer if it was carried out now."""
        request_id = answer.headers["x-request-id"]
        if "idempotency-replayed" in answer.headers:
            self._world.replayed.append(request_id)
        elif answer.is_success:
            told: Form = answer.json()
            self._world.done.append(Done(request_id, told["case"], told))
            return [told]
        elif answer.status_code in REFUSED:
            self._world.refused.append(request_id)
        else:
            self._world.strange.append(f"{answer.request.url}: {answer.text}")
        return []
