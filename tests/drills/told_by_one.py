"""Everything that one person ever says to an agency, and what is asked about it."""

import hashlib
from typing import Final, TypeAlias
from uuid import UUID

import httpx
import psycopg

from application.erasing import Erasure
from tests.interfaces.http import forms, life, subjects
from tests.open_counter import OpenCounter
from tests.staff import BIRO

NAME: Final = "Yosefina Kartika Nggadas"
NIK: Final = "5371994107900001"
PHONE: Final = "081339007261"
EMAIL: Final = "yosefina.nggadas@contoh.example"
ADDRESS: Final = "Lorong Lontar Sembilan 73 Oepura"
SUBJECT: Final = "Sengketa pagar makam keluarga Nggadas"
ITEM: Final = "Berita acara pengukuran pagar di Oepura"
PURPOSE: Final = "menanyakan nisan leluhur Nggadas"
COMPLAINT: Final = "Saya disuruh pulang dengan kata kasar soal nisan"
FACTS: Final = "Pagar itu sudah berdiri sejak nenek Yosefina kecil"
ANSWER: Final = "Yth. Ibu Nggadas, pagar Ibu tercatat di buku C desa"
FILE: Final = "kuitansi-pagar-nggadas.pdf"
SCAN: Final = b"%PDF-1.7 kuitansi pagar makam 77.190.000 rupiah"
VISITOR: Final[dict[str, str]] = {
    "name": "Ferdinandus Seran Klau", "phone": "081246005518",
    "nik": "5371990105880002",
}  # fmt: skip
"""Somebody whose windows are over, and who asks for his erasure himself."""
VALUES: Final[tuple[str | bytes, ...]] = (
    *VISITOR.values(), subjects.WISH,
    NAME, NIK, PHONE, EMAIL, ADDRESS, SUBJECT, ITEM, PURPOSE, COMPLAINT, FACTS, ANSWER,
    FILE, SCAN,
)  # fmt: skip

READERS: Final = (
    "agendaris", "analis", "kasubid", "kepala", "ppid", "penerima-tamu", "pdp",
)  # fmt: skip
_REQUESTER: Final = {
    "name": NAME, "phone": PHONE, "email": EMAIL, "address": ADDRESS, "nik": NIK,
}  # fmt: skip


class Told:
    """A letter with its answer and objection, a visit, a guest, a complaint."""

    def __init__(self, counter: OpenCounter) -> None:
        self._counter = counter
        clerk = counter["bo-agendaris"]
        kept = clerk.send(
            "POST",
            "/v1/documents",
            SCAN,
            {
                "Content-Type": "application/pdf",
                "Content-Disposition": f'attachment; filename="{FILE}"',
            },
        )
        assert kept.status_code == httpx.codes.CREATED, kept.text
        self.document = kept.json()["sha256"]
        assert self.document == hashlib.sha256(SCAN).hexdigest()
        said: forms.Form = {
            "requester": _REQUESTER,
            "subject": SUBJECT,
            "items": [ITEM],
        }
        letter = life.disposed(counter, **said)
        written = forms.draft(text=ANSWER, document=self.document)
        letter.step("analis", "draft", written, "draft")
        life.approve(letter)
        letter.step("agendaris", "delivery", {"how": "handed", "letter_number": "1"})
        shown = _REQUESTER | {"identity": {"kind": "ktp", "deposited": False}}
        visit = life.directed(
            counter, **(said | {"requester": shown, "visit_purpose": PURPOSE})
        )
        self._made("penerima-tamu", "/v1/visits", self._guest())
        complaint = forms.complaint(
            complainant={"name": NAME, "phone": PHONE}, text=COMPLAINT
        )
        self.complaint = self._made("pengaduan", "/v1/complaints", complaint)
        objection = forms.objection(letter.answer["case"], "d", facts=FACTS)
        self.objection = self._made("ppid", "/v1/objections", objection)
        self._visitor = subjects.answered(counter, subjects.LONG_AGO, **VISITOR)
        self.cases = (letter.path, visit.path, self._visitor.path)
        self.request: str | None = None

    def erase_visitor(self) -> None:
        """Over HTTP, as the data officer does it."""
        self.request = subjects.erased(self._visitor).path

    def _guest(self) -> forms.Form:
        return forms.guest(visitor={"name": NAME}, visit_purpose=PURPOSE)

    def _made(self, seat: str, path: str, form: forms.Form) -> str:
        # With a key, so that the reply is kept for a week.
        answer = self._counter[f"bo-{seat}"].post(path, form, key=f"kunci {path}")
        assert answer.status_code == httpx.codes.CREATED, answer.text
        return answer.headers["location"]

    @property
    def paths(self) -> list[str]:
        """Everything that can be asked about it, one by one and in lists."""
        histories = [*self.cases, self.complaint, self.objection]
        if self.request is not None:
            histories.append(self.request)
        books = [
            f"/v1/registers/{book}?from=2026-01-01&to=2030-12-31"
            for book in ("requests", "objections", "complaints", "guests")
        ]
        lists = [
            *("/v1/cases?limit=200", "/v1/complaints", "/v1/objections"),
            *("/v1/worklist", "/v1/sla", "/v1/audit", "/v1/data-requests"),
            *books,
        ]
        return [
            *histories,
            *(f"{one}/history" for one in histories),
            *(f"{one}/disposition-sheet" for one in self.cases[:1]),
            f"/v1/documents/{self.document}",
            *lists,
            *(f"{one}{'&' if '?' in one else '?'}format=csv" for one in lists),
        ]

    def asked(self) -> list[tuple[str, str, httpx.Response]]:
        """What every reader is answered to everything: who, what, and the answer."""
        return [
            (seat, path, self._counter[f"bo-{seat}"].get(path))
            for seat in READERS
            for path in self.paths
        ]

    def erasures(self, url: str) -> tuple[Erasure, ...]:
        """Everybody who is NAME: all who are sealed, nobody else was ever here."""
        with psycopg.connect(url) as connection:
            persons = connection.execute("select person from persons").fetchall()
        document = ((BIRO, self.document),)
        return tuple(Erasure(person, document) for (person,) in persons)


Line: TypeAlias = tuple[UUID, bytes, UUID, str, bytes]


def lines(url: str) -> list[Line]:
    """Ciphertexts with their wrapped keys, as a thief of the database has them."""
    with psycopg.connect(url) as connection:
        return connection.execute(
            "select person, wrapped_key, record, field, ciphertext"
            "  from sealed join persons using (person) where wrapped_key is not null"
        ).fetchall()
