"""`accounts` at the command line, and the first administrator's link of `serve`."""

import json
import re
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import click
import httpx
import pytest
from click.testing import CliRunner

from interfaces.cli.commands import disposisi
from interfaces.clock import now
from interfaces.trouble import OperatorError
from tests.awaiting import comes_true_outside
from tests.interfaces.http import forms
from tests.interfaces.http.signing import SECRET, own_counter
from tests.served import served

FIGURES = ("--scope", "read-figures")
LINK = re.compile(r"dsl_[A-Za-z0-9_-]{43}")


@pytest.fixture(scope="module")
def counter(server_url, template, tmp_path_factory):
    with own_counter(server_url, template, tmp_path_factory.mktemp("data")) as opened:
        yield opened


@pytest.fixture
def run(counter):
    """Runs a command on the counter's database; answers what it printed."""

    def typed(*words: str) -> str:
        env = {
            "DATABASE_URL": counter.database_url,
            "DISPOSISI_DATA": str(counter.data),
        }
        done = CliRunner().invoke(
            disposisi, words, env=env, standalone_mode=False, catch_exceptions=True
        )
        if done.exception is not None:
            raise done.exception
        return str(done.output)

    return typed


def service(run, id_: str, *scopes: str) -> str:
    words = [word for scope in scopes for word in ("--scope", scope)]
    made = ("accounts", "service", "add", "--id", id_, "--agency", "bppd")
    return str(run(*made, *words)).strip()


def test_a_link_is_printed_alone_and_lets_in(counter, run):
    link = run("accounts", "invite", "bo-kepala")
    assert LINK.fullmatch(link.strip())
    form = {"link": link.strip(), "password": SECRET}
    assert counter.stranger.post("/v1/sign-in/link", form).status_code == 200
    for _ in range(5):
        form = {"official": "bo-kepala", "password": "lima gajah"}
        counter.stranger.post("/v1/sign-in", form)
    form = {"official": "bo-kepala", "password": SECRET}
    assert counter.stranger.post("/v1/sign-in", form).status_code == 429
    run("accounts", "unlock", "bo-kepala")
    assert counter.stranger.post("/v1/sign-in", form).status_code == 200
    rows = json.loads(run("accounts", "list", "--json"))
    (row,) = [each for each in rows if each["official"] == "bo-kepala"]
    assert row["has_password"]
    events = json.loads(run("accounts", "events", "--json"))
    told = [one["what"] for one in events if one["official"] == "bo-kepala"]
    assert {"invited", "password-set", "paused", "unlocked", "signed-in"} <= set(told)
    assert "bo-kepala" in run("accounts", "list")
    assert "password-set" in run("accounts", "events")


def test_what_was_done_to_accounts_is_looked_for(counter, run):
    run("accounts", "invite", "bppd-ppid")
    run("accounts", "invite", "bppd-kasubid")
    run("token", "bppd-ppid")

    def told(*words: str) -> list[tuple[str, str]]:
        found = json.loads(run("accounts", "events", "--json", *words))
        return [(one["official"], one["what"]) for one in found]

    mine = told("--official", "bppd-ppid")
    assert mine[:2] == [("bppd-ppid", "token-issued"), ("bppd-ppid", "invited")]
    assert told("--official", "bppd-ppid", "--limit", "1") == mine[:1]
    invited = told("--kind", "invited")
    assert {("bppd-ppid", "invited"), ("bppd-kasubid", "invited")} <= set(invited)
    assert {what for _, what in invited} == {"invited"}
    today = now().astimezone(ZoneInfo("Asia/Makassar")).date()
    yesterday, tomorrow = (str(today + timedelta(days=n)) for n in (-1, 1))
    among = ("--official", "bppd-ppid")
    assert told(*among, "--from", yesterday, "--to", tomorrow) == mine
    assert told(*among, "--to", str(today - timedelta(days=2))) == []
    assert told(*among, "--from", str(today + timedelta(days=2))) == []
    with pytest.raises(click.UsageError):
        told("--kind", "other")


def test_nobody_is_invited_who_is_not_there(run):
    for words in (("invite", "tidak-ada"), ("unlock", "tidak-ada")):
        with pytest.raises(OperatorError) as refusal:
            run("accounts", *words)
        assert refusal.value.code == 1


