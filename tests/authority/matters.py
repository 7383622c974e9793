"""What the whole walk is about: a matter of each kind in each agency, made once.

Whatever an agency's matters say bears a mark of that agency alone, so that a search of
another's answers finds what leaked.
"""

from collections.abc import Callable
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

import httpx

from domain.values import AgencyCode, Channel, ComplaintKind, Role
from interfaces.clock import now
from tests.authority.staffing import ANALYST, HEAD, PREFIXES, official
from tests.interfaces.http import forms
from tests.interfaces.http.forms import Form
from tests.open_counter import Caller, OpenCounter
from tests.staff import AGENCIES, BIRO

MARKS: Final = {BIRO: "Kefamenanu", AGENCIES[1]: "Waikabubak"}
"""A place that stands in all that is said to one agency, and nowhere else."""

YEAR: Final = now().astimezone(ZoneInfo("Asia/Makassar")).year
"""In which they come in, by the agencies' calendar."""
SPAN: Final = f"from={YEAR}-01-01&to={YEAR}-12-31"


class Matters:
    """An agency's cases, complaints, objection, visit and document."""

    def __init__(self, counter: OpenCounter, agency: AgencyCode) -> None:
        self.counter = counter
        self.agency = agency
        self.mark = MARKS[agency]
        self.cases: dict[Channel, str] = {
            Channel.FACE_TO_FACE: self._received("receptionist", forms.visit),
            Channel.LETTER: self._received("letter_clerk", forms.letter),
            Channel.SP4N_LAPOR: self._received("lapor_liaison", forms.report),
        }
        self.secret = self._disposed("secret")
        self.ordinary = self._disposed("ordinary")
        self.refused = self._refused()
        self.complaints = {kind: self._complaint(kind) for kind in ComplaintKind}
        objection = self.filing(self.refused)
        self.objection = str(self._of("ppid", "/v1/objections", objection)["objection"])
        self.person = self._person(self.ordinary)
        wish = {"kind": "access", "how": "surat"}
        path = f"/v1/persons/{self.person}/requests"
        self.data_request = str(self._of("receptionist", path, wish)["data_request"])
        breach = self._of("dpo", "/v1/breaches", self.breaching())
        self.breach = str(breach["breach"])
        guest = forms.guest(agency)
        guest["visitor"]["name"] = f"Tamu {self.mark}"
        self.visit = str(self._of("receptionist", "/v1/visits", guest)["visit"])
        self.document = self.kept(f"Surat {self.mark}".encode()).json()["sha256"]

    def by(self, role: str) -> Caller:
        return self.counter[official(Role(role), self.agency)]

    def told(self, make: Callable[..., Form]) -> Form:
        """A form of this agency with its mark in every text of the requester's."""
        form = make(self.agency)
        form["requester"] = form["requester"] | {
            "name": f"Pemohon {self.mark}",
            "address": f"Jalan {self.mark} 7",
        }
        if "letter" in form:
            form["letter"] = form["letter"] | {"number": f"9/{self.mark}/2026"}
        if "lapor" in form:
            tracking = f"{self.mark}-{form['lapor']['tracking_id']}"
            form["lapor"] = form["lapor"] | {"tracking_id": tracking}
        return form | {
            "subject": f"Peta {self.mark}",
            "items": [f"Salinan peta {self.mark}"],
        }

    def complaining(self, **other: object) -> Form:
        form = forms.complaint(self.agency, text=f"Petugas {self.mark}", **other)
        form["complainant"] = {"name": f"Pengadu {self.mark}"}
        return form

    def filing(self, case: str) -> Form:
        return forms.objection(case, facts=f"Kasus {self.mark}")

    def breaching(self) -> Form:
        return {
            "agency": self.agency,
            "what": "Buku tamu terbawa pulang",
            "discovered_at": now().isoformat(),
            "data": ["name"],
            "cases": [self.ordinary],
        }

    def kept(self, content: bytes) -> httpx.Response:
        kind = {"content-type": "application/pdf"}
        return self.by("letter_clerk").send("POST", "/v1/documents", content, kind)

    @property
    def numbers(self) -> set[str]:
        """Ids, numbers and words by which another agency would know of anything."""
        found = {self.mark, self.document, self.visit, self.objection}
        found |= {self.person, self.data_request, self.breach}
        for case in (*self.cases.values(), self.secret, self.ordinary, self.refused):
            answer = self.by("agency_head").get(f"/v1/cases/{case}")
            found |= {case, str(answer.json()["registration_number"])}
        return found | set(self.complaints.values())

    def step(self, role: str, case: str, word: str, body: Form) -> None:
        path = f"/v1/cases/{case}"
        version = self.by("agency_head").get(path).json()["version"]
        done = self.by(role).post(f"{path}/{word}", body, version)
        assert done.status_code == 200, (word, done.text)

    def _of(self, role: str, path: str, form: Form) -> Form:
        made = self.by(role).post(path, form)
        assert made.status_code == 201, made.text
        answer: Form = made.json()
        return answer

    def _received(self, role: str, make: Callable[..., Form]) -> str:
        return str(UUID(self._of(role, "/v1/cases", self.told(make))["case"]))

    def _person(self, case: str) -> str:
        history = self.by("agency_head").get(f"/v1/cases/{case}/history").json()
        return str(history["items"][0]["data"]["person"])

    def _disposed(self, secrecy: str) -> str:
        case = self._received("letter_clerk", forms.letter)
        form = forms.disposition(ANALYST, secrecy=secrecy)
        self.step("agency_head", case, "disposition", form)
        return case

    def _refused(self) -> str:
        case = self._received("receptionist", forms.visit)
        to = {"to": official(Role.HANDLER, self.agency), "directed_by": HEAD}
        self.step("receptionist", case, "direction", to)
        why = {"legal_basis": ["kip17.c"], "reason": "rahasia pertahanan"}
        self.step("handler", case, "refusal", why)
        return case

    def _complaint(self, kind: ComplaintKind) -> str:
        about = {
            ComplaintKind.ABOUT_HEAD: HEAD,
            ComplaintKind.ABOUT_ONLY_OFFICER: official(
                Role.COMPLAINT_OFFICER, self.agency
            ),
        }.get(kind)
        form = self.complaining(about=about)
        made = str(self._of("receptionist", "/v1/complaints", form)["complaint"])
        if kind is ComplaintKind.SUPERVISORY:
            path = f"/v1/complaints/{made}/classification"
            done = self.by("complaint_officer").post(path, {"class": "supervisory"}, 1)
            assert done.status_code == 200, done.text
        return made


def of_all(counter: OpenCounter) -> dict[AgencyCode, Matters]:
    """The matters of every agency."""
    assert set(PREFIXES) == set(MARKS)
    return {agency: Matters(counter, agency) for agency in AGENCIES}
