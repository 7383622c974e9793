"""Request 13: by letter (surat), for something that was never written."""

from datetime import date

from domain.values import DeliveryMeans, DraftKind, Outcome
from interfaces.demo.api import Api
from interfaces.demo.cast import BIRO
from interfaces.demo.hand import item
from interfaces.demo.intake import Counter
from interfaces.demo.life import life_of
from interfaces.demo.local_time import at, told
from interfaces.demo.requests.request import Request, Seen

NEVER_MADE = (
    "Notulen tersebut tidak pernah dibuat, jadi tidak didokumentasikan. "
    "Saudara dapat mengajukan keberatan dalam 30 hari kerja."
)


def never_made(api: Api, text: str) -> Seen:
    """Minutes that were never written are not documented: no refusal under art. 17."""
    notice = api.keep(
        "staf-anjab", NEVER_MADE.encode(), "pemberitahuan.txt", "text/plain"
    )
    case = Counter(api, BIRO).letter(
        at("2026-07-07 09:00"),
        [text],
        dated=date(2026, 7, 3),
        evidence=["identity_copy"],
        secretary_had_it=at("2026-07-06 10:00"),
        name="Debora Riwu",
    )
    case.disposed(at("2026-07-07 14:00"), to="kabag-kelembagaan", by="kepala-biro")
    case.disposed(at("2026-07-08 08:30"), to="staf-anjab", by="kabag-kelembagaan")
    case.drafted(
        at("2026-07-08 15:00"),
        by="staf-anjab",
        kind=DraftKind.NOT_DOCUMENTED,
        text=NEVER_MADE,
        document=notice,
        items=[
            item(1, Outcome.NOT_DOCUMENTED, reason="Notulen rapat itu tidak dibuat")
        ],
    )
    case.approved(at("2026-07-09 09:00"), by="kasubag-anjab")
    case.approved(at("2026-07-09 14:00"), by="kabag-kelembagaan")
    case.approved(at("2026-07-10 10:00"), by="kepala-biro", for_="sekda")
    case.sent(at("2026-07-10 14:00"), how=DeliveryMeans.POST)
    life = life_of(api, case)
    objection = life.clock("objection")
    told_to_him = api.fetch(BIRO.ppid, life.case["draft"]["document"]).decode()
    return {
        "outcome": life.case["outcome"],
        "refusals under article 17": str(len(life.of("refused-as-exempt"))),
        "notice": life.said("drafted", "kind"),
        "notice says": told_to_him,
        "right to object from": told(objection["starts_at"])[:10],
        "right to object until": objection["due_on"],
    }


NOT_DOCUMENTED = (
    Request(
        number=13,
        where="surat / letter, Biro Organisasi, 2026-07-07",
        text="Mohon notulen rapat penyederhanaan birokrasi 2014.",
        play=never_made,
        expected={
            "outcome": "not_documented",
            "refusals under article 17": "0",
            "notice": "not_documented",
            "notice says": NEVER_MADE,
            "right to object from": "2026-07-10",
            "right to object until": "2026-08-24",
        },
    ),
)
