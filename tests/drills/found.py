"""What the drill of erasures found where, and what has to be nothing."""

import msgspec

from tests.drills.told_by_one import VALUES
from tests.load.figures import Figure

ENOUGH = 10
"""Values that a control has to find; the file name and the answer show up seldom."""


class Toll(msgspec.Struct):
    """What was found where; all but the controls have to be nothing."""

    values: int = len(VALUES)
    before_in_answers: int = 0
    """Control: values that the same questions find while nobody is erased."""
    in_answers: int = 0
    faults: int = 0
    """Answers of 500 and above."""
    in_dump: int = 0
    in_files: int = 0
    in_log: int = 0
    in_metrics: int = 0
    document_told_gone: int = 0
    """Answers of 410 to who asks for the attachment."""
    stolen_opened: int = 0
    """Control: what a thief's copy opens after the erasure, while the key lives."""
    stolen_opened_after_rotation: int = 0
    clear_in_dump: int = 0
    """Control: values kept in clear that the search finds in the dump..."""
    clear_in_files: int = 0
    """...and in the data folder."""
    verified: int = 0
    """Whether the notary's log was there to be held against the register."""
    verify_failed: int = 0
    restored: int = 0
    """Control: erased persons who are back in a dump from before."""
    restored_alive: int = 0
    """Of them those who still are when a worker has started on it."""


def figures(toll: Toll) -> list[Figure]:
    """What was found, and that the controls found it all."""
    every = (
        "before_in_answers",
        "stolen_opened",
        "clear_in_dump",
        "clear_in_files",
        "restored",
    )
    nothing = (
        "in_answers", "faults", "in_dump", "in_files", "in_log", "in_metrics",
        "stolen_opened_after_rotation", "verify_failed", "restored_alive",
    )  # fmt: skip
    return [
        Figure("values", toll.values, ""),
        Figure("verified", toll.verified, "times"),
        *(_control(name, getattr(toll, name)) for name in every),
        *(
            Figure(name, getattr(toll, name), "", "0", getattr(toll, name) == 0)
            for name in nothing
        ),
        Figure(
            "document_told_gone",
            toll.document_told_gone,
            "",
            ">= 1",
            toll.document_told_gone > 0,
        ),
    ]


def _control(name: str, value: int) -> Figure:
    return Figure(name, value, "found", f">= {ENOUGH}", value >= ENOUGH)
