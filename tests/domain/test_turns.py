"""What is offered to an official covers whatever `decide` would accept of him."""

from collections.abc import Mapping
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from domain import commands
from domain.case import Case
from domain.corrected import written
from domain.decisions import decide
from domain.errors import RuleBrokenError
from domain.events import CaseEvent
from domain.evolution import evolve
from domain.facts import By
from domain.office import Act, Official
from domain.open_acts import GUARDS, Turn, open_to
from domain.standing_in import posts, represented_by
from domain.turns import REQUESTER, tier, whose
from domain.values import (
    Capacity,
    Channel,
    CorrectableFact,
    DeliveryMeans,
    DraftKind,
    LaporClass,
    MissedPickup,
    Requirement,
    Role,
    Stage,
)
from tests.domain import past
from tests.domain.offices import (
    ANALYST,
    BIRO,
    BPPD,
    CLERK,
    DIRECTORY,
    DIVISION_HEAD,
    HEAD,
    OFFICES,
    PPID,
    RECEPTIONIST,
    SEKDA,
    SUBDIVISION_HEAD,
)
from tests.domain.paper import WITH_PLT
from tests.domain.receipts import lettered, reported, visited
from tests.domain.scenarios import MORNING, Given, Happened, fold, wita
from tests.domain.stages import LETTERS, REPORTS, VISITS
from tests.domain.words import (
    CASE,
    COMPLAINT,
    DOCUMENT,
    KIP_17C,
    TIERS,
    WORDS,
    granted,
    refused,
)

OFFICE = WITH_PLT[BPPD]
REST = date(2026, 2, 12)
EVERYBODY = tuple(
    official
    for official in DIRECTORY.officials.values()
    if official.agency == BPPD and not official.disabled
)


def wishes(case: Case) -> Mapping[str, tuple[commands.RequestCommand, ...]]:
    """Commands that somebody may accept, by their words."""
    n = case.draft.n if case.draft else 1
    return {
        "direction": (commands.GiveDirection(to=ANALYST, directed_by=HEAD),),
        "review": tuple(
            commands.ReviewReport(
                case=CASE,
                summary=WORDS,
                classified=each,
                complaint=COMPLAINT,
                words=WORDS,
            )
            for each in LaporClass
        ),
        "disposition": tuple(
            commands.Dispose(to=to)
            for to in (DIVISION_HEAD, SUBDIVISION_HEAD, ANALYST, HEAD)
        ),
        "draft": (
            commands.Draft(
                kind=DraftKind.ANSWER, items=(granted(),), document=DOCUMENT
            ),
            commands.Draft(kind=DraftKind.REFUSAL, items=(refused(),), text=WORDS),
        ),
        "consequence-test": (
            commands.RecordConsequenceTest(
                items=(1,), act=KIP_17C, analysis="...", participants=(PPID,)
            ),
        ),
        "approval": (
            commands.Approve(draft=n),
            commands.Approve(draft=n, capacity=Capacity.ON_BEHALF, acting_for=SEKDA),
            commands.Approve(draft=n, capacity=Capacity.ACTING, acting_for=HEAD),
        ),
        "correction": (commands.ReturnForCorrection(draft=n, notes="perbaiki"),),
        "refusal": (
            commands.RefuseAtCounter(legal_basis=(KIP_17C,), reason="rahasia"),
        ),
        "delivery": tuple(commands.Deliver(how=how) for how in DeliveryMeans),
        "pickup": (
            commands.ArrangePickup(
                contacts=(past.CONTACT,), collect_by=past.COLLECT_BY
            ),
        ),
        "collection": (commands.RecordCollection(by="requester"),),
        "pickup-missed": tuple(
            commands.RecordMissedPickup(then=then) for then in MissedPickup
        ),
        "identity-return": (commands.ReturnIdCard(to="visitor"),),
        "overrun": (commands.NoteOverrun(reason="ramai"),),
        "completion-request": (
            commands.RequestCompletion(
                missing=(Requirement.PHONE,),
                reply_by=case.last_at.date(),
                medium="telepon",
            ),
        ),
        "completion": (
            commands.ReceiveCompletion(received=frozenset({Requirement.PHONE})),
            commands.ReceiveCompletion(received=frozenset({Requirement.NAME})),
        ),
        "lapse": (commands.Lapse(notice="..."),),
        "withdrawal": (commands.Withdraw(how="surat"),),
        "transfer": (
            commands.Transfer(notice="...", case=CASE, holder="BPS"),
            commands.Transfer(notice="...", case=CASE, to_agency=BIRO, new_case=CASE),
        ),
        "conversion": (commands.Convert(reason="...", new_case=CASE, case=CASE),),
        "closing": (commands.Close(),),
        "reopening": (commands.Reopen(reason="keberatan"),),
        "lapor-status": (commands.ImportLaporStatus(status="selesai", at=MORNING),),
        "extension": (
            commands.Extend(working_days=7, reason="luas", notice_sent_at=MORNING),
        ),
        "pause": (
            commands.Pause(ground="-", first=REST),
            commands.Pause(ground="-", first=REST, until=REST),
        ),
        "resumption": (commands.Resume(),),
        "fact-correction": (
            commands.CorrectFact(
                version=len(case.times),
                fact=CorrectableFact.OCCURRED_AT,
                value=written(case.last_at),
                reason="keliru",
            ),
        ),
    }


