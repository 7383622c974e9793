"""What tests of the views may ask for, besides what all may."""

from collections.abc import Iterator
from io import StringIO

import pytest
import structlog


@pytest.fixture
def logged() -> Iterator[StringIO]:
    """What is written into the log meanwhile, as an operator would read it."""
    written = StringIO()
    before = structlog.get_config()["logger_factory"]
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(written))
    yield written
    structlog.configure(logger_factory=before)
