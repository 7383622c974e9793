"""What is sealed of a requester: who it is, and what was said in which words."""

from collections.abc import Collection, Iterable, Mapping

import msgspec
from msgspec.structs import asdict, replace

from domain.events import (
    AnyEvent,
    ComplaintOpened,
    CompletionReceived,
    PersonalDataCorrected,
    Received,
)
from domain.nik import NikWarning
from domain.values import Digest

IDENTITY = "identity"
"""The field under which an `Identity` is sealed."""

WORDS = "words"
"""The field under which `Words` are sealed."""


class Identity(msgspec.Struct, frozen=True, omit_defaults=True):
    """Who asks, visits or complains, as far as it was told."""

    name: str | None = None
    phone: str | None = None
    email: str | None = None
    address: str | None = None
    institution: str | None = None
    nik: str | None = None
    """Number of the national identity card; only where the requester gave it."""
    nik_warnings: tuple[NikWarning, ...] = ()
    """What looked wrong with it when it was told."""
    kind: str | None = None
    """Kind of identity shown, for example `ktp`; never a copy or its number."""


class Words(msgspec.Struct, frozen=True, omit_defaults=True):
    """A requester's own words; the items are numbered from 1 in this order."""

    subject: str | None = None
    items: tuple[str, ...] = ()
    visit_purpose: str | None = None
    text: str | None = None
    """Of a complaint."""


def sealable(identity: Identity, words: Words) -> dict[str, bytes]:
    """What is sealed of somebody whom the office meets for the first time."""
    return {IDENTITY: encode(identity), WORDS: encode(words)}


_encoder = msgspec.json.Encoder()
_identity = msgspec.json.Decoder(Identity)
_words = msgspec.json.Decoder(Words)


def encode(told: Identity | Words) -> bytes:
    """Put it into the bytes that are sealed."""
    return _encoder.encode(told)


def parts(told: Identity | Words) -> tuple[str, ...]:
    """The names of what was told, and nothing of what it says."""
    return tuple(name for name, value in asdict(told).items() if value)


def identity(opened: bytes) -> Identity:
    """Take an identity from the bytes that were sealed."""
    return _identity.decode(opened)


def identity_of(
    told: Mapping[Digest, bytes], history: Iterable[AnyEvent]
) -> Identity | None:
    """Who asks or complains, as the history tells him: what came later counts.

    `told` is what the people store opens of the case, by digest. None where nothing
    is left to open, as after an erasure.
    """
    found: Identity | None = None
    for event in history:
        match event:
            case (
                Received(identity=digest)
                | ComplaintOpened(identity=str(digest))
                | CompletionReceived(identity=str(digest))
            ):
                if digest in told:
                    found = _completed(found, identity(told[digest]))
            case PersonalDataCorrected(identity=digest) if digest in told:
                found = _put_right(found, identity(told[digest]), event.fields)
            case _:
                pass
    return found


def _completed(before: Identity | None, later: Identity) -> Identity:
    if before is None:
        return later
    said = {name: value for name, value in asdict(later).items() if value}
    return replace(before, **said)


def _put_right(
    before: Identity | None, later: Identity, fields: Collection[str]
) -> Identity:
    """Who he is with these fields put right; the others are as they were told last."""
    if not fields:  # an entry that does not say which tells him whole
        return later
    belonging = {"nik_warnings"} if "nik" in fields else set[str]()
    said = {name: getattr(later, name) for name in {*fields} | belonging}
    return replace(before or Identity(), **said)


def words(opened: bytes) -> Words:
    """Take the words from the bytes that were sealed."""
    return _words.decode(opened)
