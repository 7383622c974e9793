"""A complaint to its end: who handles it, who reads it, and what is refused."""

import pytest

from tests.interfaces.http import forms, life, shapes
from tests.interfaces.http.acting import Plt
from tests.interfaces.http.forms import Form
from tests.open_counter import OpenCounter
from tests.staff import AGENCIES, BIRO, BPPD

COMPLAINTS = "/v1/complaints"
CLASSIFY: Form = {"class": "not_supervisory"}
SUPERVISE: Form = {"class": "supervisory"}
FOLLOW_UP: Form = {"action": "Petugas ditegur tertulis"}
ANSWER: Form = {"text": "Yth. Ibu Dorkas Amtiran, petugas sudah ditegur"}
CLOSE: Form = {"reason": "Pengadu menerima jawaban"}
HANDLING = {
    "classification": CLASSIFY,
    "follow-up": FOLLOW_UP,
    "answer": ANSWER,
    "closing": CLOSE,
}
FORBIDDEN = (403, "forbidden")
both = pytest.mark.parametrize("agency", AGENCIES)


class Complaint:
    """One complaint; `step` fails unless the command is carried out."""

    def __init__(
        self, counter: OpenCounter, agency: str = BIRO, **other: object
    ) -> None:
        self.counter = counter
        self.seat = "bo" if agency == BIRO else "bppd"
        made = self.caller("pengaduan").post(
            COMPLAINTS, forms.complaint(agency, **other)
        )
        assert made.status_code == 201, made.text
        self.answer: Form = made.json()

    @property
    def path(self) -> str:
        return f"{COMPLAINTS}/{self.answer['complaint']}"

    def caller(self, by: str):
        return self.counter[
            by if by in {"sekda", "inspektorat", "pengawas"} else f"{self.seat}-{by}"
        ]

    def step(self, by: str, word: str, body: Form | None = None) -> "Complaint":
        said = HANDLING[word] if body is None else body
        version = self.answer["version"]
        done = self.caller(by).post(f"{self.path}/{word}", said, version)
        assert done.status_code == 200, (word, done.text)
        self.answer = done.json()
        shapes.must_be_a_complaint_answer(self.answer)
        assert self.answer["version"] == version + 1
        assert done.headers["etag"] == f'"{version + 1}"'
        return self

    def refused(self, by: str, word: str, body: Form | None = None) -> tuple[int, str]:
        """Try what must not be done; it changes nothing."""
        said = HANDLING[word] if body is None else body
        version = self.answer["version"]
        answer = self.caller(by).post(f"{self.path}/{word}", said, version)
        assert self.shown_to("pengaduan")["version"] == version
        return answer.status_code, answer.json()["code"]

    def shown_to(self, by: str) -> Form:
        shown = self.caller(by).get(self.path)
        assert shown.status_code == 200, shown.text
        told: Form = shown.json()
        shapes.must_be_a_complaint_file(told)
        return told


@both
def test_the_complaint_officer_handles_a_complaint_to_the_end(
    counter: OpenCounter, agency: str
):
    complaint = Complaint(counter, agency).step("pengaduan", "classification")
    (clock,) = complaint.answer["clocks"]
    assert (clock["clock"], clock["day_kind"]) == ("complaint", "working")
    assert clock["state"] == "running"
    complaint.step("pengaduan", "follow-up").step("pengaduan", "answer")
    assert shapes.clocks(complaint.answer) == {"complaint": "met"}
    complaint.step("pengaduan", "closing")
    shown = complaint.shown_to("pengaduan")
    assert (shown["stage"], shown["class"]) == ("closed", "not_supervisory")
    assert shown["answer"] == {"text": ANSWER["text"], "document": None}


@both
def test_a_supervisory_complaint_is_the_inspectorates_alone(
    counter: OpenCounter, agency: str
):
    complaint = Complaint(counter, agency)
    for word in HANDLING:
        assert complaint.refused("inspektorat", word) == FORBIDDEN
    complaint.step("pengaduan", "classification", SUPERVISE)
    for word in HANDLING:
        assert complaint.refused("pengaduan", word) == FORBIDDEN
        assert complaint.refused("sekda", word) == FORBIDDEN
    for word in ("follow-up", "answer", "closing"):
        complaint.step("inspektorat", word)
    assert complaint.answer["stage"] == "closed"


