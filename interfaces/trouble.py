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


def setting_trouble(variable: str, indonesian: str, english: str) -> OperatorError:
    """What is wrong with a setting, said after the name of its variable."""
    return OperatorError(
        indonesian=f"Pengaturan {variable} {indonesian}.",
        english=f"The setting {variable} {english}.",
        code=2,
    )
