"""What can be wrong with a register or its log, and where: one finding a fault."""

from enum import StrEnum
from uuid import UUID

import msgspec


class Kind(StrEnum):
    """What is wrong."""

    # Of the register, against the entry that was sealed.
    PAYLOAD_CHANGED = "payload-changed"
    CONTEXT_CHANGED = "context-changed"
    """Of event id, both times and metadata, which are hashed together."""
    TAG_CHANGED = "tag-changed"
    MISSING = "missing"
    TRUNCATED = "truncated"
    """Nothing is left of what was sealed from there on."""
    INSERTED = "inserted"
    MOVED = "moved"
    """It stands in another history, or as another version of its own."""
    OUT_OF_ORDER = "out-of-order"
    """It stands at another position than it was recorded at."""
    SWAPPED = "swapped"
    """It says what another sealed entry says."""
    REPLACED = "replaced"
    """Neither place nor words are those of any sealed entry."""
    DIFFERS = "differs"
    """It is not what was sealed: a part of it is null, or only the hash is left."""

    # Of the log.
    CHAIN_BROKEN = "chain-broken"
    ENTRIES_DIFFER = "entries-differ"
    TILE_DIFFERS = "tile-differs"
    ROOT_DIFFERS = "root-differs"
    """No copy of the log leads to a checkpoint; somewhere before it, something is."""
    CHECKPOINT_UNSIGNED = "checkpoint-unsigned"
    """Not signed with a key that is trusted, or not the one of its size."""
    NO_CHECKPOINT = "no-checkpoint"
    CHECKPOINT_MISSING = "checkpoint-missing"
    """It was signed, and another place has it; the largest one is named."""
    CHECKPOINT_OLD = "checkpoint-old"
    """What is published as the latest is not the latest."""
    KEYS_DIFFER = "keys-differ"
    """The notary's keys are others than elsewhere, or no chain of introductions."""
    STATE_DIFFERS = "state-differs"
    """The log is said to be longer or shorter than it is."""
    HEAD_DIFFERS = "head-differs"
    """What is said to be a history's last entry is not; or it is said of none."""
    PREDECESSOR_DIFFERS = "predecessor-differs"
    """Another log ended here, and no note of its key says so; or another note does."""

    # Of the database.
    DISGUISED = "disguised"
    """Programs are not shown what the register holds; `file` says what is between."""


class Where(StrEnum):
    """Whose copy is meant."""

    REGISTER = "register"
    DATABASE = "database"
    """The log as the database holds it."""
    PUBLISHED = "published"
    """The log as it was published to a directory."""
    GIVEN = "given"
    """The checkpoint that somebody brought."""


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """The first thing that is wrong in one place, as far as it can be named."""

    where: Where
    kind: Kind
    index: int | None = None
    """Of the entry in the log."""
    position: int | None = None
    stream: UUID | None = None
    version: int | None = None
    tag: str | None = None
    registration_number: str | None = None
    """Of the case; None for other histories, and where nothing tells it."""
    file: str | None = None
    """Of the log, as tlog-tiles names it; or a checkpoint; or what disguises."""
    upto: int | None = None
    """Where the entry can't be told: it lies from `index` to before this one."""
