"""The grounds of a refusal: which Act, which part of which document, until when."""

import pytest

from tests.interfaces.http import forms, life
from tests.interfaces.http.forms import Form
from tests.interfaces.http.life import Life
from tests.open_counter import OpenCounter
from tests.staff import AGENCIES, BPPD

NOT_NAMED = (409, "act-not-named")
SILENT = "dilarang undang-undang"
NAMED = "rahasia bank, UU 10/1998 Pasal 40"
both = pytest.mark.parametrize("agency", AGENCIES)


def weigh(case: Life, **other: object) -> Form:
    """A consequence test of the only item."""
    return {
        "items": [1],
        "act": "kip17.c",
        "analysis": "membahayakan pos",
        "participants": [case.official("ppid")],
    } | other


def refusal(*items: Form) -> Form:
    """A draft that withholds something."""
    kind = "refusal" if len(items) == 1 else "partial"
    return forms.draft(kind=kind, items=list(items))


def unchanged(case: Life) -> bool:
    """Whether the case stands where its last answer left it."""
    shown = case.counter[case.official("kepala")].get(case.path).json()
    return bool(shown["version"] == case.version)


@both
def test_who_cites_another_act_without_naming_it_is_refused(
    counter: OpenCounter, agency: str
):
    case = life.disposed(counter, agency)
    test = weigh(case, act="kip17.j", analysis=SILENT)
    assert case.refused("ppid", "consequence-test", test) == NOT_NAMED
    case.step("ppid", "consequence-test", test | {"analysis": NAMED})
    item = {"n": 1, "outcome": "refused_as_exempt", "legal_basis": ["kip17.j"]}
    silent = refusal(item | {"reason": SILENT})
    assert case.refused("analis", "draft", silent) == NOT_NAMED
    assert unchanged(case)
    case.step("analis", "draft", refusal(item | {"reason": NAMED}), "draft")
    visit = life.directed(counter, agency)
    said = {"legal_basis": ["kip17.j"], "reason": SILENT}
    assert visit.refused("analis", "refusal", said) == NOT_NAMED
    assert unchanged(visit)
    visit.step("analis", "refusal", said | {"reason": NAMED})


def test_a_test_names_a_document_that_the_agency_keeps(counter: OpenCounter):
    case = life.disposed(counter, BPPD)
    unknown = weigh(case, document="0" * 64, part="lampiran 2")
    told = case.refused("ppid", "consequence-test", unknown)
    assert told == (422, "unknown-document")
    kept = counter["bppd-ppid"].send(
        "POST",
        "/v1/documents",
        b"rencana pengamanan",
        {
            "Content-Type": "text/plain",
            "Content-Disposition": 'attachment; filename="rencana.txt"',
        },
    )
    document = kept.json()["sha256"]
    case.step("ppid", "consequence-test", unknown | {"document": document})
    history = counter["bppd-kepala"].get(f"{case.path}/history").json()["items"]
    data = history[-1]["data"]
    assert (data["document"], data["part"]) == (document, "lampiran 2")


@both
def test_each_item_shows_why_it_is_withheld_and_until_when(
    counter: OpenCounter, agency: str
):
    case = life.letter(counter, agency, items=["Anggaran", "Rencana", "Denah"])
    to = forms.disposition(case.official("analis"))
    case.step("kepala", "disposition", to)
    case.step("ppid", "consequence-test", weigh(case, items=[2], until="2031-01-01"))
    case.step("ppid", "consequence-test", weigh(case, items=[3], until="2036-01-01"))
    items = [
        {"n": 1, "outcome": "granted"},
        {
            "n": 2,
            "outcome": "partial",
            "legal_basis": ["kip17.c"],
            "reason": "denah pos dihitamkan",
        },
        {
            "n": 3,
            "outcome": "refused_as_exempt",
            "legal_basis": ["kip17.c"],
            "reason": "rencana pengamanan",
        },
    ]
    case.step("analis", "draft", refusal(*items), "draft")
    life.approve(case)
    head = counter[case.official("kepala")]
    shown = head.get(case.path).json()
    told = [(one["reason"], one.get("exempt_until")) for one in shown["items"]]
    assert told == [
        (None, None),
        ("denah pos dihitamkan", "2031-01-01"),
        ("rencana pengamanan", "2036-01-01"),
    ]
    history = head.get(f"{case.path}/history").json()["items"]
    last = history[-1]
    assert last["type"] == "refused-as-exempt"
    assert last["data"]["exempt_until"] == "2036-01-01"
    assert last["data"]["items"] == [2, 3]


@pytest.mark.parametrize("reason", ["dikuasai Dinas Kesehatan", "penguasa tak dikenal"])
def test_what_is_not_held_is_no_exemption_whoever_holds_it(
    counter: OpenCounter, reason: str
):
    case = life.disposed(counter, BPPD)
    item = {"n": 1, "outcome": "not_held", "reason": reason}
    case.step("analis", "draft", forms.draft(kind="not_held", items=[item]), "draft")
    life.approve(case)
    head = counter["bppd-kepala"]
    (shown,) = head.get(case.path).json()["items"]
    assert (shown["outcome"], shown["reason"]) == ("not_held", reason)
    assert shown["legal_basis"] == []
    assert "exempt_until" not in shown
    history = head.get(f"{case.path}/history").json()["items"]
    assert "refused-as-exempt" not in {entry["type"] for entry in history}
