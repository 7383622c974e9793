"""`verify` and `bundle` as an operator and an inspector call them."""

import asyncio
import json
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec
import psycopg
import pytest
from psycopg import AsyncConnection

from application.notary.notary import Notary
from tests.application.notary.sealed_book import enter
from tests.load import tampering
from tests.projections.lives import LIVES, entries, record
from tests.served import run

NUMBER = "BPPD-2026-00007"


class Office(msgspec.Struct, frozen=True):
    """A database with a published log, and the data folder beside it."""

    url: str
    data: Path
    positions: list[int]

    def call(self, *arguments: str, code: int = 0) -> str:
        """Run a command of the office; answers what it printed."""
        done = run(*arguments, data=self.data, environ={"DATABASE_URL": self.url})
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def seal_the_rest(self) -> None:
        """Seal what was recorded since, sign and publish it."""

        async def work() -> None:
            async with await AsyncConnection.connect(
                self.url, autocommit=True
            ) as owner:
                await enter(owner)
            key, log = self.data / "keys" / "notary", self.data / "log"
            await Notary(self.url, key, log).checkpoint()

        asyncio.run(work())

    def tamper(self, statement: str, *values: object) -> None:
        """Do something as the database's superuser."""

        async def work() -> None:
            async with await AsyncConnection.connect(self.url) as owner:
                await tampering.unlock(owner)
                await owner.execute(statement.encode(), values)

        asyncio.run(work())


@pytest.fixture
def office(database_url: str, tmp_path: Path) -> Office:
    """Record a letter's life, seal and publish it, and record a little more."""
    case = uuid4()
    data = tmp_path / "data"

    async def lived() -> list[int]:
        async with await psycopg.AsyncConnection.connect(
            database_url, autocommit=True
        ) as owner:
            made = entries(LIVES[2], NUMBER, case)
            positions = await record(owner, made[:-2])
            await owner.execute(
                "insert into registrations values (%s, %s)", [NUMBER, case]
            )
            await enter(owner)
            key, log = data / "keys" / "notary", data / "log"
            await Notary(database_url, key, log, "tests.example/log").checkpoint()
            return positions + await record(owner, made[-2:])

    return Office(database_url, data, asyncio.run(lived()))


def test_what_is_sound_is_said_to_be_and_what_is_not_sealed_told(office: Office):
    said = office.call("verify")
    assert "utuh / sound" in said
    assert "belum tersegel / not yet sealed: 2" in said
    verdict = json.loads(office.call("verify", "--json"))
    assert verdict["sound"] is True
    assert (verdict["size"], verdict["not_yet_sealed"]) == (len(LIVES[2]) - 2, 2)
    assert verdict["published"] is True


def test_the_first_bad_entry_is_named_in_both_languages(office: Office):
    office.tamper(
        "update register set state = state || ' ' where notification_id = %s",
        office.positions[3],
    )
    said = office.call("verify", code=1)
    assert "TIDAK UTUH / NOT SOUND" in said
    assert "isi kejadian diubah / what happened was changed" in said
    assert NUMBER in said
    assert "versi / version 4" in said
    (fault,) = json.loads(office.call("verify", "--json", code=1))["faults"]
    assert fault["position"] == office.positions[3]
    assert fault["kind"] == "payload-changed"


def test_whoever_trusts_the_present_key_alone_checks_what_it_signed(office: Office):
    """It says so of the checkpoint before, and is not sound without a later one."""
    key = office.data.parent / "key"
    key.write_text(office.call("notary", "rotate").splitlines()[0])
    said = office.call("verify", "--key", str(key), code=1)
    assert "belum ada checkpoint / there is no checkpoint" in said
    office.seal_the_rest()
    verdict = json.loads(office.call("verify", "--key", str(key), "--json"))
    assert (verdict["sound"], verdict["checkpoints"]) == (True, 3)
    assert verdict["not_checked"] == 2, "one in the database, and published"
    said = office.call("verify", "--key", str(key))
    assert "checkpoints before the trusted key, not checked: 2" in said
    assert "not checked" not in office.call("verify")


