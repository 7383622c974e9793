"""Trouble that an operator can mend: told in one line, in both languages."""


class OperatorError(Exception):
    """Something outside the program is not as it must be.

    The command line prints both sentences and leaves with `code`: 1 when something
    was found wrong, 2 when the call itself was wrong.
    """

    def __init__(self, *, indonesian: str, english: str, code: int = 2) -> None:
        super().__init__(english)
        self.indonesian = indonesian
        self.english = english
        self.code = code
