"""What a standard asks of a requester, and what a standard may not contradict."""

import msgspec
import pytest
from msgspec.structs import replace

from domain.channel_standard import RequirementRule, Step, TargetTime
from domain.values import Channel, ComplaintChannel, Requirement
from tests.domain.standards import BIRO, BPPD

LETTER = RequirementRule(
    published=("fotocopy KTP dan/atau nomor HP",),
    any_of=(Requirement.IDENTITY_COPY, Requirement.PHONE),
)
REPORT = RequirementRule(
    published=("nama dan alamat",), all_of=(Requirement.NAME, Requirement.ADDRESS)
)
BOTH = RequirementRule(
    published=("nama, dan KTP atau HP",),
    all_of=(Requirement.NAME, Requirement.PHONE),
    any_of=(Requirement.PHONE, Requirement.IDENTITY_COPY),
)


def has(*brought: Requirement) -> frozenset[Requirement]:
    return frozenset(brought)


def test_a_phone_number_alone_meets_and_or():
    assert LETTER.missing(has(Requirement.PHONE)) == ()


def test_every_alternative_is_missing_while_none_is_there():
    assert LETTER.missing(has(Requirement.NAME)) == (
        Requirement.IDENTITY_COPY,
        Requirement.PHONE,
    )


def test_what_did_not_come_is_missing_where_all_is_asked():
    assert REPORT.missing(has(Requirement.NAME)) == (Requirement.ADDRESS,)
    assert REPORT.missing(has(Requirement.NAME, Requirement.ADDRESS)) == ()


def test_nothing_is_named_missing_twice():
    assert BOTH.missing(has()) == (
        Requirement.NAME,
        Requirement.PHONE,
        Requirement.IDENTITY_COPY,
    )


@pytest.mark.parametrize("agency", [BIRO, BPPD], ids=["biro", "bppd"])
@pytest.mark.parametrize(
    ("channel", "brought", "missing"),
    [
        (Channel.FACE_TO_FACE, has(), (Requirement.IDENTITY_SHOWN,)),
        (Channel.LETTER, has(Requirement.INSTITUTION_IDENTITY), ()),
        (Channel.LETTER, has(Requirement.PHONE), ()),
        (Channel.SP4N_LAPOR, has(), (Requirement.NAME, Requirement.ADDRESS)),
    ],
)
def test_both_agencies_ask_what_their_pages_ask(agency, channel, brought, missing):
    assert agency.channel(channel).missing(brought) == missing


def test_a_case_can_name_the_very_version_it_came_in_under():
    assert BPPD.ref == "bppd-ntt/data-informasi-publik@1"


def test_complaints_come_in_by_the_four_ways_of_the_page():
    for channel in ComplaintChannel:
        assert BIRO.takes_complaints_by(channel)
    fewer = replace(BIRO, complaint_doors=BIRO.complaint_doors[:2])
    assert not fewer.takes_complaints_by(ComplaintChannel.LETTER)


def test_a_channel_left_out_is_closed():
    channels = replace(BIRO.channels, letter=None)
    assert replace(BIRO, channels=channels).channel(Channel.LETTER) is None


def test_a_standard_without_any_channel_is_none():
    channels = replace(BIRO.channels, face_to_face=None, letter=None, sp4n_lapor=None)
    with pytest.raises(ValueError, match="channel"):
        replace(BIRO, channels=channels)


TARGET = {"published": "7 hari", "value": 7, "starts": "received"}


@pytest.mark.parametrize(
    "said",
    [
        {"unit": "minute", "day_kind": "calendar"},
        {"unit": "day", "day_kind": "minutes"},
        {"unit": "day", "day_kind": "calendar", "also": "calendar"},
        {"unit": "day", "day_kind": "calendar", "also": "minutes"},
        {"unit": "day", "day_kind": "calendar", "value": 0},
    ],
)
def test_a_target_that_contradicts_itself_is_refused(said):
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(TARGET | said, TargetTime)


def test_a_step_says_something():
    with pytest.raises(ValueError, match="nothing"):
        Step()
