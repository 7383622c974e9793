"""Request 18: through SP4N-LAPOR!."""

from domain.values import NoticeMeans, Outcome
from interfaces.demo.api import Api
from interfaces.demo.cast import BPPD
from interfaces.demo.hand import item
from interfaces.demo.intake import Counter
from interfaces.demo.life import life_of
from interfaces.demo.local_time import at
from interfaces.demo.requests.request import Request, Seen


def closed_by_silence(api: Api, text: str) -> Seen:
    """Posted on the due date and told by e-mail; without a reply LAPOR closes it."""
    case = Counter(api, BPPD).report(
        at("2026-08-18 10:00"),
        [text],
        tracking_id="7340018",
        submitted_at=at("2026-08-18 09:20"),
        name="Robertus Asa",
        address="Atambua",
        email="robertus@example.org",
    )
    case.reviewed(
        at("2026-08-18 11:00"), "Syarat kartu lintas batas", "information_request"
    )
    case.disposed(at("2026-08-19 09:00"), to="staf-lintas-batas", by="kepala-bppd")
    case.drafted(
        at("2026-08-20 10:00"),
        by="staf-lintas-batas",
        text="Syarat kartu lintas batas: KTP dan surat keterangan domisili.",
        items=[item(1, Outcome.GRANTED)],
    )
    case.approved(at("2026-08-21 09:00"), by="kasubid-lintas-batas")
    case.approved(at("2026-08-24 09:00"), by="kabid-batas")
    case.approved(at("2026-08-26 09:00"), by="kepala-bppd")
    case.posted_in_lapor(at("2026-08-26 11:00"), notified_by=NoticeMeans.EMAIL)
    case.lapor_shows(
        at("2026-09-10 08:30"),
        "Selesai (ditutup otomatis)",
        since=at("2026-09-09 23:59"),
    )
    case.closed(at("2026-09-10 08:35"), by="lapor-bppd", reason="Tidak ada balasan")
    life = life_of(api, case)
    standard = life.clock("standard")
    return {
        "due, calendar days": standard["due_on"],
        "due, working days": standard["also_due_on"],
        "posted": life.when("delivered")[:10],
        "told by": life.said("delivered", "notified_by"),
        "signed or approved": life.said("approved", "kind"),
        "standard clock": standard["state"],
        "LAPOR closes by itself": life.clock("lapor_auto_close")["due_on"],
        "closed because": life.said("closed", "reason"),
        "LAPOR shows": life.said("lapor-status-imported", "status"),
        "stage": life.case["stage"],
    }


REPORTS = (
    Request(
        number=18,
        where="SP4N-LAPOR! (web), BPPD, 2026-08-18",
        text="Apa syarat kartu lintas batas?",
        play=closed_by_silence,
        expected={
            "due, calendar days": "2026-08-26",
            "due, working days": "2026-08-31",
            "posted": "2026-08-26",
            "told by": "email",
            "signed or approved": "approval",
            "standard clock": "met",
            "LAPOR closes by itself": "2026-09-09",
            "closed because": "Tidak ada balasan",
            "LAPOR shows": "Selesai (ditutup otomatis)",
            "stage": "closed",
        },
    ),
)
