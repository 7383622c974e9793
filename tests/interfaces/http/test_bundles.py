"""A case's bundle over HTTP, checked with the key alone: nothing in it may change."""

import asyncio
import json
import random
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from psycopg import AsyncConnection

from application.notary import trusted_keys
from application.notary.verify_bundle import BundleFault
from interfaces import bundle_check
from interfaces.bundle_check import Checked
from tests import house
from tests.application.notary.sealed_book import Notary, seal
from tests.interfaces.http import forms, life
from tests.interfaces.http.life import Life
from tests.open_counter import OpenCounter, open_counter

NOTARY = Notary()
OPENED = trusted_keys.opening(trusted_keys.read(NOTARY.verifier_key))


@pytest.fixture(scope="module")
def counter(
    server_url: str, template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OpenCounter]:
    """A counter of this module's own, whose log it seals itself."""
    with (
        house.fresh(server_url, of=template) as url,
        open_counter(url, tmp_path_factory.mktemp("data")) as opened,
    ):
        yield opened


def sealed(counter: OpenCounter) -> bytes:
    """Seal all that was recorded; answers the checkpoint."""

    async def work() -> bytes:
        async with await AsyncConnection.connect(counter.database_url) as connection:
            return await seal(connection, NOTARY)

    return asyncio.run(work())


@pytest.fixture(scope="module")
def case(counter: OpenCounter) -> Life:
    """A visitor's case, answered at once."""
    return life.directed(counter).step("analis", "delivery", {"how": "oral"})


@pytest.fixture(scope="module")
def bundle(counter: OpenCounter, case: Life) -> bytes:
    """Its bundle once everything is sealed."""
    sealed(counter)
    return fetched(counter, case)


def fetched(counter: OpenCounter, case: Life, **query: int) -> bytes:
    answer = counter["pengawas"].get(f"{case.path}/bundle", **query)
    assert answer.status_code == 200, answer.text
    return answer.content


def check(content: bytes, held: bytes | None = None) -> Checked:
    return bundle_check.check(content, OPENED, held)


def test_a_bundle_is_proven_by_the_key_alone(bundle, case):
    checked = check(bundle)
    assert checked.sound, (checked.faults, checked.about)
    assert checked.proven_upto == checked.versions == case.version
    assert checked.deadlines_checked
    assert str(checked.case) == case.answer["case"]


def test_another_key_proves_nothing(bundle):
    other = trusted_keys.opening(trusted_keys.read(Notary().verifier_key))
    checked = bundle_check.check(bundle, other)
    assert not checked.sound
    assert BundleFault.CHECKPOINT_UNSIGNED in checked.faults


def test_it_comes_as_a_file(counter, case, bundle):
    answer = counter["pengawas"].get(f"{case.path}/bundle")
    number = case.answer["registration_number"]
    disposition = f'attachment; filename="bundle-{number}.json"'
    assert answer.headers["content-disposition"] == disposition
    assert answer.headers["content-type"] == "application/json"


def test_it_tells_the_case_in_both_languages(bundle):
    told = json.loads(bundle)["timeline"]
    assert "permohonan diterima, oleh bo-penerima-tamu" in told[0]["indonesian"]
    assert "request received, by bo-penerima-tamu" in told[0]["english"]
    assert "under reception" in told[0]["english"]


def test_nothing_sealed_is_in_it(bundle, counter, case):
    shown = counter["bo-penerima-tamu"].get(case.path).json()
    assert shown["requester"]["name"].encode() not in bundle
    assert shown["subject"].encode() not in bundle
    assert shown["items"][0]["text"].encode() not in bundle


@pytest.mark.parametrize(
    ("official", "status"),
    [
        ("pengawas", 200),
        ("sekda", 200),
        ("bo-kepala", 200),
        ("bo-ppid", 200),
        ("atasan-ppid", 200),
        ("bo-analis", 403),
        ("bo-pelapor", 403),
        ("bo-admin", 403),
        ("bppd-kepala", 403),
        ("bppd-ppid", 403),
    ],
)
def test_it_is_for_those_who_supervise_or_answer_for_the_case(
    counter, case, bundle, official, status
):
    assert counter[official].get(f"{case.path}/bundle").status_code == status
    assert counter.stranger.get(f"{case.path}/bundle").status_code == 401


def test_what_is_not_sealed_yet_is_told_and_not_proven(counter):
    begun = life.letter(counter)
    sealed(counter)
    begun.step("kepala", "disposition", forms.disposition("bo-analis"))
    checked = check(fetched(counter, begun))
    assert checked.faults == (BundleFault.NOT_PROVEN,)
    assert not checked.sound
    assert (checked.proven_upto, checked.versions) == (begun.version - 1, begun.version)


def test_a_case_of_which_nothing_is_sealed_proves_nothing(counter):
    fresh = life.visit(counter)
    checked = check(fetched(counter, fresh))
    assert checked.faults == (BundleFault.NOT_PROVEN,)
    assert not checked.sound
    assert checked.proven_upto == 0


