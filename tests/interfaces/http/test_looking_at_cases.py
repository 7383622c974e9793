"""Officials find their cases and see of them what they may, now and as they were."""

import time
from datetime import date, datetime, timedelta
from urllib.parse import quote
from uuid import UUID

import pytest

from tests.interfaces.http import forms
from tests.open_counter import Caller, OpenCounter
from tests.staff import BIRO, BPPD


def done(response) -> forms.Form:
    """What a command answered."""
    assert response.status_code in {200, 201}, response.text
    answered: forms.Form = response.json()
    return answered


class Walk:
    """A case on its way through the office."""

    def __init__(self, counter: OpenCounter, by: str, form: forms.Form) -> None:
        self.counter = counter
        self.answer = done(counter[by].post("/v1/cases", form))
        self.id = self.answer["case"]
        self.number = self.answer["registration_number"]

    @property
    def today(self) -> date:
        """The local day of the last answer."""
        return datetime.fromisoformat(self.answer["recorded_at"]).date()

    def step(self, by: str, word: str, body: forms.Form) -> "Walk":
        self.answer = done(
            self.counter[by].post(
                f"/v1/cases/{self.id}/{word}", body, self.answer["version"]
            )
        )
        return self

    def seen_by(self, who: str, **query: str | int) -> forms.Form:
        return done(self.counter[who].get(f"/v1/cases/{self.id}", **query))


def visit(counter: OpenCounter) -> Walk:
    return Walk(counter, "bppd-penerima-tamu", forms.visit(BPPD))


def letter(counter: OpenCounter) -> Walk:
    return Walk(counter, "bppd-agendaris", forms.letter(BPPD))


def drafted(counter: OpenCounter) -> Walk:
    return (
        letter(counter)
        .step("bppd-kepala", "disposition", forms.disposition("bppd-analis"))
        .step("bppd-analis", "draft", forms.draft())
    )


def listed(caller: Caller, **query: str | int) -> forms.Form:
    return done(caller.get("/v1/cases", **query))


def of(walk: Walk, caller: Caller, **query: str | int) -> list[forms.Form]:
    """The case's lines in a list that is up to date."""
    position = walk.answer["position"]
    page = listed(caller, q=walk.number, after_position=position, **query)
    return [row for row in page["items"] if row["case"] == walk.id]


def problem(response) -> tuple[int, str]:
    return response.status_code, response.json()["code"]


# The file of a case.


def test_a_new_visit_is_shown_whole_to_reception(counter):
    walk = visit(counter)
    response = counter["bppd-penerima-tamu"].get(f"/v1/cases/{walk.id}")
    seen = response.json()

    assert response.headers["ETag"] == f'"{seen["version"]}"' == '"2"'
    assert list(seen) == [
        "case", "registration_number", "agency", "channel", "version", "stage",
        "outcome", "subject", "items", "requester", "assignee", "tier", "tiers",
        "draft", "id_card", "clocks", "whose_turn", "held", "held_by", "actions",
        "origin",
    ]  # fmt: skip
    assert seen["subject"] == forms.SUBJECT
    assert seen["items"] == [
        {
            "n": 1,
            "text": forms.ITEM,
            "outcome": None,
            "legal_basis": [],
            "reason": None,
        }
    ]
    UUID(seen["requester"].pop("person"))  # or there would be none
    assert seen["requester"] == {
        "name": forms.VISITOR,
        "identity": {"kind": "ktp", "deposited": True},
        "phone": forms.VISITOR_PHONE,
        "email": None,
        "address": None,
        "institution": None,
        "nik": None,
    }
    assert seen["id_card"]["returned_at"] is None
    assert seen["id_card"]["deposited_at"].endswith("+08:00")
    assert seen["clocks"] == walk.answer["clocks"]
    assert seen["whose_turn"] == "receptionist"
    assert seen["actions"] == ["direction", "identity-return", "withdrawal"]


