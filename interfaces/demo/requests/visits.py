"""Requests 1 to 5: face to face (tatap muka)."""

from interfaces.demo.api import Api, RefusedError
from interfaces.demo.cast import BIRO, BPPD
from interfaces.demo.hand import CaseInHand
from interfaces.demo.intake import Counter
from interfaces.demo.life import life_of
from interfaces.demo.local_time import at, told
from interfaces.demo.requests.request import Request, Seen


def in_time(api: Api, text: str) -> Seen:
    """Directed to a division head, who answers within the fifteen minutes."""
    case = Counter(api, BIRO).visitor(
        at("2026-02-10 09:05"), [text], name="Yosef Nope", card="ktp"
    )
    case.directed(at("2026-02-10 09:07"), to="kabag-kelembagaan", by="kepala-biro")
    case.answered_at_counter(at("2026-02-10 09:17"), by="kabag-kelembagaan")
    case.card_returned(at("2026-02-10 09:19"))
    case.closed(at("2026-02-10 09:19"), by="tamu-biro")
    life = life_of(api, case)
    return {
        "directed to": life.said("disposed", "to"),
        "delivered": life.when("delivered"),
        "standard clock": life.clock("standard")["state"],
        "KTP left": told(life.case["id_card"]["deposited_at"]),
        "KTP back": told(life.case["id_card"]["returned_at"]),
        "outcome": life.case["outcome"],
        "stage": life.case["stage"],
    }


def as_needed(api: Api, text: str) -> Seen:
    """Forty-two minutes, "sesuai kebutuhan": a target passed, no breach."""
    case = Counter(api, BPPD).visitor(
        at("2026-02-11 10:00"), [text], name="Maria Abuk", card="ktp"
    )
    case.directed(at("2026-02-11 10:04"), to="staf-lintas-batas", by="kabid-batas")
    case.overrun(
        at("2026-02-11 10:20"), by="staf-lintas-batas", reason="sesuai kebutuhan"
    )
    case.answered_at_counter(at("2026-02-11 10:42"), by="staf-lintas-batas")
    case.card_returned(at("2026-02-11 10:45"))
    case.closed(at("2026-02-11 10:46"), by="tamu-bppd")
    life = life_of(api, case)
    return {
        "delivered": life.when("delivered"),
        "overrun noted": life.said("target-overrun-noted", "reason"),
        "fifteen minutes": "target" if life.clock("standard")["soft"] else "limit",
        "breach": life.breaches,
        "outcome": life.case["outcome"],
    }


def refused_for_defence(api: Api, text: str) -> Seen:
    """Refused at once, with the reason; a written notice is handed over."""
    notice = api.keep(
        "kasubid-lintas-batas",
        b"Pemberitahuan tertulis: dikecualikan, UU 14/2008 Pasal 17 huruf c.",
        "pemberitahuan.txt",
        "text/plain",
    )
    case = Counter(api, BPPD).visitor(
        at("2026-02-12 10:30"), [text], name="Antonius Seran", card="ktp"
    )
    case.directed(at("2026-02-12 10:33"), to="kasubid-lintas-batas", by="kepala-bppd")
    case.refused_at_counter(
        at("2026-02-12 10:41"),
        by="kasubid-lintas-batas",
        legal_basis="kip17.c",
        reason="Jumlah dan letak personel pengamanan membahayakan pertahanan negara",
        note=f"Pemberitahuan tertulis diserahkan: {notice}",
    )
    case.card_returned(at("2026-02-12 10:44"))
    case.closed(at("2026-02-12 10:45"), by="tamu-bppd")
    life = life_of(api, case)
    refusal = life.one("refused-as-exempt")
    handed = api.fetch("sekretaris-bppd", str(refusal["note"]).rpartition(" ")[2])
    number, position = case.answer["registration_number"], case.answer["position"]
    rows = api.get("tamu-bppd", f"/v1/cases?q={number}&after_position={position}")
    return {
        "legal basis": ", ".join(refusal["data"]["legal_basis"]),
        "reason told": refusal["data"]["reason"],
        "written notice": "handed over" if handed else "none",
        "row in the register": rows["items"][0]["outcome"],
        "KTP": "given back" if life.case["id_card"]["returned_at"] else "held",
    }


