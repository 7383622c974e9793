"""A provider in a process of its own, and a counter that sends people there."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, closing

import pytest

from interfaces.http import rate_limits
from interfaces.http.rate_limits import Rate
from tests import house, oidc_provider
from tests import mint as minting
from tests.interfaces.http.at_provider.visitor import Visitor
from tests.mint import Mint
from tests.oidc_provider import Provider
from tests.open_counter import OpenCounter, open_counter
from tests.sign_in_desk import CLIENT, SECRET


@pytest.fixture(scope="module")
def running() -> Iterator[Provider]:
    """Give a provider that says with every answer who it is."""
    with oidc_provider.provider() as started:
        started.name_itself()
        yield started


@pytest.fixture(scope="module")
def mint(running: Provider) -> Mint:
    """Give the provider's mint, whose key it publishes."""
    made = Mint(running.url, CLIENT, int(time.time()), minting.ed25519(), "EdDSA")
    running.publish(made.public)
    running.sign_with(dict(made.key.as_dict(private=True)))
    return made


@pytest.fixture
def provider(running: Provider, mint: Mint) -> Provider:
    """Give the provider as it usually is."""
    running.behave("well")
    running.sign_in()
    return running


@pytest.fixture(scope="module")
def environ(running: Provider) -> dict[str, str]:
    """Give what the operator sets."""
    return {
        "DISPOSISI_OIDC_ISSUER": running.url,
        "DISPOSISI_OIDC_AUDIENCE": "disposisi",
        "DISPOSISI_OIDC_CLIENT_ID": CLIENT,
        "DISPOSISI_OIDC_CLIENT_SECRET": SECRET,
    }


@pytest.fixture(scope="module")
def counter(
    server_url, template, tmp_path_factory, environ, mint
) -> Iterator[OpenCounter]:
    """Give a counter that sends people there, and stops nobody who comes often."""
    data = tmp_path_factory.mktemp("data")
    with ExitStack() as stack:
        url = stack.enter_context(house.fresh(server_url, of=template))
        with pytest.MonkeyPatch.context() as patched:
            # For this counter alone, which reads it when it opens.
            patched.setattr(rate_limits, "SIGN_IN_ADDRESS", Rate(10_000, 1_000.0))
            opened = stack.enter_context(open_counter(url, data, environ=environ))
        yield opened


@pytest.fixture
def visitor(counter: OpenCounter, provider: Provider) -> Iterator[Visitor]:
    """Give a browser without any cookie."""
    with closing(Visitor(counter)) as browser:
        yield browser


@pytest.fixture
def other(counter: OpenCounter, provider: Provider) -> Iterator[Visitor]:
    """Give somebody else's browser."""
    with closing(Visitor(counter)) as browser:
        yield browser
