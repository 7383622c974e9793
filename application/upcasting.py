"""Turns a stored line back into an event, whatever year it was written in.

The registry is closed: a tag is one of today's events, or an old one with a step to
a later tag. Nothing is imported because the database names it.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias, get_args

import msgspec

from domain.events import AnyEvent

Raw: TypeAlias = dict[str, Any]
Step: TypeAlias = Callable[[Raw], Raw]
"""Takes an old event as raw JSON and gives it a later tag and that tag's fields."""

_PATH = re.compile(r" - at `(\$[^`]*)`$")

OLD_TAGS: Mapping[str, Step] = {}
"""Tags that are no longer written; a line each, never taken out again."""


class UnknownTagError(Exception):
    """A line bears a tag that is neither an event's of today nor an old one's."""

    def __init__(self, tag: str) -> None:
        super().__init__(f"no event has the tag {tag!r}")
        self.tag = tag


class UnreadableEventError(Exception):
    """A line's state is not what its tag promises; tells where, never the content."""

    def __init__(self, tag: str, path: str) -> None:
        super().__init__(f"the state of a {tag!r} can't be read at {path}")
        self.tag = tag
        self.path = path


def tag_of(event: type[msgspec.Struct]) -> str:
    """Tell the tag under which an event of this type is stored."""
    tag = event.__struct_config__.tag
    assert isinstance(tag, str)
    return tag


CURRENT_TAGS: Mapping[str, type[AnyEvent]] = {
    tag_of(event): event for event in get_args(AnyEvent)
}
_DECODERS = {tag: msgspec.json.Decoder(event) for tag, event in CURRENT_TAGS.items()}


def decode(tag: str, state: bytes, old_tags: Mapping[str, Step] = OLD_TAGS) -> AnyEvent:
    """Read an event; raises UnknownTagError or UnreadableEventError."""
    try:
        if decoder := _DECODERS.get(tag):
            return decoder.decode(state)
        return _lift(tag, msgspec.json.decode(state, type=dict), old_tags)
    except msgspec.DecodeError as complaint:
        # msgspec's words may quote a value: an enum's, say.
        at = _PATH.search(str(complaint))
        raise UnreadableEventError(tag, at[1] if at else "$") from None


def _lift(tag: str, raw: Raw, old_tags: Mapping[str, Step]) -> AnyEvent:
    """Take the steps from an old tag to one of today's."""
    while tag not in CURRENT_TAGS:
        if tag not in old_tags:
            raise UnknownTagError(tag)
        raw = old_tags[tag](raw)
        tag = raw["type"]
    return msgspec.convert(raw, CURRENT_TAGS[tag])
