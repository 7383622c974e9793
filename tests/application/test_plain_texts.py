"""Nobody is named in a text that can't be erased, and ordinary office texts pass."""

import time

import pytest

from application import plain_texts
from application.plain_texts import Legible
from application.requester import Identity
from domain import commands
from domain.events import LetterReceipt
from domain.values import DeliveryMeans, Urgency
from tests.domain.offices import ANALYST

MARIA = Identity(
    name="Maria  Goreti Bere",
    phone="0812-3654-9870",
    email="Maria.Bere@contoh.example",
    nik="5371995203900042",
)


def names(text: str, who: Identity) -> bool:
    return plain_texts.names(Legible(text), who)


@pytest.mark.parametrize(
    "text",
    [
        "NIK 5371995203900042 belum cocok",
        "(5371995203900042)",
        "53.71.99.520390.0042",
        "537199 520390 0042",
        "5371 9952 0390 0042",
        "telepon 081236549870",
        "telepon 0812 3654 9870",
        "telepon 0812-3654-9870.",
        "WA +62 812-3654-9870",
        "WA +6281236549870",
        "6281236549870",
        "surel maria.bere@contoh.example",
        "balas ke maria@contoh.co.id, terima kasih",
        "NIK 53 71 99 12 03 90 0001",
        "NIK 5371.99.120390.0001",
        "nik5371991203900001",
        "nomor 5371991203900001 12",
        "resi hilang, hubungi 0812 3654 9870",
        "NPWP 5371991203900001",
        "kontak (0812) 36549870 malam",
    ],
)
def test_a_text_that_names_somebody_is_found(text):
    assert plain_texts.names_anybody(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Surat 000.8.3.3/15/OR tanggal 10 Februari 2026",
        "R-99/IJ/KP.07.6/04/2020",
        "BPPD-2026-00012 dan BO-2026-00123",
        "LPR-00000012, tiket 12345678",
        "UU 14/2008 pasal 17 huruf c; Perki 1/2021",
        "2026-02-10 2026-03-16",
        "2026-02-10T09:05:00+08:00",
        "pukul 08.30-16.00, 0830-1600",
        "NIP 198503152010011004",
        "Rp62.812.345.678",
        "Rp 812.345.678,00",
        "telepon kantor (0380) 832697 atau 0380832697",
        "SMS ke 1708",
        "surel ppid@nttprov.go.id",
        "a3f4c2b1990817263545362718990011223344556677889900aabbccddeeff00",
        "cc6a91a7-3f0b-4ea2-ba50-c8dea89d7345",
        "Untuk ditindaklanjuti",
        "8471 9000 1234",
        "081/BKD/2026",
        "Nomor SP2D 0812345678901234",
        "Nomor register 1234567890123456",
        "NPWP 0012345678901000",
        "NPWP 08.123.456.7-921.000",
        "Virtual account 8808 1234 5678 9012",
        "Nomor resi JNE 0812 3456 7890",
        "Nomor tiket LAPOR 08123456789",
        "Nomor WhatsApp layanan BPPD 0811-3800-1234",
        "Email bpbd.ntt@gmail.com milik dinas",
        "https://user@zoom.us/j/123",
        "Kontrak 602.1/081234567890/BPPD",
        "pukul 0830-1600 dan 0900-1500",
        "12-0812-2026-02-10",
    ],
)
def test_an_ordinary_text_of_the_office_passes(text):
    assert not plain_texts.names_anybody(text)
    assert not names(text, MARIA)


@pytest.mark.parametrize(
    "text",
    [
        "Ibu Maria Goreti Bere menelepon",
        "maria goreti bere",
        "MARIA\nGORETI  BERE, datang",
        "hubungi 0812 36549870",
        "hubungi +62-81236549870 besok",
        "hubungi (0812) 3654.9870",
        "nik 5371-9952-0390-0042",
        "ke MARIA.BERE@CONTOH.EXAMPLE",
    ],
)
def test_a_text_that_names_the_person_concerned_is_found(text):
    assert names(text, MARIA)


