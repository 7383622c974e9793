"""The log's checkpoints, keys and proofs: whoever asks can check them by himself."""

import asyncio
import base64
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from application.notary import leaf, tree
from application.notary.checkpoint import Checkpoint, Proof
from application.notary.key_history import KeyHistory
from application.notary.notary import Notary
from tests import house
from tests.application.notary.sealed_book import Notary as ForeignNotary
from tests.application.notary.sealing_done import sealed
from tests.interfaces.http import contest, forms, life
from tests.interfaces.http.contest import Contest
from tests.interfaces.http.test_handling_complaints import Complaint
from tests.open_counter import OpenCounter, open_counter
from tests.staff import BPPD


@pytest.fixture(scope="module")
def counter(
    server_url: str, template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OpenCounter]:
    """A counter of these tests' own, whose log holds what they record."""
    with (
        house.fresh(server_url, of=template) as url,
        open_counter(url, tmp_path_factory.mktemp("log")) as opened,
    ):
        yield opened


def signed(counter: OpenCounter) -> Checkpoint:
    """Seal everything, and sign it."""

    async def work() -> Checkpoint:
        with psycopg.connect(counter.database_url) as connection:
            row = connection.execute("select count(*) from register").fetchone()
        assert row is not None
        await sealed(counter.database_url, row[0])
        return (await notary_of(counter).checkpoint()).told

    return asyncio.run(work())


def notary_of(counter: OpenCounter) -> Notary:
    keys: Path = counter.data / "keys" / "notary"
    return Notary(counter.database_url, keys, counter.data / "log", "log.test/ntt")


def history(counter: OpenCounter) -> KeyHistory:
    told = counter["pengawas"].get("/v1/log/key").json()
    first, *later = told["keys"]
    return KeyHistory.read(
        first["verifier_key"], [key["introduction"] for key in later]
    )


def latest(counter: OpenCounter) -> Checkpoint:
    answer = counter["pengawas"].get("/v1/log/checkpoint")
    assert answer.headers["content-type"].startswith("text/plain")
    return history(counter).believed(answer.text)


def test_before_the_first_checkpoint_there_is_nothing_to_tell(
    server_url: str, template: str, tmp_path: Path
):
    with (
        house.fresh(server_url, of=template) as url,
        open_counter(url, tmp_path) as fresh,
    ):
        case = life.letter(fresh, BPPD)
        for path in ("checkpoint", "key", f"inclusion/{case.path.rpartition('/')[2]}"):
            answer = fresh["bppd-kepala"].get(f"/v1/log/{path}")
            assert answer.status_code == 404
            assert answer.json()["code"] == "not-sealed-yet"


def test_the_checkpoint_is_signed_by_the_key_that_is_told(counter: OpenCounter):
    life.letter(counter, BPPD)
    assert signed(counter) == latest(counter)


@pytest.mark.parametrize("of", ["case", "complaint", "objection"])
def test_the_last_entry_of_anything_is_proven(counter: OpenCounter, of: str):
    match of:
        case "case":
            path, official = life.letter(counter, BPPD).path, "bppd-agendaris"
        case "complaint":
            path, official = Complaint(counter, BPPD).path, "bppd-pengaduan"
        case _:
            path = Contest(contest.refused_visit(counter, BPPD)).path
            official = "bppd-ppid"
    subject = path.rpartition("/")[2]
    signed(counter)
    told = counter[official].get(f"/v1/log/inclusion/{subject}").json()
    proof = Proof.read(told["proof"])
    believed = history(counter).believed(proof.checkpoint)
    assert believed.size == told["size"]
    entry = base64.b64decode(told["entry"])
    tree.must_include(
        told["index"], told["size"], tree.leaf_hash(entry), proof.hashes, believed.root
    )
    said = leaf.decode(entry)
    assert (str(said.stream), said.version) == (subject, told["version"])
    assert said.position == told["position"]


def test_any_version_is_proven_and_a_newer_one_is_not_sealed_yet(counter: OpenCounter):
    case = life.letter(counter, BPPD)
    case.step("kepala", "disposition", forms.disposition("bppd-analis"))
    signed(counter)
    subject = case.path.rpartition("/")[2]
    ask = counter["bppd-kepala"].get
    path = f"/v1/log/inclusion/{subject}"
    first, last = ask(path, version=1).json(), ask(path).json()
    assert (first["version"], last["version"]) == (1, 2)
    before = leaf.decode(base64.b64decode(last["entry"])).previous
    assert base64.b64encode(before).decode() == first["leaf_hash"]
    case.step("analis", "draft", forms.draft(), "draft")
    assert ask(path).json() == last
    answer = ask(path, version=3)
    assert (answer.status_code, answer.json()["code"]) == (404, "not-sealed-yet")
    answer = ask(path, version=4)
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown-version")