@pytest.mark.parametrize(
    "left_out",
    [
        {"inclusion": None},
        {"inclusion": None, "checkpoint": None, "key_names": []},
    ],
)
def test_whoever_leaves_the_proof_out_proves_nothing(bundle, left_out):
    """A forger has no key, but he can say that nothing is sealed yet."""
    read = json.loads(bundle)
    for row in read["evidence"]["rows"]:
        row["metadata"] = row["metadata"].replace("bo-kepala", "bo-sekretaris")
    read["evidence"] |= left_out
    checked = check(json.dumps(read).encode())
    assert not checked.sound
    assert BundleFault.NOT_PROVEN in checked.faults


def test_it_continues_the_checkpoint_that_an_inspector_holds(counter):
    life.directed(counter)
    held = sealed(counter)
    size = OPENED(held).size
    later = life.directed(counter)
    sealed(counter)
    content = fetched(counter, later, **{"from": size})
    assert check(content, held).sound
    # Of another log of the same size, signed with the same key.
    forged = NOTARY.note(size, bytes(32))
    assert BundleFault.NOT_CONSISTENT in check(content, forged).faults
    without = fetched(counter, later)
    assert BundleFault.NOT_CONSISTENT in check(without, held).faults


def test_no_bundle_continues_what_was_never_signed(counter, case):
    answer = counter["pengawas"].get(f"{case.path}/bundle", **{"from": 10**9})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid-query")


def test_any_changed_byte_is_found(bundle):
    """Whatever byte becomes another one: row, proof, checkpoint, or what is told."""
    dice = random.Random(5)
    for at in dice.sample(range(len(bundle)), 700):
        spoilt = bytearray(bundle)
        spoilt[at] = dice.choice([b for b in range(32, 127) if b != bundle[at]])
        checked = check(bytes(spoilt))
        if checked.sound:
            # Blanks between the words of JSON mean nothing; what is kept of a document
            # and when the clocks were read can't be told by the rows.
            changed = _difference(json.loads(bundle), json.loads(spoilt))
            assert changed <= {"documents", "made_at"}, bundle[at - 40 : at + 40]


def _difference(one: dict[str, Any], other: dict[str, Any]) -> set[str]:
    return {name for name in one if one[name] != other.get(name)}


@pytest.mark.parametrize("part", ["rows", "inclusion", "checkpoint", "key_names"])
def test_every_byte_of_the_evidence_counts(bundle, part):
    read = json.loads(bundle)
    text = json.dumps(read["evidence"][part])
    dice = random.Random(part)
    for at in dice.sample(range(len(text)), min(len(text), 150)):
        spoilt = text[:at] + dice.choice("0aZ+ ") + text[at + 1 :]
        try:
            evidence = json.loads(spoilt)
        except ValueError:
            continue
        if evidence == read["evidence"][part]:
            continue
        other = read | {"evidence": read["evidence"] | {part: evidence}}
        assert not check(json.dumps(other).encode()).sound, text[at - 30 : at + 30]


@pytest.mark.parametrize("name", ["occurred_at", "recorded_at"])
def test_an_instant_without_an_offset_is_no_instant(bundle, name):
    read = json.loads(bundle)
    row = read["evidence"]["rows"][0]
    row[name] = row[name].removesuffix("Z")
    checked = check(json.dumps(read).encode())
    assert BundleFault.ROW_UNREADABLE in checked.faults


def test_rows_left_out_are_missed(bundle):
    read = msgspec.json.decode(bundle)
    for n in range(len(read["evidence"]["rows"])):
        rows = read["evidence"]["rows"]
        fewer = read | {
            "evidence": read["evidence"] | {"rows": rows[:n] + rows[n + 1 :]}
        }
        assert not check(json.dumps(fewer).encode()).sound


def test_an_aid_that_says_something_else_is_named(bundle):
    read = json.loads(bundle)
    clock = read["deadlines"]["clocks"][0]
    clock["trace"][-1]["why"] = "weekend"
    assert check(json.dumps(read).encode()).about == "deadlines"
    read = json.loads(bundle)
    read["timeline"][0]["english"] += "!"
    assert check(json.dumps(read).encode()).about == "timeline"


def test_a_letters_bundle_names_its_documents(counter):
    sent = counter["bo-analis"].send(
        "POST",
        "/v1/documents",
        b"konsep surat",
        {
            "Content-Type": "application/pdf",
            "Content-Disposition": 'attachment; filename="k.pdf"',
        },
    )
    digest = sent.json()["sha256"]
    written = life.letter(counter)
    written.step("kepala", "disposition", forms.disposition("bo-analis"))
    written.step("analis", "draft", forms.draft(document=digest), "draft")
    sealed(counter)
    content = fetched(counter, written)
    assert check(content).sound
    assert json.loads(content)["documents"] == [
        {
            "sha256": digest,
            "versions": [written.version],
            "size": 12,
            "type": "application/pdf",
        }
    ]