def after(case: Case, command: commands.RequestCommand, act: Act) -> Case | None:
    """The case after the command, None if it is refused."""
    try:
        facts = decide(case, command, act, OFFICE)
    except RuleBrokenError:
        return None
    for fact in facts:
        if fact.stream is None:
            assert isinstance(fact.event, CaseEvent)
            by = By(official=act.official.id, at=act.occurred_at)
            case = evolve(case, fact.event, by)
    return case


def offered(case: Case, official: Official, at) -> set[str]:
    """Everything open to an official in any role of his posts."""
    return {
        word
        for holder in (None, *represented_by(official, OFFICE, at))
        for role in (holder or official).roles
        for word in open_to(Turn(case, official, role, at, holder))
    }


def roles_of(
    official: Official, command: commands.RequestCommand, at
) -> list[tuple[Role, Official | None]]:
    """The roles in which he may try an act, each with whose post it is if not his."""
    return [
        (role, holder)
        for holder in posts(command, official, OFFICE, at)
        for role in (holder or official).roles
    ]


@given(data=st.data())
def test_whatever_decide_accepts_of_an_official_is_offered_to_him(data):
    began = data.draw(
        st.sampled_from(
            (
                visited(card="ktp"),
                (lettered(),),
                (lettered(addressee=Role.REGIONAL_SECRETARY),),
                (lettered(missing=(Requirement.PHONE,)),),
                (reported(),),
            )
        )
    )
    case = fold(began)
    for _ in range(12):
        assert case is not None
        at = case.last_at + timedelta(minutes=data.draw(st.sampled_from((1, 20))))
        nexts = []
        for official in EVERYBODY:
            open_words = offered(case, official, at)
            for word, tries in wishes(case).items():
                for command in tries:
                    for role, holder in roles_of(official, command, at):
                        if word == "disposition" and role in {
                            Role.RECEPTIONIST,
                            Role.LETTER_CLERK,
                            Role.LAPOR_LIAISON,
                            Role.PPID,
                        }:
                            continue  # the authority table lets no such role come here
                        act = Act(
                            official,
                            role,
                            at,
                            at,
                            receiving=OFFICES[BIRO],
                            acting_for=holder,
                        )
                        later = after(case, command, act)
                        if later is not None:
                            assert word in open_words, (official.id, word)
                            nexts.append((word, later))
        if not nexts:
            break
        words = sorted({word for word, _ in nexts})
        chosen = data.draw(st.sampled_from(words))
        case = data.draw(
            st.sampled_from([later for word, later in nexts if word == chosen])
        )


def test_every_word_of_a_command_about_a_case_has_a_guard():
    case = fold([lettered()])
    assert case is not None

    assert set(wishes(case)) == set(GUARDS)


def standing(*happened: Happened | tuple[Happened, ...]) -> Case:
    """The case after all that."""
    case = Given(*happened).case
    assert case is not None
    return case


def test_the_next_tier_may_approve_and_send_back_and_the_drafter_neither():
    case = standing(lettered(), past.disposed(), past.drafted())

    def may(official, role):
        found = DIRECTORY.officials[official, BPPD]
        return set(open_to(Turn(case, found, role, case.last_at)))

    both = {"approval", "correction"}
    assert both <= may(SUBDIVISION_HEAD, Role.SUBDIVISION_HEAD)
    assert not both & may(DIVISION_HEAD, Role.DIVISION_HEAD)
    assert not both & may(ANALYST, Role.HANDLER)
    assert not both & may("kasubid-potensi", Role.SUBDIVISION_HEAD)
    assert "draft" in may(ANALYST, Role.HANDLER)


def test_a_closed_case_may_only_be_opened_again_or_tested_late():
    at_counter = standing(
        visited(), past.directed(), past.answered_orally(), past.closed()
    )
    for official in EVERYBODY:
        assert offered(at_counter, official, at_counter.last_at) <= {
            "reopening",
            "consequence-test",
            "fact-correction",
        }


def test_what_went_another_way_is_not_offered_to_be_opened_again():
    for gone in (past.withdrawn(), past.transferred(), past.converted()):
        closed = standing(lettered(), past.disposed(), gone, past.closed())
        for official in EVERYBODY:
            assert "reopening" not in offered(closed, official, closed.last_at)