def test_a_checkpoint_from_a_log_that_was_cut_off_is_not_reached(office: Office):
    held = office.data.parent / "held"
    held.write_bytes((office.data / "log" / "checkpoint").read_bytes())
    assert "utuh / sound" in office.call("verify", "--checkpoint", str(held))
    spoilt = held.read_text().replace("tests.example/log\n", "tests.example/loh\n", 1)
    held.write_text(spoilt)
    said = office.call("verify", "--checkpoint", str(held), code=1)
    assert "checkpoint yang dibawa / given checkpoint" in said


def test_an_inspector_checks_a_bundle_with_the_key_alone(
    office: Office, tmp_path: Path
):
    bundle, key = tmp_path / "bundle.json", tmp_path / "key"
    office.call("bundle", NUMBER.lower(), "--out", str(bundle))
    key.write_bytes((office.data / "log" / "key").read_bytes())
    elsewhere = tmp_path / "elsewhere"
    offline = ("verify", "--bundle", str(bundle), "--key", str(key))

    done = run(*offline, data=elsewhere, environ={"DATABASE_URL": ""})
    assert done.returncode == 1, done.stderr
    upto = len(LIVES[2])
    assert f"terbukti sampai versi / proven up to version: {upto - 2} / {upto}" in (
        done.stdout
    )
    assert "BELUM TERBUKTI / NOT PROVEN" in done.stdout
    assert "sound" not in done.stdout.lower()

    office.seal_the_rest()
    office.call("bundle", NUMBER, "--out", str(bundle))
    done = run(*offline, data=elsewhere, environ={"DATABASE_URL": ""})
    assert done.returncode == 0, done.stderr
    assert "utuh / sound" in done.stdout
    assert not elsewhere.exists(), "neither a database nor a folder was made"

    read: dict[str, Any] = json.loads(bundle.read_bytes())
    read["evidence"]["rows"][4]["metadata"] += " "
    bundle.write_text(json.dumps(read))
    done = run(*offline, "--json", data=elsewhere, environ={"DATABASE_URL": ""})
    assert done.returncode == 1
    assert json.loads(done.stdout)["faults"] == ["not-included"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("--bundle", "no-such-file"),
        ("--bundle", "no-such-file", "--key", "no-such-key"),
        ("--no-such-option",),
    ],
)
def test_a_wrong_call_is_no_finding(tmp_path: Path, arguments: tuple[str, ...]):
    done = run("verify", *arguments, data=tmp_path / "data")
    assert done.returncode == 2
    assert done.stderr


def test_a_published_log_that_is_gone_is_a_finding(office: Office, tmp_path: Path):
    key, log = tmp_path / "key", office.data / "log"
    key.write_bytes((log / "key").read_bytes())
    log.rename(tmp_path / "taken")
    for more in ((), ("--key", str(key))):
        said = office.call("verify", *more, code=1)
        assert "published log: checkpoint hilang / a checkpoint is missing" in said


def test_a_published_key_that_is_no_text_is_a_finding(office: Office):
    (office.data / "log" / "key").write_bytes(b"\xff\x00\n")
    assert "kunci notaris berbeda" in office.call("verify", code=1)


def test_what_is_no_checkpoint_and_no_case_is_a_wrong_call(
    office: Office, tmp_path: Path
):
    junk = tmp_path / "junk"
    junk.write_bytes(b"\xffjunk\n")
    said = office.call("verify", "--checkpoint", str(junk), code=2)
    assert "is no checkpoint" in said
    assert "neither a UUID" in office.call("bundle", "zz", code=2)


def test_the_help_says_what_is_not_in_the_log(tmp_path: Path):
    said = " ".join(run("verify", "--help", data=tmp_path / "data").stdout.split())
    for what in ("bytes of documents", "events of accounts", "trail of readings"):
        assert what in said


def test_the_file_that_a_rotation_names_checks_everything(office: Office):
    told = json.loads(office.call("notary", "rotate", "--json").splitlines()[0])
    said = office.call("verify", "--key", told["keys_file"])
    assert "utuh / sound" in said


def test_nothing_is_checked_where_there_is_no_key(database_url: str, tmp_path: Path):
    environ = {"DATABASE_URL": database_url}
    done = run("verify", data=tmp_path / "data", environ=environ)
    assert done.returncode == 2
    assert "--key" in done.stderr


def test_no_bundle_is_made_of_a_case_that_is_not_there(office: Office):
    said = office.call("bundle", "BPPD-2026-99999", code=1)
    assert "there is no case" in said
