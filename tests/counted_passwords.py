"""A keeper of passwords whose comparisons are counted."""

from typing import Any

from argon2 import PasswordHasher
from typing_extensions import override

from application.office import passwords


class Counted(PasswordHasher):
    """Hashes as the program does, and counts what it compares."""

    def __init__(self) -> None:
        super().__init__(
            time_cost=passwords.PASSES,
            memory_cost=passwords.MEMORY_KIB,
            parallelism=passwords.LANES,
        )
        self.compared = 0

    @override
    def verify(self, hash: str | bytes, password: str | bytes) -> Any:
        self.compared += 1
        return super().verify(hash, password)
