"""A request by SMS begins with the region's word: `NTT (spasi) isi`."""

import pytest

from domain import sms


@pytest.mark.parametrize(
    "message",
    [
        "NTT syarat lintas batas",
        "ntt   syarat lintas batas",
        "  Ntt\tsyarat lintas batas ",
        "nTT\nsyarat lintas batas",
    ],
)
def test_the_region_s_word_is_taken_off(message):
    assert sms.addressed_to_us(message, "NTT") == "syarat lintas batas"


@pytest.mark.parametrize(
    "message", ["", "   ", "NTT", " ntt  ", "NTTsyarat", "NTB syarat", "syarat NTT"]
)
def test_another_region_s_word_or_nothing_after_ours_is_not_for_us(message):
    assert sms.addressed_to_us(message, "NTT") is None


def test_what_follows_is_kept_as_it_was_sent():
    assert sms.addressed_to_us("NTT ntt  dua  spasi", "NTT") == "ntt  dua  spasi"