def test_the_inspectorate_gives_back_what_is_not_its_affair(counter: OpenCounter):
    complaint = Complaint(counter).step("pengaduan", "classification", SUPERVISE)
    complaint.step("inspektorat", "classification")
    assert complaint.refused("inspektorat", "answer") == FORBIDDEN
    complaint.step("pengaduan", "answer")


@both
def test_a_complaint_about_the_head_goes_to_the_regional_secretary(
    counter: OpenCounter, agency: str
):
    head = "bo-kepala" if agency == BIRO else "bppd-kepala"
    complaint = Complaint(counter, agency, about=head)
    for word in HANDLING:
        assert complaint.refused("pengaduan", word) == FORBIDDEN
        assert complaint.refused("kepala", word) == FORBIDDEN
    for word in HANDLING:
        complaint.step("sekda", word)
    supervised = Complaint(counter, agency, about=head)
    supervised.step("sekda", "classification", SUPERVISE)
    assert supervised.refused("sekda", "follow-up") == FORBIDDEN
    supervised.step("inspektorat", "follow-up")


def test_a_complaint_about_the_only_complaint_officer_goes_there_too(
    counter: OpenCounter,
):
    complaint = Complaint(counter, about="bo-pengaduan")
    for word in HANDLING:
        assert complaint.refused("pengaduan", word) == FORBIDDEN
    assert complaint.shown_to("pengaduan")["text"] is None
    assert complaint.shown_to("sekda")["text"] == forms.WORDS
    for word in HANDLING:
        complaint.step("sekda", word)


def test_nobody_handles_or_reads_a_complaint_about_himself(counter: OpenCounter):
    complaint = Complaint(counter, about="inspektorat")
    complaint.step("pengaduan", "classification", SUPERVISE)
    for word in HANDLING:
        assert complaint.refused("inspektorat", word) == (409, "complained-of")
    for more in ("", "/history", "/deadlines"):
        asked = counter["inspektorat"].get(f"{complaint.path}{more}")
        assert (asked.status_code, asked.json()["code"]) == FORBIDDEN


@both
def test_a_head_is_not_told_that_he_is_complained_of(counter: OpenCounter, agency: str):
    head = "bo-kepala" if agency == BIRO else "bppd-kepala"
    complaint = Complaint(counter, agency, about=head)
    for more in ("", "/history", "/deadlines"):
        asked = counter[head].get(f"{complaint.path}{more}")
        assert (asked.status_code, asked.json()["code"]) == FORBIDDEN
    assert complaint.shown_to("sekda")["text"] == forms.WORDS


def test_who_reads_in_the_post_of_whom_it_is_about_reads_nothing(
    counter: OpenCounter,
):
    plt = Plt(counter, "administrator")
    plt.is_appointed()
    others = Complaint(counter, BPPD)
    about_the_head = Complaint(counter, BPPD, about=plt.head)
    assert plt.caller.get(others.path).status_code == 200
    for more in ("", "/history", "/deadlines"):
        asked = plt.caller.get(f"{about_the_head.path}{more}")
        assert (asked.status_code, asked.json()["code"]) == FORBIDDEN


@pytest.mark.parametrize(
    ("path", "out_of_place"),
    [
        ((), ("follow-up", "answer", "closing")),
        (("classification",), ("closing",)),
        (("classification", "follow-up"), ("closing",)),
        (("classification", "answer"), ("classification", "follow-up", "answer")),
        (("classification", "answer", "closing"), tuple(HANDLING)),
    ],
    ids=["opened", "classified", "followed-up", "answered", "closed"],
)
def test_what_is_out_of_place_is_refused_and_changes_nothing(
    counter: OpenCounter, path: tuple[str, ...], out_of_place: tuple[str, ...]
):
    complaint = Complaint(counter)
    for word in path:
        complaint.step("pengaduan", word)
    for word in out_of_place:
        assert complaint.refused("pengaduan", word) == (409, "wrong-stage")


