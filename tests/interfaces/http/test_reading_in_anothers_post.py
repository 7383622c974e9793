"""Whoever acts in an absent official's post reads there what that one reads."""

from tests.interfaces.http import contest, forms
from tests.interfaces.http.acting import Plt, in_kupang
from tests.open_counter import OpenCounter
from tests.staff import BPPD


def doors(counter: OpenCounter) -> list[str]:
    """Everything of the agency that its head may read."""
    case = contest.refused_visit(counter, BPPD)
    made = counter["bppd-pengaduan"].post("/v1/complaints", forms.complaint(BPPD))
    visit = counter["bppd-penerima-tamu"].post("/v1/visits", forms.guest(BPPD))
    complaint, objection = made.headers["location"], contest.Contest(case).path
    return [
        case.path,
        f"{case.path}/history",
        f"{case.path}/deadlines",
        complaint,
        f"{complaint}/deadlines",
        objection,
        f"{objection}/history",
        f"{objection}/deadlines",
        visit.headers["location"],
        "/v1/cases",
    ]


def test_who_reads_nothing_himself_reads_what_the_absent_head_reads(counter):
    plt = Plt(counter, "administrator")
    asked = doors(counter)

    def told() -> dict[str, int]:
        return {path: plt.caller.get(path).status_code for path in asked}

    assert told() == dict.fromkeys(asked, 403)
    plt.is_appointed()
    assert told() == dict.fromkeys(asked, 200)
    plt.is_appointed(last=in_kupang(-1))
    assert told() == dict.fromkeys(asked, 403)