def refused_for_privacy(api: Api, text: str) -> Seen:
    """An evaluation of one person is exempt; figures without names are offered."""
    case = Counter(api, BIRO).visitor(
        at("2026-02-12 13:10"), [text], name="Lukas Mone", card="ktp"
    )
    case.directed(at("2026-02-12 13:12"), to="kasubag-anjab", by="kabag-kelembagaan")
    case.refused_at_counter(
        at("2026-02-12 13:20"),
        by="kasubag-anjab",
        legal_basis="kip17.h",
        reason="Hasil evaluasi kapabilitas seseorang adalah rahasia pribadi",
        note="Ditawarkan: angka gabungan hasil uji kompetensi tanpa nama",
    )
    case.card_returned(at("2026-02-12 13:22"))
    life = life_of(api, case)
    refusal = life.one("refused-as-exempt")
    return {
        "outcome": life.case["outcome"],
        "legal basis": ", ".join(refusal["data"]["legal_basis"]),
        "offered": str(refusal["note"]),
    }


def without_identity(api: Api, text: str) -> Seen:
    """Without any identity there is no case, only the guest book; a card will do."""
    reception = Counter(api, BIRO)
    licensed = reception.visitor(
        at("2026-02-13 08:40"), [text], name="Damianus Kehi", card="sim"
    )
    seen: Seen = {"with a driving licence": licensed.stage}
    try:
        case = reception.visitor(at("2026-02-13 09:00"), [text], name="Markus Tefa")
        seen["without identity"] = case.stage
    except RefusedError as refusal:
        seen["without identity"] = refusal.code
    visit = reception.guest_book(
        at("2026-02-13 09:02"),
        name="Markus Tefa",
        purpose=text,
        note="Diberi tahu: permohonan dapat melalui surat atau SP4N-LAPOR!",
        outcome="no_identity",
    )
    seen["guest book"] = visit["outcome"]
    student = reception.visitor(
        at("2026-02-13 10:15"), [text], name="Markus Tefa", card="student_card"
    )
    seen["with a student card"] = student.stage
    seen["cards kept"] = ", ".join(
        life_of(api, case).said("id-card-deposited", "kind")
        for case in (licensed, student)
    )
    # Numbers have no gaps: a case without identity would stand between the two.
    seen["cases in between"] = str(_serial(student) - _serial(licensed) - 1)
    return seen


def _serial(case: CaseInHand) -> int:
    return int(case.answer["registration_number"].rpartition("-")[2])


VISITS = (
    Request(
        number=1,
        where="tatap muka / face to face, Biro Organisasi, 2026-02-10 09:05",
        text="Mohon data jumlah perangkat daerah lingkup Pemprov NTT dan struktur "
        "organisasinya.",
        play=in_time,
        expected={
            "directed to": "kabag-kelembagaan",
            "delivered": "2026-02-10 09:17",
            "standard clock": "met",
            "KTP left": "2026-02-10 09:05",
            "KTP back": "2026-02-10 09:19",
            "outcome": "granted",
            "stage": "closed",
        },
    ),
    Request(
        number=2,
        where="tatap muka / face to face, BPPD, 2026-02-11 10:00",
        text="Minta data jumlah pelintas di PLBN Motaain tahun 2025 per bulan.",
        play=as_needed,
        expected={
            "delivered": "2026-02-11 10:42",
            "overrun noted": "sesuai kebutuhan",
            "fifteen minutes": "target",
            "breach": "none",
            "outcome": "granted",
        },
    ),
    Request(
        number=3,
        where="tatap muka / face to face, BPPD, 2026-02-12",
        text="Mohon peta lokasi dan jumlah personel pos pengamanan di garis batas.",
        play=refused_for_defence,
        expected={
            "legal basis": "kip17.c",
            "reason told": "Jumlah dan letak personel pengamanan membahayakan "
            "pertahanan negara",
            "written notice": "handed over",
            "row in the register": "refused_as_exempt",
            "KTP": "given back",
        },
    ),
    Request(
        number=4,
        where="tatap muka / face to face, Biro Organisasi, 2026-02-12",
        text="Minta hasil uji kompetensi atas nama seorang pejabat.",
        play=refused_for_privacy,
        expected={
            "outcome": "refused_as_exempt",
            "legal basis": "kip17.h",
            "offered": "Ditawarkan: angka gabungan hasil uji kompetensi tanpa nama",
        },
    ),
    Request(
        number=5,
        where="tatap muka / face to face, Biro Organisasi, 2026-02-13",
        text="Mau minta contoh SOP.",
        play=without_identity,
        expected={
            "with a driving licence": "received",
            "without identity": "requirement-not-met",
            "guest book": "no_identity",
            "with a student card": "received",
            "cards kept": "sim, student_card",
            "cases in between": "0",
        },
    ),
)
