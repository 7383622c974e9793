"""Who says that another Act forbids it names that Act (UU 14/2008 art. 17 letter j)."""

import pytest
from msgspec.structs import replace

from domain import commands, errors
from domain.papers import Exemption
from domain.values import DraftKind, Stage
from tests.domain.offices import ANALYST, PPID
from tests.domain.past import directed, disposed, weighed
from tests.domain.receipts import lettered, visited
from tests.domain.scenarios import Given
from tests.domain.words import KIP_17C, blacked_out, granted, refused

KIP_17J = "kip17.j"
NAMED = "rahasia bank, UU 10/1998 Pasal 40"
SILENT = "dilarang undang-undang"
WEIGHED = Given(lettered(items=2), disposed(), weighed(1, 2))


@pytest.mark.parametrize("item", [refused(2, KIP_17J), blacked_out(2, KIP_17J)])
def test_a_draft_that_cites_another_act_names_it(item):
    def write(reason: str | None) -> commands.Draft:
        items = (granted(1), replace(item, reason=reason))
        return commands.Draft(kind=DraftKind.PARTIAL, items=items)

    WEIGHED.when(write(NAMED), by=ANALYST).leaves(stage=Stage.DRAFTED)
    WEIGHED.when(write(SILENT), by=ANALYST).then_refused(
        errors.ActNotNamedError, legal_basis=KIP_17J
    )


def test_what_is_blacked_out_under_another_act_needs_its_reason():
    items = (granted(1), blacked_out(2, KIP_17J, reason=None))
    command = commands.Draft(kind=DraftKind.PARTIAL, items=items)
    WEIGHED.when(command, by=ANALYST).then_refused(
        errors.ActNotNamedError, legal_basis=KIP_17J
    )


def test_one_item_s_reason_does_not_speak_for_another():
    items = (refused(1, KIP_17J, NAMED), refused(2, KIP_17J, SILENT))
    command = commands.Draft(kind=DraftKind.REFUSAL, items=items)
    WEIGHED.when(command, by=ANALYST).then_refused(
        errors.ActNotNamedError, legal_basis=KIP_17J
    )


def test_a_visitor_is_told_which_act_forbids_it():
    given = Given(visited(), directed())
    told = commands.RefuseAtCounter(legal_basis=(KIP_17C, KIP_17J), reason=NAMED)
    given.when(told, by=ANALYST).leaves(stage=Stage.REFUSED)
    given.when(replace(told, reason=SILENT), by=ANALYST).then_refused(
        errors.ActNotNamedError, legal_basis=KIP_17J
    )
    given.when(replace(told, reason=" "), by=ANALYST).then_refused(
        errors.GroundsMissingError, items=(1,)
    )


def test_a_consequence_test_analyses_the_act_that_it_relies_on():
    given = Given(lettered(), disposed())
    command = commands.RecordConsequenceTest(
        items=(1,), act=KIP_17J, analysis=NAMED, participants=(PPID,)
    )
    given.when(command, by=PPID).leaves(tested=(Exemption(1),))
    given.when(replace(command, analysis=SILENT), by=PPID).then_refused(
        errors.ActNotNamedError, legal_basis=KIP_17J
    )