def test_the_regional_secretary_is_offered_only_what_was_addressed_to_him():
    secretary = DIRECTORY.officials[SEKDA, BPPD]

    def may(*happened: Happened | tuple[Happened, ...]) -> set[str]:
        case = standing(*happened)
        turn = Turn(case, secretary, Role.REGIONAL_SECRETARY, case.last_at)
        return set(open_to(turn)) & {"disposition", "reopening"}

    ended = (past.disposed(), past.approved(), past.delivered())
    to_him = lettered(addressee=Role.REGIONAL_SECRETARY)
    assert may(to_him) == {"disposition"}
    assert may(to_him, *ended) == {"reopening"}
    assert may(lettered()) == set()
    assert may(lettered(), *ended) == set()


def test_a_held_card_is_handed_back_before_the_case_can_be_closed():
    case = standing(visited(card="ktp"), past.directed(), past.answered_orally())
    reception = DIRECTORY.officials[RECEPTIONIST, BPPD]
    turn = Turn(case, reception, Role.RECEPTIONIST, case.last_at)

    assert "identity-return" in open_to(turn)
    assert "closing" not in open_to(turn)


def test_an_overrun_is_offered_once_the_quarter_of_an_hour_is_over():
    case = standing(visited(), past.directed())
    handler = DIRECTORY.officials[ANALYST, BPPD]

    def may(minutes):
        at = MORNING + timedelta(minutes=minutes)
        return "overrun" in open_to(Turn(case, handler, Role.HANDLER, at))

    assert not may(14)
    assert may(15)


def test_the_turn_goes_from_hand_to_hand():
    told = [
        (standing(visited()), Role.RECEPTIONIST),
        (standing(visited(), past.directed()), Role.HANDLER),
        (
            standing(visited(card="ktp"), past.directed(), past.answered_orally()),
            Role.RECEPTIONIST,
        ),
        (standing(reported()), Role.LAPOR_LIAISON),
        (standing(reported(), past.reviewed()), Role.AGENCY_HEAD),
        (
            standing(reported(), past.reviewed(LaporClass.ASPIRATION)),
            Role.LAPOR_LIAISON,
        ),
        (standing(lettered()), Role.AGENCY_HEAD),
        (standing(lettered(), past.disposed(), past.drafted()), TIERS[0][0]),
        (
            standing(lettered(), past.disposed(), past.drafted(), past.initialled(1)),
            TIERS[1][0],
        ),
        (
            standing(lettered(), past.disposed(), past.drafted(), past.returned()),
            Role.HANDLER,
        ),
        (standing(lettered(), past.disposed(), past.approved()), Role.LETTER_CLERK),
        (
            standing(lettered(), past.disposed(), past.approved(), past.called()),
            REQUESTER,
        ),
        (
            standing(
                lettered(),
                past.disposed(),
                past.approved(),
                past.delivered(),
                past.closed(),
            ),
            None,
        ),
    ]

    assert [whose(case) for case, _ in told] == [role for _, role in told]


def test_an_incomplete_request_waits_for_the_office_until_the_requester_was_asked():
    incomplete = lettered(missing=(Requirement.PHONE,))
    asked = past.asked(Requirement.PHONE)

    assert whose(standing(incomplete)) is Role.LETTER_CLERK
    assert whose(standing(incomplete, asked)) == REQUESTER


def test_what_has_gone_another_way_is_its_receiving_role_s_to_close():
    assert whose(standing(*LETTERS[Stage.WITHDRAWN])) is Role.LETTER_CLERK
    assert whose(standing(*VISITS[Stage.CONVERTED])) is Role.RECEPTIONIST
    assert whose(standing(*REPORTS[Stage.TRANSFERRED])) is Role.LAPOR_LIAISON


def test_a_lapse_is_offered_once_the_day_to_reply_is_over():
    case = standing(
        lettered(missing=(Requirement.PHONE,)), past.asked(Requirement.PHONE)
    )
    clerk = DIRECTORY.officials[CLERK, BPPD]

    def may(at):
        return "lapse" in open_to(Turn(case, clerk, Role.LETTER_CLERK, at))

    assert not may(wita("2026-02-13 23:59"))
    assert may(wita("2026-02-14 00:00"))


def test_the_tier_is_told_while_the_draft_is_under_way():
    def after_draft(*more: Happened):
        return tier(standing(lettered(), past.disposed(), past.drafted(), *more))

    assert tier(standing(lettered(), past.disposed())) is None
    assert after_draft() == 1
    assert after_draft(past.initialled(1)) == 2
    assert after_draft(past.returned()) is None
    assert after_draft(past.initialled(1), past.initialled(2), past.signed()) is None


def test_every_stage_says_whose_turn_it_is():
    case = standing(lettered(), past.disposed(), past.drafted())
    for stage in Stage:
        for channel in Channel:
            whose(past_stage(case, stage, channel))


def past_stage(case, stage, channel):
    """The case put into a stage by hand, also one that no event leads to yet."""
    return replace(case, stage=stage, channel=channel)
