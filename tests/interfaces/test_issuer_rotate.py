"""`issuer rotate`: a new key signs, the former one is kept unless it was seen."""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from application.office.basis import Basis
from interfaces.clock import now
from interfaces.identities import issuer_of
from interfaces.settings import Settings
from tests.awaiting import comes_true_outside
from tests.served import run, served


@pytest.fixture
def data() -> Iterator[Path]:
    """Give a data folder with a database in it."""
    with tempfile.TemporaryDirectory(prefix="disposisi issuer ") as path:
        budi = ("--id", "budi", "--name", "Budi", "--agency", "bppd", "--role", "dpo")
        begun = run("officials", "add", *budi, data=Path(path))
        assert begun.returncode == 0, begun.stderr
        yield Path(path)


def kept(data: Path) -> list[str]:
    """The ids of the keys in the file, the one in use first."""
    told = json.loads((data / "keys" / "issuer").read_bytes())
    return [one["key"]["kid"] for one in told]


def test_the_key_is_changed_by_command_and_that_is_noted(data: Path):
    first = run("issuer", "rotate", data=data)
    assert first.returncode == 0, first.stderr
    second = run("issuer", "rotate", data=data).stdout.strip()
    assert kept(data) == [second, first.stdout.strip()]
    third = run("issuer", "rotate", "--seen", data=data).stdout.strip()
    assert kept(data) == [third]
    assert acts(data) == ["issuer"] * 3


def acts(data: Path) -> list[str]:
    """What the operators' rotations were about, the oldest first."""
    told = json.loads(run("authority", "operators", "--json", data=data).stdout)
    return [one["about"] for one in told if one["command"] == "issuer rotate"]


def test_a_rotation_that_fails_half_way_has_its_operator_too(data: Path):
    (data / "keys" / "issuer").mkdir()
    refused = run("issuer", "rotate", data=data)
    assert refused.returncode == 1
    assert "issuer" in refused.stderr
    assert acts(data) == ["issuer"]


def test_without_a_database_there_is_no_issuer_to_look_after(tmp_path: Path):
    refused = run("issuer", "rotate", data=tmp_path)
    assert refused.returncode != 0
    assert not (tmp_path / "keys" / "issuer").exists()


def test_beside_a_running_service_tokens_under_a_key_that_was_seen_end(data: Path):
    with served(data, "--workers", "2") as service:
        service.official("ani", "bppd", "handler")
        issuer = issuer_of(Settings(data=str(data), port=service.port))
        told = httpx.get(f"{service.url}/.well-known/oauth-authorization-server").json()
        assert told["issuer"] == issuer.name == service.url
        token = issuer.issue("ani", now(), now(), basis=Basis())
        assert answers(service.url, token) == {200}
        service.command("issuer", "rotate", "--seen")
        comes_true_outside(lambda: answers(service.url, token) == {401}, 5)
        assert answers(
            service.url, issuer.issue("ani", now(), now(), basis=Basis())
        ) == {200}


def answers(url: str, token: str) -> set[int]:
    """What several connections are told, so that every worker is asked."""
    headers = {"authorization": f"Bearer {token}"}
    asked = (httpx.get(f"{url}/v1/agencies", headers=headers) for _ in range(12))
    return {answer.status_code for answer in asked}
