"""Why nobody was signed in, or an account was not changed; codes as in the contract."""

from collections.abc import Iterable
from datetime import timedelta


class AccountError(Exception):
    """It was not done; nothing was changed but the count of wrong tries."""

    code = ""


class SignInFailedError(AccountError):
    """The password is wrong, or there is no such account: the caller is not told."""

    code = "sign-in-failed"


class SignInPausedError(AccountError):
    """After wrong tries no other one is looked at for a while, not even a right one."""

    code = "sign-in-paused"

    def __init__(self, wait: timedelta) -> None:
        self.wait = wait


class LinkRefusedError(AccountError):
    """No link, or one that was used, replaced or let lie too long."""

    code = "link-refused"


class SessionRefusedError(AccountError):
    """No session, or one that has ended; the pages ask to sign in again."""

    code = "session-refused"


class NotInOfficeError(AccountError):
    """The provider knows him; no official who is in office here bears that id."""

    code = "not-in-office"


class NotRecentError(AccountError):
    """He proved himself at the provider too long ago for what he wants."""

    code = "sign-in-not-recent"


class OtherOfficialError(AccountError):
    """Somebody else came back than the one who went to prove himself anew."""

    code = "other-official"


class PasswordRefusedError(AccountError):
    """It can't be anybody's password."""


class PasswordTooShortError(PasswordRefusedError):
    """It has too few characters."""

    code = "password-too-short"

    def __init__(self, shortest: int) -> None:
        self.shortest = shortest


class PasswordTooLongError(PasswordRefusedError):
    """It has too many characters."""

    code = "password-too-long"

    def __init__(self, longest: int) -> None:
        self.longest = longest


class PasswordTooCommonError(PasswordRefusedError):
    """It is made of words and rows of signs that guessers try first."""

    code = "password-too-common"


class PasswordUnchangedError(PasswordRefusedError):
    """It is the one that stands already; whoever knows that one would know it too."""

    code = "password-unchanged"


class NoAccountError(AccountError):
    """Nobody in the caller's agencies has that account."""

    code = "unknown-account"


class OwnAccountError(AccountError):
    """An administrator does not change his own account: another one does."""

    code = "own-account"


class AdministratorAloneError(AccountError):
    """Who keeps the accounts holds no other office, since he sees no case."""

    code = "administrator-alone"


class ServesElsewhereError(AccountError):
    """He serves an agency whose accounts the caller does not keep."""

    code = "serves-elsewhere"


class OfficialStandsError(AccountError):
    """The official stands in that agency already, with other data."""

    code = "official-exists"

    def __init__(self, differing: Iterable[str]) -> None:
        self.differing = tuple(differing)
