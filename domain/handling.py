"""Finding who answers: direction at the counter, LAPOR's review, disposition."""

from domain import commands, errors, events
from domain.case import Case
from domain.complaining import opened
from domain.facts import Fact, facts
from domain.office import Act, Office, Official
from domain.ranks import ASSIGNABLE, RANKS
from domain.standing_in import represented_by
from domain.values import Channel, ComplaintChannel, LaporClass, Role, Stage

REDISPOSABLE = (
    Stage.RECEIVED,
    Stage.DISPOSED,
    Stage.DRAFTED,
    Stage.IN_REVIEW,
    Stage.RETURNED,
)
"""Until the final approval a case may be given to somebody else."""


def _assignable(official: str, office: Office) -> Official:
    found = office.must_know_official(official)
    if ASSIGNABLE.isdisjoint(found.roles):
        raise errors.NotAssignableError(official)
    return found


def _directs(head: Official, act: Act, office: Office) -> bool:
    """Whether the standard names him, or one for whom he acts on that day."""
    posts = (head, *represented_by(head, office, act.occurred_at))
    directing = set(office.standard.directing_roles)
    return any(directing & set(post.roles) for post in posts)


def give_direction(
    case: Case, command: commands.GiveDirection, act: Act, office: Office
) -> tuple[Fact, ...]:
    """A head whom the standard names says who serves the visitor."""
    handler = _assignable(command.to, office)
    head = office.must_know_official(command.directed_by)
    case.must_have_come_by(Channel.FACE_TO_FACE)
    case.must_be(Stage.RECEIVED, Stage.DISPOSED)
    if not _directs(head, act, office):
        raise errors.MayNotDirectError(head.id)
    return facts(
        events.Disposed(to=handler.id, by=head.id, oral=True, unit=handler.unit)
    )


def review_report(
    case: Case, command: commands.ReviewReport, act: Act, office: Office
) -> tuple[Fact, ...]:
    """The liaison reviews once; a complaint among the requests becomes a complaint."""
    case.must_have_come_by(Channel.SP4N_LAPOR)
    case.must_be(Stage.RECEIVED)
    if case.reviewed is not None:
        raise errors.AlreadyReviewedError(case.stage)
    is_complaint = command.classified is LaporClass.COMPLAINT
    reviewed = events.LaporReviewed(
        classified=command.classified,
        summary=command.summary,
        complaint=command.complaint if is_complaint else None,
    )
    if not is_complaint:
        return facts(reviewed)
    complaint = opened(
        commands.Complain(
            complaint=command.complaint,
            channel=ComplaintChannel.SP4N_LAPOR,
            category="sp4n_lapor",
            anonymous=case.anonymous,
            confidential=case.confidential,
            words=command.words,
            person=case.person,
            case=command.case,
            identity=command.identity,
        ),
        act,
        office,
    )
    return (
        *facts(reviewed, events.Closed(reason=LaporClass.COMPLAINT)),
        Fact(event=complaint, stream=command.complaint),
    )


def may_give(case: Case, role: Role, official: Official) -> bool:
    """Whether a case is his to give in this role; below heads what he was given is."""
    if role not in RANKS:
        return False
    if RANKS[role] > RANKS[Role.AGENCY_HEAD]:
        return case.assignee == official.id
    return case.is_addressed_to(role)


def _may_take(taker: Official, giver: Official, role: Role) -> bool:
    """Disposition goes downward, but the head may keep a matter and answer himself."""
    if giver.id == taker.id and role is Role.AGENCY_HEAD:
        return True
    rank = taker.rank
    return rank is not None and rank > RANKS[role] and giver.is_over(taker.unit)


def dispose(
    case: Case, command: commands.Dispose, act: Act, office: Office
) -> tuple[Fact, ...]:
    """The head assigns an official; below him one passes on what one was given."""
    taker = _assignable(command.to, office)
    others = tuple(office.must_know_official(other).id for other in command.others)
    case.must_have_come_by(Channel.LETTER, Channel.SP4N_LAPOR)
    case.must_be(*REDISPOSABLE)
    if case.channel is Channel.SP4N_LAPOR and case.reviewed is None:
        raise errors.NotReviewedError(case.stage)
    roles = [role for role in act.roles if may_give(case, role, act.holder)]
    if not roles:
        raise errors.NotDisposedToYouError
    if not any(_may_take(taker, act.holder, role) for role in roles):
        raise errors.NotSubordinateError(taker.id)
    return facts(
        events.Disposed(
            to=taker.id,
            by=act.official.id,
            others=others,
            instructions=command.instructions,
            urgency=command.urgency,
            secrecy=command.secrecy,
            respond_by=command.respond_by,
            unit=taker.unit,
        )
    )
