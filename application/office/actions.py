"""The words for what an official may be allowed to do; the authority table uses them.

A command's word is the last word of its path. Receipts name their channel, and streams
other than a case's their own: `cases:letter`, `complaints:closing`.
"""

from typing import Literal, TypeAlias

Command: TypeAlias = Literal[
    "cases:face_to_face",
    "cases:letter",
    "cases:sp4n_lapor",
    "visits",
    "documents",
    "direction",
    "review",
    "disposition",
    "draft",
    "approval",
    "correction",
    "refusal",
    "delivery",
    "pickup",
    "collection",
    "pickup-missed",
    "identity-return",
    "overrun",
    "closing",
    "reopening",
    "lapor-status",
    "completion-request",
    "completion",
    "lapse",
    "extension",
    "pause",
    "resumption",
    "transfer",
    "withdrawal",
    "conversion",
    "consequence-test",
    "fact-correction",
    "complaints",
    "complaints:classification",
    "complaints:follow-up",
    "complaints:answer",
    "complaints:closing",
    "objections",
    "objections:decision",
    "objections:dispute",
    "data-requests",  # a person's wish about his own data, taken in
    "data-requests:decision",
    "data-requests:deferral",
    "data-requests:refusal",
    "data-requests:execution",
    "data-requests:correction",
    "data-requests:restriction",
    "data-requests:lifting",
    "breaches",
    "breaches:notification",
    "breaches:closing",
    "retention",
]

Query: TypeAlias = Literal[
    "read-standard",
    "read-case",
    "read-bundle",  # the case's rows with their proof, to be taken away
    "read-list",
    "read-words",  # what was asked, in the requester's words
    "read-requester",  # who asked
    "read-document",
    "read-complaint-history",  # what was done about a complaint
    "read-complaint-words",  # what was complained of, and by whom
    "read-objection-words",  # why somebody objects, in his own words
    "read-figures",
    "read-log",  # the notary's checkpoints and keys: hashes, and nothing of anybody
    "read-trail",  # what anybody did in any matter of the agency
    "read-accounts",  # who is an official, and how his account stands
    "read-account-events",  # what was done to accounts, and by whom
    "read-nik",  # all sixteen digits of who asked; the last four are told with him
    "read-readings",  # who was shown what of whose data
    "read-person",  # all that is sealed of a person, for himself
    "read-data-requests",
    "read-breaches",
    "read-retention",
    "search-persons",  # whether somebody has been there before
]

Upkeep: TypeAlias = Literal[
    "accounts",  # officials entered, invited, disabled; not what they do
    "own-account",  # one's own password and sessions
]
"""Changes of what no case is about, and no register holds."""

Action: TypeAlias = Command | Query | Upkeep