def test_what_is_offered_is_what_the_table_and_the_case_allow(counter):
    walk = drafted(counter)

    assert walk.seen_by("bppd-kasubid")["actions"] == [
        "approval", "correction",
    ]  # fmt: skip
    assert walk.seen_by("bppd-analis")["actions"] == ["draft"]
    assert walk.seen_by("bppd-analis-lain")["actions"] == []
    assert walk.seen_by("bppd-kepala")["actions"] == [
        "disposition", "extension", "pause", "fact-correction",
    ]  # fmt: skip
    assert walk.seen_by("bppd-agendaris")["actions"] == ["withdrawal"]
    assert walk.seen_by("bppd-ppid")["actions"] == ["consequence-test"]
    assert walk.seen_by("pengawas")["actions"] == []


def test_tiers_say_who_has_signed_and_a_return_voids_it(counter):
    walk = drafted(counter)
    walk.step("bppd-kasubid", "approval", {"draft": 1, "capacity": "own"})
    seen = walk.seen_by("bppd-kabid")

    assert (seen["stage"], seen["tier"], seen["whose_turn"]) == (
        "in_review",
        2,
        "division_head",
    )
    assert seen["draft"] == {
        "n": 1,
        "kind": "answer",
        "document": None,
        "by": "bppd-analis",
    }
    first, second, third = seen["tiers"]
    assert first.pop("at").endswith("+08:00")
    assert first == {
        "n": 1,
        "roles": ["subdivision_head"],
        "role": "subdivision_head",
        "by": "bppd-kasubid",
        "name": "Pejabat bppd-kasubid",
        "capacity": "own",
        "acting_for": None,
        "kind": "initial",
    }
    assert second["roles"] == ["division_head", "agency_secretary"]
    assert (second["by"], third["by"]) == (None, None)

    walk.step("bppd-kabid", "correction", {"draft": 1, "notes": "perbaiki"})
    seen = walk.seen_by("bppd-kabid")
    assert (seen["tier"], seen["whose_turn"]) == (None, "handler")
    assert [one["by"] for one in seen["tiers"]] == [None, None, None]


def test_who_asked_is_open_to_those_who_need_it(counter):
    walk = drafted(counter)

    for may in ("agendaris", "analis", "kasubid", "kabid", "kepala", "ppid"):
        assert walk.seen_by(f"bppd-{may}")["requester"]["name"] == forms.WRITER
    for may_not in ("analis-lain", "kabid-lain", "pengaduan"):
        seen = walk.seen_by(f"bppd-{may_not}")
        assert seen["requester"] is None
        assert seen["subject"] == forms.SUBJECT


def test_an_inspector_reads_what_was_done_and_not_for_whom(counter):
    seen = drafted(counter).seen_by("pengawas")

    assert seen["subject"] == forms.SUBJECT
    assert seen["requester"] is None


def test_a_reporter_sees_neither_words_nor_persons(counter):
    seen = drafted(counter).seen_by("bppd-pelapor")

    assert (seen["requester"], seen["subject"]) == (None, None)
    assert [item["text"] for item in seen["items"]] == [None]


def test_an_incomplete_letter_says_what_is_missing_and_whose_turn_it_is(counter):
    bare = forms.letter(BPPD, requester={"name": forms.WRITER})
    bare["letter"] = bare["letter"] | {"evidence": []}
    walk = Walk(counter, "bppd-agendaris", bare)
    seen = walk.seen_by("bppd-agendaris")

    assert seen["missing"] == walk.answer["missing"]
    assert seen["missing"]
    assert seen["whose_turn"] == "letter_clerk"  # who has not asked for it yet


# As it was.


def test_every_version_is_shown_as_its_command_answered(counter):
    walk = drafted(counter)
    walk.step("bppd-kasubid", "approval", {"draft": 1, "capacity": "own"})
    stages = ["received", "disposed", "drafted", "in_review"]

    for version, stage in enumerate(stages, start=1):
        response = counter["bppd-kepala"].get(f"/v1/cases/{walk.id}", version=version)
        seen = response.json()
        assert (seen["version"], seen["stage"]) == (version, stage)
        assert "ETag" not in response.headers
        assert seen["actions"] == []


