"""A case as the API tells it when all is entered: the case, and its history."""

from collections.abc import Iterator

from interfaces.demo.api import Answer, Api
from interfaces.demo.hand import CaseInHand
from interfaces.demo.local_time import told


class Life:
    """What was recorded of a case, in the words that the scenarios compare."""

    def __init__(self, case: Answer, history: list[Answer]) -> None:
        self.case = case
        self.history = history

    def of(self, tag: str) -> list[Answer]:
        """The entries of one kind, in order."""
        return [entry for entry in self.history if entry["type"] == tag]

    def one(self, tag: str) -> Answer:
        """The last entry of one kind; an empty one where there is none."""
        found = self.of(tag)
        return found[-1] if found else {"data": {}, "occurred_at": None, "note": None}

    def when(self, tag: str) -> str:
        """The local time at which it happened last, or `never`."""
        happened = self.one(tag)["occurred_at"]
        return "never" if happened is None else told(happened)

    def said(self, tag: str, field: str) -> str:
        """What the last entry of that kind says in a field, or `nothing`."""
        return str(self.one(tag)["data"].get(field, "nothing"))

    def clock(self, name: str) -> Answer:
        """A clock of the case; all its values are `no clock` where it never started."""
        for clock in self.case["clocks"]:
            if clock["clock"] == name:
                return dict(clock)
        return dict.fromkeys(("state", "due_on", "also_due_on", "soft"), "no clock")

    @property
    def breaches(self) -> str:
        """The clocks that were missed and are no mere targets."""
        missed = [
            clock["clock"]
            for clock in self.case["clocks"]
            # The objection clock is the requester's own.
            if clock["state"] == "missed" and not clock["soft"]
            if clock["clock"] in {"standard", "statute"}
        ]
        return ", ".join(missed) or "none"

    @property
    def tags(self) -> Iterator[str]:
        """The kinds of its entries, in order."""
        return (entry["type"] for entry in self.history)


def life_of(api: Api, case: CaseInHand) -> Life:
    """Ask the API for the case and its whole history, as its agency's PPID may."""
    reader, path = case.house.ppid, f"/v1/cases/{case.id}"
    history = api.get(reader, f"{path}/history?limit=200")["items"]
    return Life(api.get(reader, path), history)
