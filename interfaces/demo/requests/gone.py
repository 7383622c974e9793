"""Requests 6 and 17: on as a letter, and taken back (menjadi tertulis, dicabut)."""

from datetime import date

from domain.values import Outcome
from interfaces.demo.api import Api
from interfaces.demo.cast import BIRO
from interfaces.demo.hand import item
from interfaces.demo.intake import Counter
from interfaces.demo.life import life_of
from interfaces.demo.local_time import at
from interfaces.demo.requests.request import Request, Seen


def too_much_for_the_counter(api: Api, text: str) -> Seen:
    """Forty offices' papers have to be compiled: the visit goes on as a letter."""
    case = Counter(api, BIRO).visitor(
        at("2026-11-09 09:00"), [text], name="Emilia Sogen", card="ktp"
    )
    case.directed(at("2026-11-09 09:03"), to="staf-sop", by="kabag-tatalaksana")
    case.act(
        "staf-sop",
        "conversion",
        at("2026-11-09 09:20"),
        reason="Harus dihimpun dari 40 perangkat daerah",
    )
    written = case.gone_on_as(case.answer["new_case"])
    case.card_returned(at("2026-11-09 09:24"))
    case.closed(at("2026-11-09 09:25"), by="tamu-biro")
    visit, letter = life_of(api, case), life_of(api, written)
    standard = letter.clock("standard")
    return {
        "the visit": " -> ".join(visit.tags),
        "KTP": "given back" if visit.case["id_card"]["returned_at"] else "held",
        "breach": visit.breaches,
        "goes on as": f"{letter.case['channel']}, {letter.case['stage']}",
        "came from the visit": "yes" if letter.case["origin"] == case.id else "no",
        "due, calendar days": standard["due_on"],
        "due, working days": standard["also_due_on"],
        "due, KIP": letter.clock("statute")["due_on"],
    }


def taken_back(api: Api, text: str) -> Seen:
    """Withdrawn after the first initials, which remain on the file."""
    case = Counter(api, BIRO).letter(
        at("2026-10-12 09:00"),
        [text],
        dated=date(2026, 10, 9),
        evidence=["identity_copy"],
        secretary_had_it=at("2026-10-09 14:00"),
        name="Gabriel Manek",
    )
    case.disposed(at("2026-10-12 13:00"), to="kabag-kelembagaan", by="kepala-biro")
    case.disposed(at("2026-10-12 15:00"), to="staf-anjab", by="kabag-kelembagaan")
    case.drafted(
        at("2026-10-13 10:00"),
        by="staf-anjab",
        text="Data analisis jabatan terlampir.",
        items=(item(1, Outcome.GRANTED),),
    )
    case.approved(at("2026-10-13 14:00"), by="kasubag-anjab")
    case.act(
        "surat-biro",
        "withdrawal",
        at("2026-10-14 10:00"),
        how="surat pencabutan",
        reason="Saya cabut",
    )
    case.closed(at("2026-10-14 10:30"), by="surat-biro")
    life = life_of(api, case)
    initials = life.one("approved")["data"]
    return {
        "withdrawn": life.when("withdrawn"),
        "initials that remain": f"tier {initials['tier']} of draft {initials['draft']}",
        "delivered": life.when("delivered"),
        "breach": life.breaches,
        "outcome": life.case["outcome"],
        "stage": life.case["stage"],
    }


GONE = (
    Request(
        number=6,
        where="tatap muka / face to face, Biro Organisasi, 2026-11-09",
        text="Mohon salinan seluruh SOP 40 perangkat daerah tahun 2021-2025.",
        play=too_much_for_the_counter,
        expected={
            "the visit": "received -> id-card-deposited -> disposed -> "
            "converted-to-written -> id-card-returned -> closed",
            "KTP": "given back",
            "breach": "none",
            "goes on as": "letter, received",
            "came from the visit": "yes",
            "due, calendar days": "2026-11-16",
            "due, working days": "2026-11-18",
            "due, KIP": "2026-11-23",
        },
    ),
    Request(
        number=17,
        where="surat / letter, Biro Organisasi, 2026-10-12",
        text="Mohon data analisis jabatan.",
        play=taken_back,
        expected={
            "withdrawn": "2026-10-14 10:00",
            "initials that remain": "tier 1 of draft 1",
            "delivered": "never",
            "breach": "none",
            "outcome": "withdrawn",
            "stage": "closed",
        },
    ),
)