def test_a_complaint_is_not_given_the_class_it_has(counter: OpenCounter):
    complaint = Complaint(counter).step("pengaduan", "classification")
    told = complaint.refused("pengaduan", "classification")
    assert told == (409, "already-classified")


@pytest.mark.parametrize("word", HANDLING)
def test_refusals_come_in_the_contracts_order(counter: OpenCounter, word: str):
    complaint = Complaint(counter, about="inspektorat")
    complaint.step("pengaduan", "classification", SUPERVISE)
    said, path = HANDLING[word], f"{complaint.path}/{word}"
    officer, stranger = counter["inspektorat"], counter["bppd-pengaduan"]
    unknown = f"{COMPLAINTS}/00000000-0000-4000-8000-00000000000a/{word}"
    case = f"{COMPLAINTS}/{life.letter(counter).answer['case']}/{word}"

    def told(answer) -> tuple[int, str]:
        return answer.status_code, answer.json()["code"]

    assert told(officer.post(path, said | {"x": 1}, 9)) == (422, "unknown-field")
    assert told(officer.post(path, said)) == (428, "version-required")
    assert told(officer.post(unknown, said, 9)) == (404, "not-found")
    assert told(officer.post(case, said, 9)) == (404, "not-found")
    assert told(stranger.post(path, said, 9)) == FORBIDDEN
    assert told(counter["bo-pengaduan"].post(path, said, 9)) == FORBIDDEN
    assert told(officer.post(path, said, 9)) == (412, "version-stale")
    assert told(officer.post(path, said, 2)) == (409, "complained-of")
    assert complaint.shown_to("pengaduan")["version"] == 2


def test_what_was_complained_of_is_for_whoever_handles_it(counter: OpenCounter):
    complaint = Complaint(counter, about="petugas di loket 2", confidential=True)
    shown = complaint.shown_to("pengaduan")
    assert (shown["text"], shown["about"]) == (forms.WORDS, "petugas di loket 2")
    assert shown["complainant"]["name"] == forms.COMPLAINANT
    for by in ("kepala", "analis", "penerima-tamu", "inspektorat", "sekda", "pengawas"):
        shown = complaint.shown_to(by)
        nothing = (shown["text"], shown["about"], shown["complainant"], shown["answer"])
        assert nothing == (None, None, None, None), by
    complaint.step("pengaduan", "classification", SUPERVISE)
    assert complaint.shown_to("pengaduan")["text"] is None
    assert complaint.shown_to("inspektorat")["text"] == forms.WORDS


def test_who_stays_unnamed_is_named_to_nobody(counter: OpenCounter):
    complaint = Complaint(counter, anonymous=True)
    complaint.step("pengaduan", "classification", SUPERVISE)
    shown = complaint.shown_to("inspektorat")
    assert (shown["text"], shown["complainant"]) == (forms.WORDS, None)


def test_its_history_is_for_inspectors_too(counter: OpenCounter):
    complaint = Complaint(counter)
    for word in HANDLING:
        complaint.step("pengaduan", word)
    for by in ("pengaduan", "pengawas"):
        told = complaint.caller(by).get(f"{complaint.path}/history", limit=4).json()
        assert [item["type"] for item in told["items"]] == [
            "complaint-opened",
            "complaint-classified",
            "complaint-followed-up",
            "complaint-answered",
        ]
        assert told["items"][2]["data"] == {"action": FOLLOW_UP["action"]}
        assert told["items"][2]["by"]["official"] == "bo-pengaduan"
        assert told["items"][2]["rule"] == "complaints"
        assert told["next"] == "4"
    for by in ("kepala", "analis", "inspektorat", "sekda"):
        asked = complaint.caller(by).get(f"{complaint.path}/history")
        assert (asked.status_code, asked.json()["code"]) == FORBIDDEN


