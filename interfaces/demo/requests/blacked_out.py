"""Request 11: by letter (surat), given in part (dikabulkan sebagian)."""

from datetime import date

from domain.values import DeliveryMeans, DraftKind, Outcome
from interfaces.demo.api import Answer, Api, RefusedError
from interfaces.demo.cast import BPPD
from interfaces.demo.hand import item
from interfaces.demo.intake import Counter
from interfaces.demo.life import life_of
from interfaces.demo.local_time import at
from interfaces.demo.requests.request import Request, Seen


def blacked_out(api: Api, text: str) -> Seen:
    """The budget is given; the security plan with its exempt parts blacked out."""
    budget, plan = "Anggaran pembangunan PLBN", "Rencana pengamanan pembangunan PLBN"
    case = Counter(api, BPPD).letter(
        at("2026-06-02 09:00"),
        [budget, plan],
        dated=date(2026, 6, 1),
        evidence=["identity_copy"],
        name="Yuliana Abanat",
    )
    case.disposed(at("2026-06-02 14:00"), to="staf-lokpri", by="kepala-bppd")
    withheld = "Letak dan jumlah personel pengamanan dihitamkan"
    said: Answer = {
        "kind": DraftKind.PARTIAL,
        "by": "staf-lokpri",
        "text": f"{text} Anggaran terlampir; rencana dengan bagian yang dihitamkan.",
        "items": [
            item(1, Outcome.GRANTED),
            item(2, Outcome.PARTIAL, "kip17.c", reason=withheld),
        ],
    }
    untested = "drafted"
    try:
        case.drafted(at("2026-06-04 09:00"), **said)
    except RefusedError as refusal:
        untested = refusal.code
    case.tested(
        at("2026-06-05 10:00"),
        items=[2],
        act="kip17.c",
        analysis="Letak dan jumlah personel membahayakan pertahanan negara",
        until=date(2031, 6, 5),
        part="Lampiran pengamanan, halaman 4 sampai 9",
    )
    case.drafted(at("2026-06-05 14:00"), **said)
    case.approved(at("2026-06-08 09:00"), by="kasubid-lokpri")
    case.approved(at("2026-06-08 13:00"), by="kabid-kawasan")
    case.approved(at("2026-06-08 15:00"), by="kepala-bppd")
    case.sent(at("2026-06-09 10:00"), how=DeliveryMeans.POST)
    life = life_of(api, case)
    given, hidden = life.case["items"]
    test = life.one("consequence-test-recorded")
    return {
        "before the consequence test": untested,
        "consequence test": f"{life.when('consequence-test-recorded')}, "
        f"{test['data']['act']}, by the {test['by']['role']}",
        "part that was blacked out": test["data"]["part"],
        "refused in that part": life.when("refused-as-exempt"),
        "items refused": ", ".join(
            map(str, life.one("refused-as-exempt")["data"]["items"])
        ),
        "due, calendar days": life.clock("standard")["due_on"],
        "due, KIP": life.clock("statute")["due_on"],
        "budget": given["outcome"],
        "security plan": hidden["outcome"],
        "legal basis": ", ".join(hidden["legal_basis"]),
        "reason told": hidden["reason"],
        "exempt until": hidden["exempt_until"],
        "outcome": life.case["outcome"],
        "standard clock": life.clock("standard")["state"],
    }


GIVEN_IN_PART = (
    Request(
        number=11,
        where="surat / letter, BPPD, 2026-06-02",
        text="Mohon anggaran dan rencana pengamanan pembangunan PLBN.",
        play=blacked_out,
        expected={
            "before the consequence test": "consequence-test-missing",
            "consequence test": "2026-06-05 10:00, kip17.c, by the ppid",
            "part that was blacked out": "Lampiran pengamanan, halaman 4 sampai 9",
            "refused in that part": "2026-06-08 15:00",
            "items refused": "2",
            "due, calendar days": "2026-06-09",
            "due, KIP": "2026-06-17",
            "budget": "granted",
            "security plan": "partial",
            "legal basis": "kip17.c",
            "reason told": "Letak dan jumlah personel pengamanan dihitamkan",
            "exempt until": "2031-06-05",
            "outcome": "partial",
            "standard clock": "met",
        },
    ),
)