def test_the_two_times_tell_two_pasts(counter):
    at = datetime.fromisoformat(visit(counter).answer["recorded_at"])
    yesterday = (at - timedelta(days=1)).isoformat()
    late = {"occurred_at": yesterday, "late_reason": "dari buku tamu"}
    walk = Walk(counter, "bppd-penerima-tamu", forms.visit(BPPD, **late))
    noon = (at - timedelta(hours=1)).isoformat()

    assert walk.seen_by("bppd-kepala", occurred_at=noon)["version"] == 2
    gone = counter["bppd-kepala"].get(f"/v1/cases/{walk.id}", recorded_at=noon)
    assert problem(gone) == (404, "unknown-version")
    soon = (at + timedelta(hours=1)).isoformat()
    assert walk.seen_by("bppd-kepala", recorded_at=soon)["version"] == 2


@pytest.mark.parametrize(
    "query",
    [
        "version=0",
        "version=x",
        "version=-1",
        "version=99999999999999999999",
        "version=1&recorded_at=2026-01-01T00:00:00Z",
        "recorded_at=2026-01-01T00:00:00",
        "recorded_at=yesterday",
        "recorded_at=2026-01-01T00:00:00+08:00",
        "occurred_at=",
        "occurred_at=0001-01-01T00:00:00%2B08:00",
    ],
)
def test_a_past_that_cannot_be_understood_is_refused(counter, query):
    walk = visit(counter)
    asked = counter["bppd-kepala"].send("GET", f"/v1/cases/{walk.id}?{query}")

    assert problem(asked) == (422, "invalid-query")


def test_a_version_that_never_was_is_unknown(counter):
    walk = visit(counter)

    asked = counter["bppd-kepala"].get(f"/v1/cases/{walk.id}", version=3)

    assert problem(asked) == (404, "unknown-version")


# What is refused.


@pytest.mark.parametrize("more", ["", "/history"])
def test_only_ones_own_agencys_cases_are_open(counter, more):
    path = f"/v1/cases/{visit(counter).id}{more}"

    assert problem(counter["bo-kepala"].get(path)) == (403, "forbidden")
    assert problem(counter["bppd-admin"].get(path)) == (403, "forbidden")
    assert problem(counter.stranger.get(path)) == (401, "unauthenticated")
    assert counter["sekda"].get(path).status_code == 200


@pytest.mark.parametrize("more", ["", "/history"])
def test_unknown_and_unreadable_ids_are_told_apart(counter, more):
    nowhere = "00000000-0000-4000-8000-00000000000a"
    head = counter["bppd-kepala"]

    assert problem(head.get(f"/v1/cases/{nowhere}{more}")) == (404, "unknown-case")
    assert problem(head.get(f"/v1/cases/BPPD-2026-00001{more}")) == (
        400,
        "malformed-path",
    )


# Its history.


def test_the_history_says_who_did_what_when_and_by_which_rule(counter):
    walk = drafted(counter)
    page = done(counter["bppd-kepala"].get(f"/v1/cases/{walk.id}/history"))

    assert page["next"] is None
    assert [item["type"] for item in page["items"]] == [
        "received",
        "disposed",
        "drafted",
    ]
    [_, disposed, last] = page["items"]
    assert list(disposed) == [
        "version", "position", "type", "by", "occurred_at", "recorded_at",
        "late_reason", "note", "data", "rule", "superseded_by",
    ]  # fmt: skip
    assert disposed["by"] == {
        "official": "bppd-kepala",
        "name": "Pejabat bppd-kepala",
        "role": "agency_head",
        "acting_for": None,
        "proof": "operator-token",
    }
    assert disposed["rule"] == "head"
    assert disposed["data"]["to"] == "bppd-analis"
    assert disposed["data"]["oral"] is False
    assert "type" not in disposed["data"]
    assert disposed["occurred_at"].endswith("+08:00")
    assert last["position"] == walk.answer["position"]
    assert forms.WRITER not in str(page)
    assert forms.SUBJECT not in str(page)


