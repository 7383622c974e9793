"""Sealing: what is sealed opens in its own place with its own key, and nowhere else."""

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from application import requester
from application.cipher import SealBrokenError
from application.keys import KeyEncryptionKey
from application.sealing import PersonKey, Sealing, digest

SEALING = Sealing(KeyEncryptionKey(b"k" * 32))
MARIA = requester.Identity(
    name="Maria Bere", phone="081236549870", nik="5371014503900001"
)
QUESTION = requester.Words(subject="Data pegawai", items=("Jumlah", "Anjab"))


def sealed(person=None, record=None):
    return SEALING.seal_new(
        person or uuid4(),
        "bppd",
        record or uuid4(),
        {
            requester.IDENTITY: requester.encode(MARIA),
            requester.WORDS: requester.encode(QUESTION),
        },
    )


def opened(one, **elsewhere: object):
    place = {
        "wrapped_key": one.wrapped_key,
        "person": one.person,
        "record": one.record,
        "field": "identity",
        "ciphertext": one.fields["identity"],
    }
    return SEALING.unseal(**(place | elsewhere))


def test_a_sealed_requester_opens_in_place():
    one = sealed()
    assert requester.identity(opened(one)) == MARIA
    words = opened(one, field="words", ciphertext=one.fields["words"])
    assert requester.words(words) == QUESTION


def test_the_digests_are_of_the_ciphertexts():
    one = sealed()
    assert one.digests == {
        field: digest(content) for field, content in one.fields.items()
    }
    assert len(one.digests["identity"]) == 64


def test_the_same_words_never_look_the_same():
    person, record = uuid4(), uuid4()
    assert sealed(person, record).fields != sealed(person, record).fields


@pytest.mark.parametrize("part", ["person", "record"])
def test_a_field_moved_to_another_person_or_record_does_not_open(part):
    with pytest.raises(SealBrokenError):
        opened(sealed(), **{part: uuid4()})


def test_a_field_moved_to_another_field_does_not_open():
    with pytest.raises(SealBrokenError):
        opened(sealed(), field="words")


def test_two_fields_of_one_person_do_not_open_in_each_others_place():
    one = sealed()
    with pytest.raises(SealBrokenError):
        opened(one, ciphertext=one.fields["words"])


def test_a_persons_field_does_not_open_under_another_persons_key():
    one, other = sealed(), sealed()
    with pytest.raises(SealBrokenError):
        opened(one, wrapped_key=other.wrapped_key)
    with pytest.raises(SealBrokenError):
        opened(one, wrapped_key=other.wrapped_key, person=other.person)


def test_nothing_opens_with_another_key_encryption_key():
    one = sealed()
    with pytest.raises(SealBrokenError):
        Sealing(KeyEncryptionKey(b"K" * 32)).unseal(
            one.wrapped_key, one.person, one.record, "identity", one.fields["identity"]
        )


@given(position=st.integers(min_value=0), bit=st.integers(0, 7))
def test_a_field_with_one_bit_changed_does_not_open(position, bit):
    one = sealed()
    changed = bytearray(one.fields["identity"])
    changed[position % len(changed)] ^= 1 << bit
    with pytest.raises(SealBrokenError):
        opened(one, ciphertext=bytes(changed))


@pytest.mark.parametrize("rest", [0, 1, 12, 27])
def test_a_field_cut_short_does_not_open(rest):
    one = sealed()
    with pytest.raises(SealBrokenError):
        opened(one, ciphertext=one.fields["identity"][:rest])


def test_what_is_sealed_later_opens_under_the_same_persons_key():
    one = sealed()
    key = PersonKey(person=one.person, wrapped=one.wrapped_key)
    more = SEALING.seal_under(key, one.record, {"draft": b"Yth. Maria"})
    [(field, ciphertext)] = more.fields.items()
    assert opened(one, field=field, ciphertext=ciphertext) == b"Yth. Maria"
    assert more.digests == {"draft": digest(ciphertext)}


def test_a_field_that_comes_again_takes_a_place_of_its_own():
    one = sealed()
    key = PersonKey(person=one.person, wrapped=one.wrapped_key)
    first = SEALING.seal_under(key, one.record, {"draft": b"1"})
    second = SEALING.seal_under(key, one.record, {"draft": b"2"})
    assert not first.fields.keys() & second.fields.keys()


def test_a_known_person_s_first_fields_of_another_record_open_there():
    one, other = sealed(), uuid4()
    key = PersonKey(person=one.person, wrapped=one.wrapped_key)
    more = SEALING.seal_anew(key, other, {"identity": requester.encode(MARIA)})
    assert set(more.fields) == {"identity"}
    assert more.digests == {"identity": digest(more.fields["identity"])}
    there = {"record": other, "ciphertext": more.fields["identity"]}
    assert requester.identity(opened(one, **there)) == MARIA
    with pytest.raises(SealBrokenError):
        opened(one, ciphertext=more.fields["identity"])
