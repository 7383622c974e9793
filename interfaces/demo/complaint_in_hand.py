"""A complaint as those who handle it have it in hand, act by act."""

from datetime import datetime

from interfaces.demo.api import Answer, Clerk, Json, RefusedError
from interfaces.demo.hand import happened


class ComplaintInHand:
    """A complaint, and what the last answer said of it."""

    def __init__(self, api: Clerk, id_: str, answer: Answer) -> None:
        self.path = f"/v1/complaints/{id_}"
        self.answer = answer
        self._api = api

    @property
    def stage(self) -> str:
        """Where it stands after the last act."""
        return str(self.answer["stage"])

    def clock(self, name: str = "complaint") -> Answer:
        """One of its clocks after the last act."""
        return next(one for one in self.answer["clocks"] if one["clock"] == name)

    def act(self, by: str, word: str, at: datetime, **said: Json) -> None:
        """Record an act about the complaint as it stands."""
        body = {**said, **happened(at)}
        path, version = f"{self.path}/{word}", self.answer["version"]
        self.answer = self._api.post(by, path, body, version)

    def refused(self, by: str, word: str, at: datetime, **said: Json) -> str:
        """Try an act that is another's; the code of the refusal, or where it led."""
        try:
            self.act(by, word, at, **said)
        except RefusedError as refusal:
            return refusal.code
        return self.stage

    def shown_to(self, official: str) -> Answer:
        """The complaint as an official sees it."""
        return self._api.get(official, self.path)

    def history(self, reader: str) -> list[Answer]:
        """Its entries, as an official may read them."""
        return list(self._api.get(reader, f"{self.path}/history")["items"])

    def told_to(self, reader: str, tag: str) -> Answer:
        """What its last entry of a kind says."""
        told = [each["data"] for each in self.history(reader) if each["type"] == tag]
        return dict(told[-1])


def in_hand(api: Clerk, reader: str, complaint: str) -> ComplaintInHand:
    """A complaint that somebody else has opened, as it stands."""
    return ComplaintInHand(
        api, complaint, api.get(reader, f"/v1/complaints/{complaint}")
    )