def test_a_history_is_read_piece_by_piece(counter):
    walk = drafted(counter)
    path = f"/v1/cases/{walk.id}/history"
    first = done(counter["bppd-kepala"].get(path, limit=2))
    rest = done(counter["bppd-kepala"].get(path, limit=2, after=first["next"]))

    assert first["next"] == "2"
    assert [item["version"] for item in rest["items"]] == [3]
    assert rest["next"] is None
    assert problem(counter["bppd-kepala"].get(path, after="x")) == (
        422,
        "invalid-query",
    )
    assert problem(counter["bppd-kepala"].get(path, limit=201)) == (
        422,
        "invalid-query",
    )


# The list.


@pytest.mark.usefixtures("projecting")
def test_a_line_of_the_list_has_these_fields_and_no_others(counter):
    walk = drafted(counter)
    [row] = of(walk, counter["bppd-kepala"])

    [standard, statute] = walk.answer["clocks"]
    assert row == {
        "case": walk.id,
        "registration_number": walk.number,
        "agency": BPPD,
        "channel": "letter",
        "stage": "drafted",
        "outcome": None,
        "assignee": "bppd-analis",
        "due_on": min(standard["due_on"], statute["due_on"]),
    }


@pytest.mark.usefixtures("projecting")
def test_the_list_holds_what_was_just_recorded_if_one_says_so(counter):
    head = counter["bppd-kepala"]
    for _ in range(10):
        walk = visit(counter)
        newest = listed(head, after_position=walk.answer["position"], limit=1)
        assert newest["items"][0]["case"] == walk.id


@pytest.mark.usefixtures("projecting")
def test_a_list_that_never_comes_to_that_position_says_so_in_time(counter):
    began = time.monotonic()
    asked = counter["bppd-kepala"].get("/v1/cases", after_position=10**12)

    assert problem(asked) == (503, "overloaded")
    assert int(asked.headers["Retry-After"]) >= 1
    assert 1.9 < time.monotonic() - began < 3


@pytest.mark.usefixtures("projecting")
def test_filters_leave_out_what_does_not_fit(counter):
    head = counter["bppd-kepala"]
    walk = drafted(counter)
    due_on = datetime.fromisoformat(of(walk, head)[0]["due_on"]).date()
    day = timedelta(days=1)

    def fits(**query: str):
        return bool(of(walk, head, **query))

    assert fits(agency=BPPD, channel="letter", stage="drafted")
    assert fits(assignee="bppd-analis", overdue="false")
    assert fits(due_before=str(due_on + day))
    assert not fits(due_before=str(due_on))
    assert not fits(channel="face_to_face")
    assert not fits(stage="closed")
    assert not fits(assignee="bppd-analis-lain")
    assert not fits(overdue="true")
    assert not fits(agency=BIRO)


@pytest.mark.usefixtures("projecting")
def test_a_limit_passed_unmet_is_overdue_until_it_is_met(counter):
    at = datetime.fromisoformat(visit(counter).answer["recorded_at"])
    said = {
        "occurred_at": (at - timedelta(days=60)).isoformat(),
        "late_reason": "dari buku tamu",
    }
    walk = Walk(counter, "bppd-penerima-tamu", forms.visit(BPPD, **said))
    head = counter["bppd-kepala"]

    assert of(walk, head, overdue="true")

    walk.step(
        "bppd-penerima-tamu",
        "direction",
        {"to": "bppd-analis", "directed_by": "bppd-kepala"},
    ).step("bppd-analis", "delivery", {"how": "oral"})
    assert not of(walk, head, overdue="true")
    assert of(walk, head, overdue="false")[0]["due_on"] is None


