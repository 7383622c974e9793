"""An objection as the PPID and the PPID's superior have it in hand, act by act."""

from datetime import datetime

from interfaces.demo.api import Answer, Clerk, Json
from interfaces.demo.hand import happened


class ObjectionInHand:
    """An objection, and what the last answer said of it."""

    def __init__(self, api: Clerk, answer: Answer) -> None:
        self.answer = answer
        self._path = f"/v1/objections/{answer['objection']}"
        self._api = api

    @classmethod
    def filed(cls, api: Clerk, ppid: str, said: Answer) -> "ObjectionInHand":
        """The PPID takes it in."""
        return cls(api, api.post(ppid, "/v1/objections", said))

    def decided(self, by: str, at: datetime, decision: str, reason: str) -> None:
        """The PPID's superior upholds the answer, or lets it fall."""
        self._act(by, "decision", at, decision=decision, reason=reason)

    def disputed(self, by: str, at: datetime, *, number: str) -> None:
        """The requester went on to the Information Commission."""
        status = "terdaftar di Komisi Informasi"
        self._act(by, "dispute", at, commission_number=number, status=status)

    def _act(self, by: str, word: str, at: datetime, **said: Json) -> None:
        body = {**said, **happened(at)}
        version = self.answer["version"]
        self.answer = self._api.post(by, f"{self._path}/{word}", body, version)
