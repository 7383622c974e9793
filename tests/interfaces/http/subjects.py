"""Persons with a wish of their own data, before an open counter with data officers."""

from itertools import count
from typing import Final

import httpx

from domain.values import Role
from tests import staff
from tests.interfaces.http import forms, life
from tests.interfaces.http.forms import Form
from tests.interfaces.http.life import Life
from tests.open_counter import OpenCounter
from tests.staff import BIRO, BPPD, Place

DPO: Final = "bo-pdp"
OTHER_DPO: Final = "bppd-pdp"
PLACES: Final = (
    *staff.PLACES,
    Place(DPO, BIRO, (Role.DPO,)),
    Place(OTHER_DPO, BPPD, (Role.DPO,)),
)
LONG_AGO: Final = {
    "occurred_at": "2026-02-10T09:00:00+08:00",
    "late_reason": "dari buku tamu",
}
"""The thirty working days to object to what was said then are over."""
WISH: Final = "Hapus NIK dan nomor HP saya"
NIKS: Final = (f"537101410785{n:04d}" for n in count(1))
"""Everybody his own: who bears one that is known is the same person."""


def answered(counter: OpenCounter, when: Form | None = None, **other: object) -> Life:
    """A visitor who was answered at the counter and has his card back."""
    said = dict(when or {})
    about = {"name": forms.VISITOR, "phone": forms.VISITOR_PHONE, "nik": next(NIKS)}
    visitor = about | {"identity": {"kind": "ktp", "deposited": True}} | other
    visit = life.visit(counter, requester=visitor, **said)
    shown = {"to": visit.official("analis"), "directed_by": visit.official("kepala")}
    visit.step("penerima-tamu", "direction", shown | said)
    visit.step("analis", "delivery", {"how": "oral"} | said)
    return visit.step("penerima-tamu", "identity-return", {"to": "visitor"} | said)


def person_of(case: Life) -> str:
    """Under which id the requester asks for his data; the receivers are told."""
    file = case.counter[case.official("ppid")].get(case.path).json()
    return str(file["requester"]["person"])


class Asked:
    """A data subject's request; `step` fails unless the command is carried out."""

    def __init__(
        self, counter: OpenCounter, person: str, kind: str, by: str, **other: object
    ) -> None:
        self.counter = counter
        self.person = person
        form = {"kind": kind, "how": "surat", "words": WISH} | other
        made = counter[by].post(f"/v1/persons/{person}/requests", form)
        assert made.status_code == 201, made.text
        self.answer: Form = made.json()
        assert made.headers["location"] == self.path

    @property
    def path(self) -> str:
        return f"/v1/data-requests/{self.answer['data_request']}"

    def post(self, by: str, word: str, body: Form) -> httpx.Response:
        """Try a command with the version of the last answer."""
        version = int(self.answer["version"])
        return self.counter[by].post(f"{self.path}/{word}", body, version)

    def step(self, word: str, body: Form | None = None, by: str = DPO) -> "Asked":
        done = self.post(by, word, body or {})
        assert done.status_code == 200, (word, done.text)
        self.answer = done.json()
        assert done.headers["etag"] == f'"{self.answer["version"]}"'
        return self

    def refused(
        self, word: str, body: Form | None = None, by: str = DPO
    ) -> tuple[int, str]:
        answer = self.post(by, word, body or {})
        assert not answer.is_success, answer.text
        return answer.status_code, answer.json()["code"]

    def read(self, by: str = DPO) -> Form:
        shown: Form = self.counter[by].get(self.path).json()
        return shown


def erased(case: Life, by: str = "bo-ppid") -> Asked:
    """The person of a case whose windows are over is erased at his wish."""
    asked = Asked(case.counter, person_of(case), "erasure", by)
    return asked.step("decision").step("execution", {"how": "surat"})
