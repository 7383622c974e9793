"""Requests 8, 10 and 16: by letter (surat)."""

from datetime import date

from domain.values import DeliveryMeans, Outcome
from interfaces.demo.api import Api
from interfaces.demo.cast import BPPD
from interfaces.demo.hand import CaseInHand, item
from interfaces.demo.intake import Counter
from interfaces.demo.life import life_of
from interfaces.demo.local_time import at
from interfaces.demo.requests.request import Request, Seen

GRANTED = (item(1, Outcome.GRANTED),)


def with_a_phone_number(api: Api, text: str) -> Seen:
    """A phone number alone meets the requirement ("dan/atau nomor HP")."""
    case = Counter(api, BPPD).letter(
        at("2026-02-10 08:40"),
        [text],
        dated=date(2026, 2, 9),
        name="Stefanus Kiik",
        phone="081200000008",
    )
    taken_in = case.answer
    case.disposed(at("2026-02-11 09:00"), to="staf-lokpri", by="kepala-bppd")
    case.drafted(
        at("2026-02-11 14:00"),
        by="staf-lokpri",
        text="Profil kawasan perbatasan terlampir.",
        items=GRANTED,
    )
    case.approved(at("2026-02-12 09:00"), by="kasubid-lokpri")
    case.approved(at("2026-02-12 11:00"), by="kabid-kawasan")
    case.approved(at("2026-02-12 15:00"), by="kepala-bppd")
    case.sent(at("2026-02-13 09:00"), how=DeliveryMeans.POST)
    life = life_of(api, case)
    standard, statute = life.clock("standard"), life.clock("statute")
    return {
        "on receipt": taken_in["stage"],
        "missing": ", ".join(taken_in.get("missing", ())) or "nothing",
        "due, calendar days": standard["due_on"],
        "due, working days": standard["also_due_on"],
        "due, KIP": statute["due_on"],
        "stage": life.case["stage"],
    }


def _climbs(case: CaseInHand, version: int, times: tuple[str, str, str]) -> None:
    tiers = ("kasubid-lokpri", "kabid-kawasan", "kepala-bppd")
    for tier, when in zip(tiers, times, strict=True):
        case.approved(at(when), by=tier, draft=version)


def returned_once(api: Api, text: str) -> Seen:
    """Initialled, returned at the second tier; the new version climbs from below."""
    case = Counter(api, BPPD).letter(
        at("2026-04-06 09:00"),
        [text],
        dated=date(2026, 4, 4),
        number="017/LSM-PB/IV/2026",
        evidence=["institution_identity"],
        name="Perkumpulan Pemerhati Batas",
        institution="Perkumpulan Pemerhati Batas",
    )
    taken_in = case.answer
    case.disposed(at("2026-04-06 13:00"), to="kabid-kawasan", by="kepala-bppd")
    case.disposed(at("2026-04-07 08:30"), to="staf-lokpri", by="kabid-kawasan")
    case.drafted(
        at("2026-04-07 15:00"),
        by="staf-lokpri",
        text="Data program pembangunan lokpri terlampir.",
        items=GRANTED,
    )
    case.approved(at("2026-04-08 09:00"), by="kasubid-lokpri")
    case.returned(
        at("2026-04-08 14:00"), by="kabid-kawasan", notes="Lengkapi lokasi per tahun"
    )
    case.drafted(
        at("2026-04-09 10:00"),
        by="staf-lokpri",
        text="Data program pembangunan lokpri per tahun terlampir.",
        items=GRANTED,
    )
    _climbs(case, 2, ("2026-04-09 13:00", "2026-04-10 09:00", "2026-04-10 15:00"))
    case.sent(at("2026-04-13 10:00"), how=DeliveryMeans.POST)
    life = life_of(api, case)
    approvals = [entry["data"] for entry in life.of("approved")]
    returned = life.of("returned-for-correction")
    return {
        "institution identity": taken_in["stage"],
        "returned": f"{len(returned)} time, tier {returned[-1]['data']['tier']}",
        "approvals of v1": _tiers(approvals, 1),
        "approvals of v2": _tiers(approvals, 2),
        "due, calendar days": life.clock("standard")["due_on"],
        "posted": life.when("delivered")[:10],
        "standard clock": life.clock("standard")["state"],
    }


def _tiers(approvals: list[dict[str, object]], version: int) -> str:
    """The tiers that approved a version, in order."""
    climbed = [each["tier"] for each in approvals if each["draft"] == version]
    return "tier " + ", ".join(map(str, climbed))


def nobody_came(api: Api, text: str) -> Seen:
    """Called three times, nobody came for the book: it is posted."""
    case = Counter(api, BPPD).letter(
        at("2026-10-05 09:30"),
        [text],
        dated=date(2026, 10, 2),
        evidence=["identity_copy"],
        name="Fransiskus Bere",
        phone="081200000016",
    )
    case.disposed(at("2026-10-05 13:00"), to="staf-lokpri", by="kepala-bppd")
    case.drafted(
        at("2026-10-06 10:00"),
        by="staf-lokpri",
        text="Buku rencana aksi dapat diambil.",
        items=GRANTED,
    )
    _climbs(case, 1, ("2026-10-06 13:00", "2026-10-07 09:00", "2026-10-07 15:00"))
    approved = case.stage
    case.called_to_collect(
        at("2026-10-09 15:10"),
        contacts={
            at("2026-10-08 09:00"): "tidak diangkat",
            at("2026-10-08 14:00"): "tidak diangkat",
            at("2026-10-09 15:00"): "tidak diangkat",
        },
        collect_by=date(2026, 10, 16),
    )
    waiting = case.stage
    case.pickup_missed(at("2026-10-19 08:30"), then="post")
    case.sent(at("2026-10-19 10:00"), how=DeliveryMeans.POST)
    life = life_of(api, case)
    contacts = life.one("pickup-arranged")["data"]["contacts"]
    return {
        "after the signature": approved,
        "after the calls": waiting,
        "calls unanswered": str(len(contacts)),
        "pickup missed": life.when("pickup-missed")[:10],
        "then": life.said("delivered", "how"),
        "stage": life.case["stage"],
    }


LETTERS = (
    Request(
        number=8,
        where="surat / letter, BPPD, 2026-02-10",
        text="Mohon profil kawasan perbatasan.",
        play=with_a_phone_number,
        expected={
            "on receipt": "received",
            "missing": "nothing",
            "due, calendar days": "2026-02-17",
            "due, working days": "2026-02-23",
            "due, KIP": "2026-02-26",
            "stage": "delivered",
        },
    ),
    Request(
        number=10,
        where="surat / letter, BPPD, 2026-04-06",
        text="Mohon data program pembangunan lokpri.",
        play=returned_once,
        expected={
            "institution identity": "received",
            "returned": "1 time, tier 2",
            "approvals of v1": "tier 1",
            "approvals of v2": "tier 1, 2, 3",
            "due, calendar days": "2026-04-13",
            "posted": "2026-04-13",
            "standard clock": "met",
        },
    ),
    Request(
        number=16,
        where="surat / letter, BPPD, 2026-10-05",
        text="Mohon buku rencana aksi pengelolaan perbatasan (cetak).",
        play=nobody_came,
        expected={
            "after the signature": "approved",
            "after the calls": "awaiting_pickup",
            "calls unanswered": "3",
            "pickup missed": "2026-10-19",
            "then": "post",
            "stage": "delivered",
        },
    ),
)
