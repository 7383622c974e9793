"""What every fact is: frozen, told apart by its tag."""

import msgspec


class Event(msgspec.Struct, frozen=True, tag_field="type", omit_defaults=True):
    """Something that happened; the tag in `type` tells which."""
