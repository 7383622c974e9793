"""What every wish is: frozen, and without a word of any person."""

import msgspec


class Command(msgspec.Struct, frozen=True):
    """Something an official wants to happen."""