def test_an_answer_may_be_a_letter_that_the_agency_keeps(counter: OpenCounter):
    complaint = Complaint(counter).step("pengaduan", "classification")
    unknown = ANSWER | {"document": "0" * 64}
    told = complaint.refused("pengaduan", "answer", unknown)
    assert told == (422, "unknown-document")
    kept = counter["bo-pengaduan"].send(
        "POST",
        "/v1/documents",
        b"surat jawaban pengaduan",
        {
            "Content-Type": "text/plain",
            "Content-Disposition": 'attachment; filename="jawaban.txt"',
        },
    )
    document = kept.json()["sha256"]
    complaint.step("pengaduan", "answer", ANSWER | {"document": document})
    assert complaint.shown_to("pengaduan")["answer"]["document"] == document
    # As long as no matter named it, whoever reads the agency's documents could open it.
    for by, status in (("pengaduan", 200), ("kepala", 403), ("analis", 403)):
        opened = complaint.caller(by).get(f"/v1/documents/{document}")
        assert opened.status_code == status, by


@both
@pytest.mark.parametrize("names", ["nobody", "himself"])
def test_a_report_that_accuses_somebody_becomes_the_inspectorates(
    counter: OpenCounter, agency: str, names: str
):
    anonymous = names == "nobody"
    lapor = forms.lapor(anonymous=anonymous, confidential=True)
    case = life.report(counter, agency, lapor=lapor)
    review = {"summary": "menuduh petugas", "class": "complaint"}
    case.step("penghubung", "review", review, "complaint")
    opened = counter[case.official("pengaduan")]
    path = f"{COMPLAINTS}/{case.answer['complaint']}"
    shown = opened.get(path).json()
    shapes.must_be_a_complaint_file(shown)
    assert (shown["anonymous"], shown["confidential"]) == (anonymous, True)
    assert shown["case"] == case.answer["case"]
    assert shown["text"] == f"{forms.SUBJECT}\n{forms.ITEM}"
    assert (shown["complainant"] is None) is anonymous
    assert shapes.clocks(shown) == {
        "complaint": "running",
        "lapor_follow_up": "running",
    }
    sorted_ = opened.post(f"{path}/classification", SUPERVISE, 1)
    assert sorted_.status_code == 200, sorted_.text
    inspectorate = counter["inspektorat"]
    followed = inspectorate.post(f"{path}/follow-up", FOLLOW_UP, 2)
    assert shapes.clocks(followed.json())["lapor_follow_up"] == "met"
    answered = inspectorate.post(f"{path}/answer", ANSWER, 3)
    assert answered.json()["stage"] == "answered"
    assert inspectorate.get(path).json()["answer"]["text"] == ANSWER["text"]
    for seat in ("kepala", "penghubung", "pengaduan", "inspektorat"):
        by = seat if seat == "inspektorat" else case.official(seat)
        seen = counter[by].get(case.path).json()
        assert (seen["stage"], seen["requester"]) == ("closed", None)
        assert (seen["subject"], seen["items"][0]["text"]) == (None, None)


def test_who_reports_anonymously_is_shown_to_nobody(counter: OpenCounter):
    case = life.report(counter, lapor=forms.lapor(anonymous=True))
    for seat in ("bo-penghubung", "bo-kepala", "bo-ppid", "bo-analis"):
        assert counter[seat].get(case.path).json()["requester"] is None
    named = life.report(counter)
    assert counter["bo-penghubung"].get(named.path).json()["requester"] is not None


def test_a_card_that_was_not_given_back_is_complained_of_and_given_back(
    counter: OpenCounter,
):
    case = life.directed(counter, BPPD).step("analis", "delivery", {"how": "oral"})
    complaint = Complaint(
        counter, BPPD, channel="suggestion_box", case=case.answer["case"]
    )
    complaint.step("pengaduan", "classification").step("pengaduan", "follow-up")
    case.answer["version"] += 1
    case.step("penerima-tamu", "identity-return", {"to": "visitor"})
    complaint.step("pengaduan", "answer").step("pengaduan", "closing")
    case.step("penerima-tamu", "closing", {})
