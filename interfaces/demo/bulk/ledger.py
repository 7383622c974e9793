"""What stands on paper of one life: decided like at the desk, kept in memory only."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from random import Random
from uuid import UUID

import msgspec

from application import replies
from application.decider import Decider
from application.errands import Errand
from application.page import Page
from domain import events
from domain.events import AnyEvent
from domain.values import AgencyCode, Digest
from interfaces.demo.api import Answer
from interfaces.demo.bulk.life import Act, Secret


class Ledger:
    """Decides each errand on what stands; what may not be raises its rule."""

    def __init__(self, decider: Decider, dice: Random, opens: datetime) -> None:
        self.acts: list[Act] = []
        self.page = Page(
            opens, self.new_id, histories={}, lasts={}, reports={}, replies={}
        )
        self._decider = decider
        self._dice = dice
        self._told: defaultdict[UUID, dict[Digest, bytes]] = defaultdict(dict)
        self._person_of: dict[UUID, UUID] = {}
        self._secrets: list[Secret] = []
        self._person: tuple[UUID, AgencyCode] | None = None

    def new_id(self) -> UUID:
        """Draw an id; the same dice draw the same."""
        return UUID(int=self._dice.getrandbits(128), version=4)

    def meet(
        self, agency: AgencyCode, record: UUID, fields: Mapping[str, bytes]
    ) -> tuple[UUID, dict[str, Digest]]:
        """Put down who is new to the office; the person, and digests by field."""
        person = self._person_of[record] = self.new_id()
        self._person = (person, agency)
        return person, self._put_down(record, fields, comes_again=False)

    def put_down(self, record: UUID, fields: Mapping[str, bytes]) -> dict[str, Digest]:
        """Put down further words in a record."""
        return self._put_down(record, fields, comes_again=True)

    def copy(
        self,
        of: UUID,
        record: UUID,
        fields: Mapping[str, bytes],
        *,
        comes_again: bool = False,
    ) -> dict[str, Digest]:
        """Put down words in a new record about the person of an old one."""
        self._person_of[record] = self._person_of[of]
        return self._put_down(record, fields, comes_again=comes_again)

    def told(self, record: UUID) -> Mapping[Digest, bytes]:
        """All that was put down in a record."""
        return self._told[record]

    def history(self, stream: UUID) -> list[AnyEvent]:
        """What has happened in a history so far."""
        return [entry.event for entry in self.page.entries if entry.stream == stream]

    def enter(self, errand: Errand) -> Answer:
        """Carry the errand out and answer like the API; nothing stays of a refusal."""
        page = self.page
        before = len(page.entries)
        try:
            entered = self._decider.settle(errand, page)
            body = replies.written(entered, page, self._decider.offices).body
            entries = tuple(page.entries[before:])
            self.acts.append(
                Act(
                    entries=entries,
                    secrets=tuple(self._secrets),
                    person=self._person,
                    numbers=tuple(
                        (
                            entry.event.registration_number,
                            entry.stream,
                            self._series(entry.event),
                        )
                        for entry in entries
                        if isinstance(entry.event, events.Received)
                    ),
                    report=None
                    if errand.tracking_id is None
                    else (errand.tracking_id, errand.subject),
                )
            )
        finally:
            self._secrets, self._person = [], None
        answer: Answer = msgspec.json.decode(body)
        return answer

    def _series(self, received: events.Received) -> tuple[AgencyCode, int]:
        return received.agency, int(received.registration_number.split("-")[1])

    def _put_down(
        self, record: UUID, fields: Mapping[str, bytes], *, comes_again: bool
    ) -> dict[str, Digest]:
        digests: dict[str, Digest] = {}
        for field, clear in fields.items():
            drawn = self._dice.getrandbits(256).to_bytes(32, "big")
            digest = digests[field] = hashlib.sha256(drawn).hexdigest()
            self._told[record][digest] = clear
            self._secrets.append(
                Secret(
                    person=self._person_of[record],
                    record=record,
                    field=field,
                    clear=clear,
                    digest=digest,
                    comes_again=comes_again,
                )
            )
        return digests
