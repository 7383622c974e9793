"""The forms of ids and digests, each with what people are told of it."""

from typing import Final

SLUG: Final = "^[a-z0-9-]{1,64}$"
UNIT: Final = "^[a-z0-9-]+(/[a-z0-9-]+)*$"
SHA256: Final = "^[0-9a-f]{64}$"

MEANT: Final = {
    SLUG: "1 to 64 small letters, figures and hyphens",
    UNIT: "words of small letters, figures and hyphens, with / between them",
    SHA256: "64 hexadecimal figures, in small letters",
}
"""A regular expression would say little to people."""
