"""Notes are signed and read as C2SP signed-note, tlog-checkpoint and tlog-proof say."""

import pytest

from application.notary import checkpoint, note
from application.notary.checkpoint import Checkpoint, Introduction, Proof
from application.notary.key_history import KeyHistory
from application.notary.note import NoteError, SigningKey, VerifierKey

# From the tests of golang.org/x/mod/sumdb/note.
VERIFIER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
SIGNED = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgK"
    "vqfqdngotpRZb6KE6RyyBwJnAM=\n"
)

KEY = SigningKey("log.example/ntt", bytes(32))
LATER = SigningKey("log.example/ntt", b"\1" * 32)
TREE = Checkpoint("log.example/ntt", 7, b"\2" * 32)


def test_a_note_that_go_signed_is_believed():
    read = note.Note.read(SIGNED)
    assert str(read.signed_by([VerifierKey.read(VERIFIER)])) == VERIFIER


def test_a_key_is_read_as_it_was_written():
    assert SigningKey.read(KEY.secret()).verifier == KEY.verifier
    assert VerifierKey.read(str(KEY.verifier)) == KEY.verifier
    with pytest.raises(NoteError) as told:
        SigningKey.read(KEY.secret()[:-1])
    assert KEY.secret()[20:] not in str(told.value)


@pytest.mark.parametrize("name", ["", "with space", "a+b", "a\nb", "a\N{EM SPACE}b"])
def test_a_name_that_could_be_mistaken_is_no_name(name):
    with pytest.raises(NoteError):
        SigningKey(name, bytes(32))


def test_a_checkpoint_says_origin_size_and_root():
    signed = TREE.signed(KEY)
    assert signed.startswith(
        "log.example/ntt\n7\nAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=\n\n— log."
    )
    assert checkpoint.believed(signed, [LATER.verifier, KEY.verifier]) == TREE


@pytest.mark.parametrize(
    "change",
    [
        ("\n7\n", "\n8\n"),
        ("\n7\n", "\n07\n"),
        ("AgIC", "AAAA"),
        ("log.example/ntt\n", "log.example/bali\n"),
        ("\n\n", "\n"),
    ],
)
def test_a_changed_checkpoint_is_not_believed(change):
    was, told = change
    with pytest.raises(NoteError):
        checkpoint.believed(TREE.signed(KEY).replace(was, told, 1), [KEY.verifier])


def test_a_bad_signature_of_a_known_key_spoils_the_note():
    other = Checkpoint("log.example/ntt", 8, b"\2" * 32)
    borrowed = other.signed(LATER).rpartition("\n\n")[2]
    with pytest.raises(NoteError):
        checkpoint.believed(TREE.signed(KEY) + borrowed, [KEY.verifier, LATER.verifier])
    assert checkpoint.believed(TREE.signed(KEY) + borrowed, [KEY.verifier]) == TREE


def test_a_proof_is_read_as_it_was_written():
    proof = Proof(73, (b"\3" * 32, b"\4" * 32), TREE.signed(KEY))
    assert proof.text().startswith("c2sp.org/tlog-proof@v1\nindex 73\nAwMD")
    assert Proof.read(proof.text()) == proof
    alone = Proof(0, (), TREE.signed(KEY))
    assert Proof.read(alone.text()) == alone
    extra = alone.text().replace("\nindex", "\nextra AAAA\nindex")
    assert Proof.read(extra) == alone


@pytest.mark.parametrize("text", ["", "c2sp.org/tlog-proof@v1\n", "index 0\n\nx"])
def test_what_is_no_proof_is_refused(text):
    with pytest.raises(NoteError):
        Proof.read(text)


def introduction(n=2, size=7, before=KEY, new=LATER, origin="log.example/ntt"):
    told = Introduction(origin=origin, n=n, key=new.verifier, size=size)
    return told.signed(before, new)


def test_a_new_key_is_believed_when_the_one_before_introduces_it():
    history = KeyHistory(KEY.verifier).followed_by(introduction())
    assert history.keys == [KEY.verifier, LATER.verifier]
    assert KeyHistory.read(str(KEY.verifier), history.introductions) == history
    assert history.text() == f"{KEY.verifier}\n{LATER.verifier}\n"


def test_the_key_before_is_believed_up_to_its_end_and_no_further():
    history = KeyHistory(KEY.verifier).followed_by(introduction())
    grown = Checkpoint("log.example/ntt", 8, b"\5" * 32)
    assert history.believed(TREE.signed(KEY)) == TREE
    assert history.believed(grown.signed(LATER)) == grown
    with pytest.raises(NoteError):
        history.believed(grown.signed(KEY))


@pytest.mark.parametrize(
    "wrong",
    [
        introduction(n=3),
        introduction(before=LATER),
        introduction(origin="log.example/bali"),
        TREE.signed(KEY),
    ],
)
def test_a_key_that_nobody_introduced_is_not_believed(wrong):
    with pytest.raises(NoteError):
        KeyHistory(KEY.verifier).followed_by(wrong)


def test_an_introduction_is_no_checkpoint():
    with pytest.raises(NoteError):
        checkpoint.believed(introduction(), [KEY.verifier])