@pytest.mark.parametrize(
    "text",
    ["Ibu Maria", "Maria Goreti", "Bere", "Maria Goreti Berek", "Ana Maria Goretibere"],
)
def test_half_a_name_is_none(text):
    assert not names(text, MARIA)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("hubungi Suharjo segera", Identity(name="Suharjo")),
        ("SUHARJO datang lagi", Identity(name="suharjo")),
        ("surat dari Yohanes", Identity(name="Yohanes")),
        (
            "dikirim ke Jl. El Tari No. 52, Kupang",
            Identity(name="Ana", address="Jl El Tari no 52 Kupang"),
        ),
    ],
)
def test_a_lone_name_and_a_full_address_are_found(text, who):
    assert names(text, who)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("koordinasi dengan Dinas Kesehatan", Identity(name="Dinas Kesehatan")),
        ("tembusan Bupati Belu", Identity(name="Bupati Belu")),
        ("hadir Rumah Sakit Siloam", Identity(name="Rumah Sakit Siloam")),
        ("menunggu surya terbit", Identity(name="Surya")),
        ("Budi datang", Identity(name="Budi")),
        ("rapat di Kupang Barat", Identity(address="Kupang Barat")),
        (
            "rapat di Jl. El Tari 52, Kupang",
            Identity(name="PT Sasando", address="Jl. El Tari 52, Kupang"),
        ),
    ],
)
def test_institutions_and_ordinary_words_are_named_freely(text, who):
    assert not names(text, who)


def test_of_whom_little_is_known_little_is_found():
    assert not names("surat dari Yoni", Identity(name="Yoni"))
    assert not names("surat dari Yohanes", Identity())
    assert not names("12345678", Identity(phone="-", nik="", email=""))


def test_the_last_four_digits_of_a_nik_tell_nobody():
    kept = Identity(name="Maria Bere", nik="************0042")
    assert not names("map 0042 di rak", kept)


@pytest.mark.parametrize("group", ["9 ", "12345678901234567 ", "081 ", "9.9 "])
def test_a_text_of_nothing_but_figures_is_looked_through_in_no_time(group):
    began = time.process_time()
    text = (group * 10_000)[:10_000]
    assert not plain_texts.names_anybody(text)
    assert not names(text, MARIA)
    assert time.process_time() - began < 5  # it was half an hour


def test_a_number_longer_than_a_text_would_part_is_nobodys():
    assert plain_texts.names_anybody(" ".join("5371995203900042"))
    assert names(" ".join("081236549870"), MARIA)


def test_texts_of_a_command_are_those_that_somebody_wrote():
    command = commands.Dispose(
        to=ANALYST,
        instructions=("Untuk diketahui", "Hubungi dia"),
        urgency=Urgency.URGENT,
    )
    assert set(plain_texts.of(command)) == {ANALYST, "Untuk diketahui", "Hubungi dia"}
    assert not plain_texts.is_free(ANALYST)
    assert not plain_texts.is_free("Untuk diketahui")
    assert plain_texts.is_free("Hubungi dia")


def test_numbers_of_papers_are_let_alone():
    told = commands.Deliver(how=DeliveryMeans.POST, letter_number="5371995203900042")
    assert "5371995203900042" not in set(plain_texts.of(told))


@pytest.mark.parametrize(
    ("number", "looked_at"),
    [
        ("5371995203900042", True),
        ("0812-3654-9870", True),
        ("5371995203900042/X", False),
        ("000.8.3.3/15/OR", False),
        ("0812345678901234", False),
    ],
)
def test_a_bare_number_of_a_person_is_no_number_of_a_letter(number, looked_at):
    letter = LetterReceipt(number=number, agenda_number=number)
    assert (number in set(plain_texts.of(letter))) is looked_at
    assert plain_texts.names_anybody(number) is looked_at


def test_a_text_is_found_in_its_body():
    body = {"items": [{"reason": "satu"}, {"reason": " dua "}], "note": "tiga"}
    assert plain_texts.place_of("dua", body) == "/items/1/reason"
    assert plain_texts.place_of("tiga", body) == "/note"
    assert plain_texts.place_of("empat", body) == ""
