"""What we are at the provider, and where its doors are: set by the operator, pinned."""

import base64
from collections.abc import Iterator

import pytest

from interfaces.provider.doors import KnownDoors, doors_in
from interfaces.provider.fetching import FetchError
from interfaces.provider.key_cache import BETWEEN_SECONDS
from interfaces.provider.registered import Client
from interfaces.provider.trusting import TrustedProvider
from interfaces.settings import Settings
from interfaces.trouble import OperatorError
from tests import oidc_provider
from tests.oidc_provider import Provider

SECRET = "sangat rahasia"
GOOD = {
    "DISPOSISI_OIDC_ISSUER": "https://login.example/realms/ntt",
    "DISPOSISI_OIDC_AUDIENCE": "disposisi",
    "DISPOSISI_OIDC_CLIENT_ID": "web",
}
FILE = "DISPOSISI_OIDC_CLIENT_SECRET_FILE"


@pytest.fixture(scope="module")
def running() -> Iterator[Provider]:
    """Give a provider that stays up for the module."""
    with oidc_provider.provider() as started:
        yield started


@pytest.fixture
def secret_file(tmp_path):
    """Give a file that we alone may read."""
    path = tmp_path / "secret"
    path.write_text(f"{SECRET}\n")
    path.chmod(0o600)
    return path


def test_the_secret_comes_from_the_environment_or_a_file(secret_file):
    assert Settings.read(GOOD).client == Client("web", None)
    told = Settings.read(GOOD | {"DISPOSISI_OIDC_CLIENT_SECRET": SECRET}).client
    assert told == Client("web", SECRET)
    assert Settings.read(GOOD | {FILE: str(secret_file)}).client == told
    assert Settings.read({}).client is None


def test_a_secret_that_others_may_read_is_refused(secret_file):
    secret_file.chmod(0o640)
    with pytest.raises(OperatorError) as trouble:
        Settings.read(GOOD | {FILE: str(secret_file)})
    assert FILE in trouble.value.english
    assert SECRET not in trouble.value.english


@pytest.mark.parametrize(
    ("variable", "other"),
    [
        ("DISPOSISI_OIDC_ISSUER", {"DISPOSISI_OIDC_ISSUER": ""}),
        (
            "DISPOSISI_OIDC_CLIENT_ID",
            {"DISPOSISI_OIDC_CLIENT_ID": "", "DISPOSISI_OIDC_CLIENT_SECRET": SECRET},
        ),
        (FILE, {FILE: "/nowhere/at/all"}),
        (FILE, {FILE: "/nowhere", "DISPOSISI_OIDC_CLIENT_SECRET": SECRET}),
    ],
)
def test_a_setting_that_will_not_do_is_named(variable, other):
    with pytest.raises(OperatorError) as trouble:
        Settings.read(GOOD | other)
    assert variable in trouble.value.indonesian
    assert variable in trouble.value.english
    assert SECRET not in trouble.value.english


def test_nothing_that_is_printed_tells_the_secret():
    settings = Settings.read(GOOD | {"DISPOSISI_OIDC_CLIENT_SECRET": SECRET})
    assert SECRET not in f"{settings!r} {settings} {settings.client!r}"


def test_a_client_says_who_it_is_by_header_or_form():
    secretive, public = Client("a b", "c:d"), Client("a b", None)
    scheme, _, pair = secretive.headers()["authorization"].partition(" ")
    assert (scheme, base64.b64decode(pair)) == ("Basic", b"a+b:c%3Ad")
    assert secretive.form() == {}
    assert (public.headers(), public.form()) == ({}, {"client_id": "a b"})


@pytest.mark.parametrize(
    "how", ["plain doors", "odd doors", "no doors", "plain challenge", "another issuer"]
)
@pytest.mark.anyio
async def test_doors_that_will_not_do_are_not_used(running: Provider, how: str):
    running.behave(how)
    environ = GOOD | {"DISPOSISI_OIDC_ISSUER": running.url}
    chosen = Settings.read(environ).provider
    assert chosen
    provider = TrustedProvider(chosen)
    try:
        with pytest.raises(FetchError):
            await provider.doors.find()
    finally:
        await provider.close()


@pytest.mark.anyio
async def test_doors_are_pinned_and_asked_for_seldom():
    told = {
        "authorization_endpoint": "https://login.example/auth?tenant=ntt",
        "token_endpoint": "https://login.example/token",
    }
    seconds, asked, away = 0.0, 0, True

    async def read():
        nonlocal asked
        asked += 1
        if away:
            raise FetchError("away")
        return doors_in(told)

    doors = KnownDoors(read, lambda: seconds)
    for _ in range(3):
        with pytest.raises(FetchError):
            await doors.find()
    assert asked == 1
    away, seconds = False, BETWEEN_SECONDS
    found = await doors.find()
    told["authorization_endpoint"] = "https://evil.example/auth"
    seconds = 100 * BETWEEN_SECONDS
    assert await doors.find() is found
    assert (found.authorization, asked) == ("https://login.example/auth?tenant=ntt", 2)
