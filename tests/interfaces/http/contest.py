"""Objections as officials carry them on over HTTP, and the cases they are about."""

import httpx

from tests.interfaces.http import forms, life, shapes
from tests.interfaces.http.forms import Form
from tests.interfaces.http.life import Life
from tests.open_counter import Caller, OpenCounter
from tests.staff import BIRO

OBJECTIONS = "/v1/objections"
SUPERIOR = "atasan-ppid"
SECRET = {"n": 1, "outcome": "refused_as_exempt", "legal_basis": ["kip17.h"]}
TEST = {"items": [1], "act": "kip17.h", "analysis": "merugikan yang bersangkutan"}


class Contest:
    """One objection; `step` fails unless the command is carried out."""

    def __init__(self, case: Life, ground: str = "a", **other: object) -> None:
        self.counter = case.counter
        self.case = case
        made = self.caller("ppid").post(
            OBJECTIONS, forms.objection(case.answer["case"], ground, **other)
        )
        assert made.status_code == 201, made.text
        self.answer: Form = made.json()
        shapes.must_be_an_objection_answer(self.answer)
        assert made.headers["location"] == self.path
        assert made.headers["etag"] == '"1"'

    @property
    def path(self) -> str:
        return f"{OBJECTIONS}/{self.answer['objection']}"

    @property
    def version(self) -> int:
        return int(self.answer["version"])

    def caller(self, seat: str) -> Caller:
        """The agency's PPID or another; the superior serves both."""
        both = seat in {SUPERIOR, "sekda"}
        return self.counter[seat if both else self.case.official(seat)]

    def step(self, by: str, word: str, body: Form) -> "Contest":
        """Carry out a command, and see what it made of the case."""
        done = self.caller(by).post(f"{self.path}/{word}", body, self.version)
        assert done.status_code == 200, (word, done.text)
        self.answer = done.json()
        shapes.must_be_an_objection_answer(self.answer)
        assert done.headers["etag"] == f'"{self.version}"'
        look(self.case)
        return self

    def refused(self, by: str, word: str, body: Form) -> tuple[int, str]:
        """Try a command that must not be carried out; nothing has changed."""
        before = self.read(), self.case_now()
        answer = self.caller(by).post(f"{self.path}/{word}", body, self.version)
        assert not answer.is_success, answer.text
        assert (self.read(), self.case_now()) == before
        return answer.status_code, answer.json()["code"]

    def shown_to(self, seat: str) -> Form:
        """The objection as it stands; the states of its clocks are of now."""
        read = self.caller(seat).get(self.path)
        assert read.headers["etag"] == f'"{self.version}"'
        file: Form = read.json()
        shapes.must_be_an_objection_file(file)
        return file

    def read(self) -> Form:
        """The same, but for its words, which a head is not told."""
        file = self.shown_to("kepala")
        assert file.pop("facts") is None
        return file

    def case_now(self) -> Form:
        """The case's version and stage."""
        read = self.caller("kepala").get(self.case.path).json()
        return {key: read[key] for key in ("version", "stage", "outcome")}


def look(case: Life) -> Life:
    """Take in what became of a case by another hand."""
    read = case.counter[case.official("kepala")].get(case.path).json()
    changed = {key: read[key] for key in ("version", "stage", "outcome", "clocks")}
    case.answer = case.answer | changed
    return case


def filing(
    counter: OpenCounter, seat: str, case: Life, ground: str = "a", **other: object
) -> httpx.Response:
    """Try to file."""
    form = forms.objection(case.answer["case"], ground, **other)
    return counter[seat].post(OBJECTIONS, form)


def decision(ruling: str = "grant", **other: object) -> Form:
    """What the superior decides."""
    return {"decision": ruling, "reason": "informasi itu telah diumumkan"} | other


def dispute(**other: object) -> Form:
    """What the Commission has registered."""
    return {"commission_number": "003/KI-NTT/2026", "status": "diregistrasi"} | other


def refused_visit(counter: OpenCounter, agency: str = BIRO) -> Life:
    """A visitor was told that it is exempt."""
    reason = {"legal_basis": ["kip17.c"], "reason": "rahasia pertahanan"}
    return life.directed(counter, agency).step("analis", "refusal", reason)


def refused_letter(counter: OpenCounter, agency: str = BIRO) -> Life:
    """A refusal was signed and posted."""
    case = _refused(life.disposed(counter, agency))
    return case.step("agendaris", "delivery", {"how": "post"})


def refused_report(counter: OpenCounter, agency: str = BIRO) -> Life:
    """A refusal was approved and posted in SP4N-LAPOR!."""
    case = life.report(counter, agency)
    review = {"summary": "minta data", "class": "information_request"}
    case.step("penghubung", "review", review)
    case.step("kepala", "disposition", forms.disposition(case.official("analis")))
    return _refused(case).step("penghubung", "delivery", POSTED)


POSTED = {"how": "lapor_post", "notified_by": "sms"}


def _refused(case: Life) -> Life:
    case.step(
        "ppid", "consequence-test", TEST | {"participants": [case.official("ppid")]}
    )
    item = SECRET | {"reason": "data pribadi"}
    case.step("analis", "draft", forms.draft(kind="refusal", items=[item]), "draft")
    return life.approve(case)
