"""By what means a request proved whose it is; the word stands with what it recorded."""

from enum import StrEnum


class Proof(StrEnum):
    """A word is never used again for anything else."""

    OPERATOR_TOKEN = "operator-token"  # noqa: S105 - a word, no secret
    """The operator issued it; nobody signed in."""
    SERVICE_TOKEN = "service-token"  # noqa: S105 - the same
    """A service account's, narrowed to scopes."""
    PASSWORD = "password"  # noqa: S105 - the same
    """A token of ours for a password, or for a one-time link, and no session."""
    SESSION = "session"
    """A token of ours, taken in a session of the pages."""
    PROVIDER_TOKEN = "provider-token"  # noqa: S105 - the same
    """The organisation's provider issued it."""