def test_a_reporting_token_reads_figures_and_nothing_else(counter, run):
    reporting = counter.bearing(service(run, "laporan-bulanan", "read-figures"))
    year = {"from": "2026-01-01", "to": "2026-12-31"}
    figures = reporting.get("/v1/reports/compliance", **year)
    assert figures.status_code != 403, figures.text
    # The same official with a token that nothing narrows reads lists as well.
    assert counter["bppd-pelapor"].get("/v1/cases").status_code == 200
    document = counter.stranger.get("/schema/openapi.json").json()
    asked = 0
    for path, methods in document["paths"].items():
        for method, told in methods.items():
            if told.get("security") == [] or path.startswith("/v1/reports"):
                continue
            where = re.sub(r"\{[^}]+\}", "0a1b2c3d-0000-4000-8000-000000000000", path)
            answer = reporting.send(method.upper(), where)
            if answer.status_code == 403 or (
                path.startswith("/v1/log/") and answer.status_code < 500
            ):
                asked += answer.status_code == 403
                continue
            # A request that can't be read is refused before anybody looks at scopes.
            assert answer.status_code in {400, 422}, (path, answer.status_code)
    assert asked > 40


def test_a_services_token_is_rotated_and_revoked(counter, run):
    first = service(run, "laporan-tahunan", "read-standard")
    agencies = "/v1/agencies"
    assert counter.bearing(first).get(agencies).status_code == 200
    second = run("accounts", "service", "rotate", "laporan-tahunan").strip()
    assert counter.bearing(second).get(agencies).status_code == 200
    assert counter.bearing(second).get("/v1/cases").status_code == 403
    assert refused(counter, first)
    assert run("accounts", "service", "revoke", "laporan-tahunan").strip() == "1"
    assert refused(counter, second)


def test_a_service_reads_a_case_with_every_scope_that_its_route_asks(counter, run):
    """Some of which its role is not granted: it is shown that much less."""
    file = ("read-case", "read-words", "read-requester", "read-nik")
    received = counter["bppd-agendaris"].post("/v1/cases", forms.letter("bppd"))
    assert received.status_code == 201, received.text
    path = f"/v1/cases/{received.json()['case']}"
    told = counter.bearing(service(run, "laporan-berkas", *file)).get(path)
    assert told.status_code == 200, told.text
    assert told.json()["requester"] is None
    less = counter.bearing(service(run, "laporan-kurang", "read-case")).get(path)
    assert less.status_code == 403


def refused(counter, token: str) -> bool:

    comes_true_outside(
        lambda: counter.bearing(token).get("/v1/agencies").status_code == 401, 3
    )
    return True


@pytest.mark.parametrize(
    "words",
    [
        ("service", "add", "--id", "x", "--agency", "bppd", "--scope", "approval"),
        ("service", "add", "--id", "x", "--agency", "bppd", "--scope", "read-trail"),
        ("service", "add", "--id", "x", "--agency", "bppd", "--scope", "read-person"),
        ("service", "add", "--id", "bppd-kepala", "--agency", "bppd", *FIGURES),
        ("service", "rotate", "bo-kepala"),
        ("service", "revoke", "bo-kepala"),
    ],
)
def test_what_is_no_services_is_refused(run, words):
    with pytest.raises(OperatorError) as refusal:
        run("accounts", *words)
    assert refusal.value.code == 1


def test_a_service_gets_neither_a_link_nor_a_token_without_scopes(run):
    service(run, "laporan-harian", "read-figures")
    for words in (
        ("accounts", "invite", "laporan-harian"),
        ("token", "laporan-harian"),
    ):
        with pytest.raises(OperatorError):
            run(*words)


@pytest.mark.slow
def test_serve_tells_the_first_administrators_link_until_there_is_one(tmp_path: Path):
    data, log = tmp_path / "data", tmp_path / "log"
    with served(data, log=log) as first:
        (link,) = set(LINK.findall(log.read_text()))
        assert first.stop() == 0
    with served(data, log=log) as service:
        told = log.read_text()
        *_, newer = LINK.findall(told)
        assert newer != link
        # It stands in plain lines for a person, and in no record of the log.
        records = [line for line in told.splitlines() if line.startswith("{")]
        assert records
        assert not LINK.search("".join(records))
        door = f"{service.url}/v1/sign-in"
        form = {"link": link, "password": SECRET, "official": "pengelola"}
        assert httpx.post(f"{door}/link", json=form).status_code == 401
        form |= {"link": newer, "name": "Pengelola Akun"}
        assert httpx.post(f"{door}/link", json=form).status_code == 200
        assert httpx.post(f"{door}/link", json=form).status_code == 401
        form = {"official": "pengelola", "password": SECRET}
        token = httpx.post(door, json=form).json()["access_token"]
        mine = httpx.get(
            f"{service.url}/v1/accounts", headers={"Authorization": f"Bearer {token}"}
        )
        rows = mine.json()["items"]
        assert {row["agency"] for row in rows} == {"biro-organisasi", "bppd"}
        before = len(LINK.findall(log.read_text()))
        assert service.stop() == 0
    with served(data, log=log) as again:
        assert again.stop() == 0
    whole = log.read_text()
    assert len(LINK.findall(whole)) == before
    assert SECRET not in whole
    assert token not in whole
