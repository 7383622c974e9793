"""`notary` as an operator calls it, with or without a server beside him."""

import asyncio
import json
from pathlib import Path

import psycopg

from application.notary.note import VerifierKey
from application.notary.published import Published
from tests.application.notary.sealing_done import add, histories, sealed
from tests.served import run


def called(url: str, folder: Path, *arguments: str):
    return run(*arguments, data=folder, environ={"DATABASE_URL": url})


def test_a_checkpoint_is_made_now_and_a_new_key_takes_over(database_url, tmp_path):
    first = called(database_url, tmp_path, "notary", "checkpoint", "--json")
    assert first.returncode == 0, first.stderr
    told = json.loads(first.stdout)
    assert told["size"] == 0

    rotated = called(database_url, tmp_path, "notary", "rotate")
    assert rotated.returncode == 0, rotated.stderr
    history = Published(tmp_path / "log").history()
    assert history is not None
    assert VerifierKey.read(rotated.stdout) == history.present
    assert history.believed(told["checkpoint"]).size == 0
    assert "PRIVATE" not in rotated.stdout + rotated.stderr

    again = called(database_url, tmp_path, "notary", "checkpoint")
    assert again.stdout == told["checkpoint"]


def acts(url: str) -> list[tuple[str, str]]:
    with psycopg.connect(url) as connection:
        return connection.execute("select command, about from operator_acts").fetchall()


def test_a_rotation_that_is_refused_or_interrupted_is_in_the_operators_log(
    database_url, tmp_path
):
    assert called(database_url, tmp_path, "notary", "checkpoint").returncode == 0
    (tmp_path / "keys" / "notary").unlink()
    assert called(database_url, tmp_path, "notary", "rotate").returncode == 1
    assert acts(database_url) == [("notary rotate", "notary")]


def test_a_database_older_than_its_checkpoint_is_told_with_what_to_do(
    database_url, tmp_path
):
    with psycopg.connect(database_url, autocommit=True) as register:
        add(register, histories(1, 3))
        asyncio.run(sealed(database_url, 3))
        assert called(database_url, tmp_path, "notary", "checkpoint").returncode == 0
        register.execute("update log_state set size = 2")
    refused = called(database_url, tmp_path, "notary", "checkpoint")
    assert refused.returncode == 1
    assert "Pulihkan cadangan" in refused.stderr
    assert "restore a backup" in refused.stderr
    assert refused.stderr.count("disposisi notary begin --reason") == 2


def test_whoever_lost_what_was_signed_begins_another_log(database_url, tmp_path):
    begin = ("notary", "begin", "--reason")
    with psycopg.connect(database_url, autocommit=True) as register:
        add(register, histories(1, 3))
        asyncio.run(sealed(database_url, 3))
        signed = called(database_url, tmp_path, "notary", "checkpoint")
        early = called(database_url, tmp_path, *begin, "coba")
        assert (early.returncode, early.stdout) == (1, "")
        assert "The log can go on" in early.stderr
        # As the database of a backup from before these lines would be.
        register.execute("update log_state set size = 0")
    nameless = called(database_url, tmp_path, *begin, " ")
    assert nameless.returncode == 2
    unsaid = called(database_url, tmp_path, *begin, "cadangan lama dipulihkan")
    assert (unsaid.returncode, unsaid.stdout) == (1, "")
    assert unsaid.stderr.count("--lost 3") == 2
    more = ("cadangan lama dipulihkan", "--lost", "3")
    begun = called(database_url, tmp_path, *begin, *more)
    assert begun.returncode == 0, begun.stderr
    key, old = VerifierKey.read(begun.stdout), signed.stdout.partition("\n")[0]
    assert key.name == f"{old}/2"
    assert "PRIVATE" not in begun.stdout + begun.stderr
    assert (tmp_path / "log-1" / "checkpoints" / "3").read_text() == signed.stdout
    assert "cadangan lama dipulihkan" in (tmp_path / "log" / "predecessor").read_text()
    assert (tmp_path / "log" / "checkpoint").read_text().startswith(f"{old}/2\n0\n")
    assert acts(database_url) == [("notary begin", "notary")] * 3
    verified = called(database_url, tmp_path, "verify")
    assert f"continues log {old}, the same up to: 0 / 3" in verified.stdout
    told = json.loads(called(database_url, tmp_path, "verify", "--json").stdout)
    assert (told["continues"]["kept"], told["continues"]["size"]) == (0, 3)
    held = tmp_path / "held"
    held.write_bytes((tmp_path / "log-1" / "key").read_bytes())
    by_old = called(database_url, tmp_path, "verify", "--key", str(held))
    assert by_old.stdout == verified.stdout


def test_a_lost_key_is_told_in_both_languages(database_url, tmp_path):
    assert called(database_url, tmp_path, "notary", "checkpoint").returncode == 0
    (tmp_path / "keys" / "notary").unlink()
    refused = called(database_url, tmp_path, "notary", "checkpoint")
    assert refused.returncode == 1
    indonesian, english = refused.stderr.split(" / ")
    assert "berkasnya hilang: pulihkan" in indonesian
    assert "restore it" in english


def test_a_key_open_to_others_is_told_in_both_languages(database_url, tmp_path):
    assert called(database_url, tmp_path, "notary", "checkpoint").returncode == 0
    (tmp_path / "keys" / "notary").chmod(0o644)
    refused = called(database_url, tmp_path, "notary", "checkpoint")
    assert refused.returncode == 1
    indonesian, english = refused.stderr.split(" / ")
    assert "dapat dibuka orang lain: jalankan chmod 600" in indonesian
    assert "is open to others" in english
