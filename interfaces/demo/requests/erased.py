"""Request 20: a person wants his NIK and number gone (permohonan subjek data)."""

from datetime import datetime

from interfaces.demo.api import Answer, Api, Json, RefusedError
from interfaces.demo.cast import BPPD
from interfaces.demo.hand import CaseInHand, happened
from interfaces.demo.intake import Counter
from interfaces.demo.life import life_of
from interfaces.demo.local_time import at, told
from interfaces.demo.requests.request import Request, Seen

NIK = "5371014107900012"
PHONE = "081339001122"


def wants_to_be_forgotten(api: Api, text: str) -> Seen:
    """Deferred while he may still object; then the key to his data is destroyed."""
    case = _answered(api)
    person = api.get(BPPD.ppid, f"/v1/cases/{case.id}")["requester"]["person"]
    wish = {"kind": "erasure", "how": "surat", "words": text}
    asked = _Asked(api, person, {**wish, **happened(at("2026-08-12 10:00"))})
    taken_in = asked.answer
    asked.act("deferral", "2026-08-12 15:00", reason="Masih dapat mengajukan keberatan")
    deferred = asked.read()
    try:
        asked.act("decision", "2026-09-23 16:00")
        too_early = "granted"
    except RefusedError as refusal:
        too_early = refusal.code
    asked.act("decision", "2026-09-24 09:00")
    asked.act("execution", "2026-09-24 09:10", how="surat")
    life, row = life_of(api, case), _row(api, case, asked.answer["position"])
    export = api.get(BPPD.dpo, f"/v1/persons/{person}")
    said = str([life.case, life.history, row, export])
    return {
        "recorded": asked.when("data-request-received"),
        "to be answered by": told(taken_in["clocks"][0]["due_at"]),
        "deferred because of": ", ".join(deferred["waits_for"]),
        "until": told(deferred["waits_until"]),
        "before that": too_early,
        "key destroyed": life.when("personal-data-erased"),
        "who asked": "nobody any more" if life.case["erased"] else "still told",
        "NIK or phone anywhere": "yes" if NIK in said or PHONE in said else "no",
        "row in the register": "kept" if row["registration_number"] else "gone",
        "name in it": row["name"] or "none",
        "outcome in it": life.case["outcome"],
    }


class _Asked:
    """A data subject's request as the data protection officer has it in hand."""

    def __init__(self, api: Api, person: str, body: Answer) -> None:
        self._api = api
        self.answer = api.post(BPPD.letters, f"/v1/persons/{person}/requests", body)
        self._path = f"/v1/data-requests/{self.answer['data_request']}"

    def act(self, word: str, when: str, **said: Json) -> None:
        """Record an act about it as it stands."""
        body = {**said, **happened(at(when))}
        path = f"{self._path}/{word}"
        self.answer = self._api.post(BPPD.dpo, path, body, self.answer["version"])

    def read(self) -> Answer:
        """How it stands."""
        return self._api.get(BPPD.dpo, self._path)

    def when(self, tag: str) -> str:
        """When an entry of its history happened."""
        history = self._api.get(BPPD.dpo, f"{self._path}/history")["items"]
        times = {entry["type"]: entry["occurred_at"] for entry in history}
        return told(datetime.fromisoformat(times[tag]))


def _answered(api: Api) -> CaseInHand:
    """A visitor who told his NIK, and was answered."""
    case = Counter(api, BPPD).visitor(
        at("2026-08-10 09:05"),
        ["Mohon data jumlah desa di garis batas."],
        name="Fabianus Tefa",
        card="ktp",
        nik=NIK,
        phone=PHONE,
    )
    case.directed(at("2026-08-10 09:07"), to="staf-lokpri", by="kepala-bppd")
    case.answered_at_counter(at("2026-08-10 09:17"), by="staf-lokpri")
    case.card_returned(at("2026-08-10 09:19"))
    case.closed(at("2026-08-10 09:20"), by="tamu-bppd")
    return case


def _row(api: Api, case: CaseInHand, position: int) -> Answer:
    """The case's row in the request register, once the book has heard of it all."""
    number = case.answer["registration_number"]
    asked = f"agency=bppd&from=2026-08-01&to=2026-08-31&after_position={position}"
    items = api.get(BPPD.letters, f"/v1/registers/requests?{asked}")["items"]
    (row,) = (one for one in items if one["registration_number"] == number)
    return dict(row)


ERASED = (
    Request(
        number=20,
        where="surat / letter, BPPD, 2026-08-12, about a request that was answered",
        text="Hapus NIK dan nomor HP saya.",
        play=wants_to_be_forgotten,
        expected={
            "recorded": "2026-08-12 10:00",
            "to be answered by": "2026-08-15 10:00",
            "deferred because of": "objection_window",
            "until": "2026-09-24 00:00",
            "before that": "data-still-needed",
            "key destroyed": "2026-09-24 09:10",
            "who asked": "nobody any more",
            "NIK or phone anywhere": "no",
            "row in the register": "kept",
            "name in it": "none",
            "outcome in it": "granted",
        },
    ),
)