@pytest.mark.usefixtures("projecting")
def test_a_case_at_rest_is_not_overdue_and_owes_nothing_by_a_day(counter):
    head = counter["bppd-kepala"]
    walk = letter(counter)
    due_on = of(walk, head)[0]["due_on"]
    later = str(walk.today + timedelta(days=400))
    rest = {"ground": "menunggu pemohon", "from": str(walk.today)}
    walk.step("bppd-kepala", "pause", rest | {"until": later})
    assert of(walk, head, overdue="false")[0]["due_on"] > later

    resting = letter(counter).step("bppd-kepala", "pause", rest)
    assert of(resting, head, overdue="false")[0]["due_on"] is None
    assert not of(resting, head, due_before="2099-01-01")
    resting.step("bppd-kepala", "resumption", {})
    assert of(resting, head, overdue="false")[0]["due_on"] == due_on

    # Told long afterwards, a pause makes up for nothing.
    late = {"late_reason": "buku agenda"}
    came = late | {"occurred_at": "2026-02-10T09:00:00+08:00"}
    missed = Walk(counter, "bppd-agendaris", forms.letter(BPPD, **came))
    known = {"ground": "-", "from": "2026-02-12", "until": later}
    said = late | {"occurred_at": "2026-02-11T09:00:00+08:00"}
    missed.step("bppd-kepala", "pause", known | said)
    assert of(missed, head, overdue="true")


@pytest.mark.usefixtures("projecting")
def test_a_letter_is_found_by_its_number_as_it_was_corrected(counter):
    walk = letter(counter)
    right = f"{walk.id[:8]}/RALAT"
    fact = {"version": 1, "fact": "letter.number", "value": right, "reason": "keliru"}
    walk.step("bppd-kepala", "fact-correction", fact)
    position = walk.answer["position"]

    page = listed(counter["bppd-agendaris"], q=right, after_position=position)

    assert [row["case"] for row in page["items"]] == [walk.id]


@pytest.mark.usefixtures("projecting")
def test_a_case_is_found_by_each_of_its_numbers_in_any_case(counter):
    clerk = counter["bppd-agendaris"]
    odd = {"number": "470/A_B%\\7/Set", "agenda_number": "Ag-77"}
    form = forms.letter(BPPD)
    written = Walk(counter, "bppd-agendaris", form | {"letter": form["letter"] | odd})
    tracking = forms.lapor(tracking_id="LPR-Xy9")
    report = forms.report(BPPD, lapor=tracking)
    reported = Walk(counter, "bppd-penghubung", report)

    def found(q):
        page = listed(clerk, q=q, after_position=reported.answer["position"])
        return {row["case"] for row in page["items"]}

    for q in ("470/A_B%\\7/Set", "470/a_b", "470/A_B%", "ag-77", "AG-7"):
        assert written.id in found(q), q
    for q in ("470/AxB", "470/A%", "70/A_B", "%", "_", "\\"):
        assert written.id not in found(q), q
    assert found(written.number.lower()) == {written.id}
    assert found("lpr-xY") == {reported.id}
    assert {written.id, reported.id} <= found("bppd-20")
    assert found("BO-2026") == set()


@pytest.mark.usefixtures("projecting")
def test_pages_show_every_case_once_newest_first(counter):
    head = counter["bppd-kepala"]
    made = [visit(counter) for _ in range(7)]
    query: dict[str, str | int] = {"limit": 3, "channel": "face_to_face"}
    seen: list[str] = []
    page = listed(head, after_position=made[-1].answer["position"], **query)
    while True:
        seen += [row["case"] for row in page["items"]]
        if page["next"] is None:
            break
        page = listed(head, after=page["next"], **query)

    assert len(seen) == len(set(seen))
    assert seen[:7] == [walk.id for walk in reversed(made)]


