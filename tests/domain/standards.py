"""The two published standards, for tests that need a real one."""

from datetime import date

from application.office import standards_book
from domain.standard import ServiceStandard


def _of(code: str) -> ServiceStandard:
    found = standards_book.load().in_force(code, date(2026, 2, 10))
    assert found is not None
    return found


BIRO = _of("biro-organisasi")
BPPD = _of("bppd")
