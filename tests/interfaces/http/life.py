"""A case's life as its officials carry it on, one command after the other."""

from tests.interfaces.http import forms, shapes
from tests.interfaces.http.forms import Form
from tests.open_counter import Caller, OpenCounter
from tests.staff import BIRO


class Life:
    """One case of one agency; `step` fails unless the command is carried out."""

    def __init__(self, counter: OpenCounter, agency: str, by: str, form: Form) -> None:
        self.counter = counter
        self.agency = agency
        self.channel = str(form["channel"])
        made = self._caller(by).post("/v1/cases", form)
        assert made.status_code == 201, made.text
        self.answer: Form = made.json()
        missing = ("missing",) if self.answer["stage"] == "incomplete" else ()
        shapes.must_be_a_case_answer(self.answer, *missing)
        assert made.headers["location"] == f"/v1/cases/{self.answer['case']}"
        assert made.headers["etag"] == f'"{self.answer["version"]}"'

    @property
    def path(self) -> str:
        return f"/v1/cases/{self.answer['case']}"

    @property
    def stage(self) -> str:
        return str(self.answer["stage"])

    @property
    def version(self) -> int:
        return int(self.answer["version"])

    def official(self, seat: str) -> str:
        """The agency's official in that seat."""
        if seat == "sekda":
            return seat
        return f"{'bo' if self.agency == BIRO else 'bppd'}-{seat}"

    def step(self, by: str, word: str, body: Form, *more: str) -> "Life":
        """Carry out a command; its answer has the case's shape and `more` keys."""
        before = self.answer
        done = self._caller(by).post(f"{self.path}/{word}", body, self.version)
        assert done.status_code == 200, (word, done.text)
        self.answer = done.json()
        shapes.must_be_a_case_answer(self.answer, *more)
        assert done.headers["etag"] == f'"{self.version}"'
        assert self.version > before["version"]
        assert self.answer["position"] > before["position"]
        assert self.answer["case"] == before["case"]
        assert self.answer["registration_number"] == before["registration_number"]
        return self

    def refused(self, by: str, word: str, body: Form) -> tuple[int, str]:
        """Try a command that must not be carried out; status and code."""
        answer = self._caller(by).post(f"{self.path}/{word}", body, self.version)
        assert not answer.is_success, answer.text
        return answer.status_code, answer.json()["code"]

    def _caller(self, seat: str) -> Caller:
        return self.counter[self.official(seat)]


def visit(counter: OpenCounter, agency: str = BIRO, **other: object) -> Life:
    """A visitor who has been received."""
    return Life(counter, agency, "penerima-tamu", forms.visit(agency, **other))


def directed(counter: OpenCounter, agency: str = BIRO, **other: object) -> Life:
    """A visitor who was shown to the analyst."""
    life = visit(counter, agency, **other)
    to, head = life.official("analis"), life.official("kepala")
    return life.step("penerima-tamu", "direction", {"to": to, "directed_by": head})


def letter(counter: OpenCounter, agency: str = BIRO, **other: object) -> Life:
    """A letter that has been received."""
    return Life(counter, agency, "agendaris", forms.letter(agency, **other))


def disposed(counter: OpenCounter, agency: str = BIRO, **other: object) -> Life:
    """A letter that was disposed to the analyst."""
    life = letter(counter, agency, **other)
    return life.step(
        "kepala", "disposition", forms.disposition(life.official("analis"))
    )


def report(counter: OpenCounter, agency: str = BIRO, **other: object) -> Life:
    """A report that has been received."""
    return Life(counter, agency, "penghubung", forms.report(agency, **other))


def approve(life: Life, draft: int = 1) -> Life:
    """Initials of both tiers, then the signature in the right capacity."""
    own = {"draft": draft, "capacity": "own"}
    life.step("kasubid", "approval", own).step("kabid", "approval", own)
    assert life.stage == "in_review"
    written_to_secretary = life.agency == BIRO and life.channel == "letter"
    final = own
    if written_to_secretary:
        final = {"draft": draft, "capacity": "on_behalf", "for": "sekda"}
    return life.step("kepala", "approval", final)