@pytest.mark.usefixtures("projecting")
def test_nobody_lists_another_agencys_cases_not_even_with_its_cursor(counter):
    walks = [visit(counter) for _ in range(3)]
    theirs = listed(
        counter["bppd-kepala"], limit=1, after_position=walks[-1].answer["position"]
    )

    page = listed(counter["bo-kepala"], after=theirs["next"], limit=200)

    assert {row["agency"] for row in page["items"]} <= {BIRO}
    assert listed(counter["bo-kepala"], agency=BPPD) == {"items": [], "next": None}
    both = listed(counter["sekda"], limit=200)
    assert BPPD in {row["agency"] for row in both["items"]}
    assert problem(counter["bppd-admin"].get("/v1/cases")) == (403, "forbidden")


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=201",
        "limit=ten",
        "after=x",
        "after=",
        "after=AAAAAAAAAAA",
        "after=__________8=",
        "stage=open",
        "stage=",
        "channel=fax",
        "agency=nowhere",
        "overdue=perhaps",
        "due_before=2026-13-01",
        "due_before=soon",
        "after_position=-1",
        "after_position=x",
        pytest.param("q=" + 201 * "x", id="q too long"),
        "q=%00",
    ],
)
def test_a_list_that_cannot_be_understood_is_refused(counter, query):
    asked = counter["bppd-kepala"].send("GET", f"/v1/cases?{query}")

    assert problem(asked) == (422, "invalid-query")


# Everyone, complaints, visits.


def test_everyone_sees_stage_and_dates_by_number_and_nothing_else(counter):
    walk = visit(counter)
    seen = done(counter.stranger.get(f"/status/{walk.number}"))
    today = walk.answer["recorded_at"][:10]

    assert seen == {
        "registration_number": walk.number,
        "stage": "received",
        "received_on": today,
        "due_on": walk.answer["clocks"][1]["due_on"],
        "answered_on": None,
        "closed_on": None,
    }

    walk.step(
        "bppd-penerima-tamu",
        "direction",
        {"to": "bppd-analis", "directed_by": "bppd-kepala"},
    ).step("bppd-analis", "delivery", {"how": "oral"})
    walk.step("bppd-penerima-tamu", "identity-return", {"to": "visitor"})
    walk.step("bppd-penerima-tamu", "closing", {})
    seen = done(counter.stranger.get(f"/status/{walk.number.lower()}"))
    assert (seen["stage"], seen["answered_on"], seen["closed_on"]) == (
        "closed",
        today,
        today,
    )


@pytest.mark.parametrize(
    "number",
    ["BPPD-2026-99999", "x", "%00", "BPPD-2026-0000%0A1", "' or 1=1", "\u202e"],
)
def test_a_number_that_nobody_was_given_is_not_found(counter, number):
    asked = counter.stranger.get(f"/status/{quote(number, safe='%')}")

    assert problem(asked) in {(404, "not-found"), (400, "malformed-path")}


def test_a_complaint_is_shown_as_it_was_answered(counter):
    made = counter["bppd-pengaduan"].post("/v1/complaints", forms.complaint(BPPD))
    path = made.headers["Location"]
    shown = counter["bppd-kepala"].get(path)

    assert done(shown).items() >= done(made).items()
    assert shown.headers["ETag"] == '"1"'
    assert problem(counter["bo-kepala"].get(path)) == (403, "forbidden")
    unknown = "/v1/complaints/00000000-0000-4000-8000-00000000000a"
    assert problem(counter["bppd-kepala"].get(unknown)) == (404, "not-found")
    case = path.replace("complaints", "cases")
    assert problem(counter["bppd-kepala"].get(case)) == (404, "unknown-case")


def test_a_visit_is_shown_as_it_was_answered(counter):
    made = counter["bppd-penerima-tamu"].post("/v1/visits", forms.guest(BPPD))
    path = made.headers["Location"]

    shown = done(counter["bppd-kepala"].get(path))
    UUID(shown.pop("person"))  # or there would be none
    # Besides the answer it is told who came and what for: the head may know it.
    assert shown == done(made) | {
        "name": forms.VISITOR,
        "institution": "Universitas Uji",
        "visit_purpose": forms.PURPOSE,
        "not_shown": [],
    }
    assert problem(counter["bo-kepala"].get(path)) == (403, "forbidden")
    as_complaint = path.replace("visits", "complaints")
    assert problem(counter["bppd-kepala"].get(as_complaint)) == (404, "not-found")