def test_a_proof_is_for_who_may_read_the_case(counter: OpenCounter):
    case = life.letter(counter, BPPD)
    signed(counter)
    path = f"/v1/log/inclusion/{case.path.rpartition('/')[2]}"
    assert counter["pengawas"].get(path).status_code == 200
    assert counter["bo-kepala"].get(path).status_code == 403
    assert counter["bppd-admin"].get(path).status_code == 403
    assert counter.stranger.get(path).status_code == 401
    unknown = counter["bppd-kepala"].get(f"/v1/log/inclusion/{uuid4()}")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "not-found")
    odd = counter["bppd-kepala"].get("/v1/log/inclusion/x")
    assert (odd.status_code, odd.json()["code"]) == (400, "malformed-path")


def test_checkpoints_and_keys_are_for_every_official(counter: OpenCounter):
    life.letter(counter, BPPD)
    signed(counter)
    for official in ("bppd-admin", "bo-pelapor", "pengawas", "bo-analis"):
        for path in ("checkpoint", "key", "consistency?from=0&to=1"):
            answer = counter[official].send("GET", f"/v1/log/{path}")
            assert answer.status_code == 200
    assert counter.stranger.get("/v1/log/checkpoint").status_code == 401


def test_a_later_checkpoint_continues_an_earlier_one(counter: OpenCounter):
    life.letter(counter, BPPD)
    old = signed(counter)
    for _ in range(3):
        life.letter(counter, BPPD)
    new = signed(counter)
    told = counter["pengawas"].send(
        "GET", f"/v1/log/consistency?from={old.size}&to={new.size}"
    )
    body = told.json()
    assert (body["from"], body["to"]) == (old.size, new.size)
    hashes = [base64.b64decode(each) for each in body["hashes"]]
    tree.must_continue(old.size, old.root, new.size, new.root, hashes)


@pytest.mark.parametrize(
    "query",
    ["from=2&to=1", "from=0&to=99999999", "from=-1&to=1", "from=a&to=1", "to=1"],
)
def test_an_impossible_span_is_no_query(counter: OpenCounter, query: str):
    signed(counter)
    answer = counter["pengawas"].send("GET", f"/v1/log/consistency?{query}")
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid-query")


def test_a_new_key_is_told_with_its_introduction(counter: OpenCounter):
    life.letter(counter, BPPD)
    old = signed(counter)
    kept = counter["pengawas"].get("/v1/log/checkpoint").text
    asyncio.run(notary_of(counter).rotate())
    life.letter(counter, BPPD)
    signed(counter)
    told = counter["pengawas"].get("/v1/log/key").json()
    assert told["origin"] == "log.test/ntt"
    assert [key["last_size"] for key in told["keys"]] == [old.size, None]
    assert history(counter).believed(kept) == old
    assert latest(counter).size > old.size


@pytest.fixture
def own(server_url: str, template: str, tmp_path: Path) -> Iterator[OpenCounter]:
    """A counter whose log a test may spoil."""
    with (
        house.fresh(server_url, of=template) as url,
        open_counter(url, tmp_path) as opened,
    ):
        yield opened


SPOILT = {
    "update log_keys set verifier_key = 'junk'": {"checkpoint", "key", "of", "from"},
    "update log_keys set verifier_key = %(key)s": {"checkpoint", "key", "of", "from"},
    "delete from log_keys": {"checkpoint", "key", "of", "from"},
    "update log_checkpoints set note = 'junk'": {"checkpoint", "of", "from"},
    "update log_checkpoints set note = %(note)s": {"checkpoint", "of", "from"},
    "update log_tiles set hashes = sha256('') where level = 0 and n = 0": {
        "of",
        "from",
    },
    "delete from log_tiles": {"of", "from"},
}
"""What a superuser may do, and what can't be told any more."""


@pytest.mark.parametrize("statement", SPOILT)
def test_nothing_is_told_of_a_log_that_is_not_what_was_signed(
    own: OpenCounter, statement: str
):
    subject = life.letter(own, BPPD).path.rpartition("/")[2]
    life.letter(own, BPPD)
    size = signed(own).size
    other = ForeignNotary()
    note = other.note(size, bytes(32)).decode()
    with psycopg.connect(own.database_url) as owner:
        for table in ("log_keys", "log_checkpoints", "log_tiles"):
            owner.execute(f"alter table {table} disable trigger all".encode())
        owner.execute(statement.encode(), {"key": other.verifier_key, "note": note})
    asked = {
        "checkpoint": "/v1/log/checkpoint",
        "key": "/v1/log/key",
        "of": f"/v1/log/inclusion/{subject}",
        "from": f"/v1/log/consistency?from=1&to={size}",
    }
    told = {name: own["bppd-kepala"].send("GET", path) for name, path in asked.items()}
    refused = {name for name, answer in told.items() if answer.status_code != 200}
    assert refused == SPOILT[statement]
    for name in refused:
        assert (told[name].status_code, told[name].json()["code"]) == (
            503,
            "log-untrue",
        )
