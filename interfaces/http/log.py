"""The notary's log: its checkpoints and keys, and proofs of what it holds.

It holds hashes and ids, and nothing that anybody said. What it does not prove stands in
application/notary: the truth of what was entered, the seconds before the next
checkpoint, and, without witnesses, that everybody is shown the same log.
"""

from base64 import b64encode
from typing import Annotated, Final
from uuid import UUID

import msgspec
from litestar import Controller, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, QueryParameter

from application.desk_errors import ForbiddenError
from application.notary import proofs, tree
from application.notary.proofs import BeyondLogError
from domain import events
from domain.complaint import Complaint
from interfaces.http import asking, posts
from interfaces.http.asking import LARGEST, Version, bad_query
from interfaces.http.call import Call
from interfaces.http.headers import path_id
from interfaces.http.openapi_operation import APART
from interfaces.http.problems import RequestFaultError
from interfaces.http.true_log import true_log
from projections.deadlines import matter_at
from projections.standing import Moment

_ACTION: Final = "read-log"
_NOT_YET: Final = "not-sealed-yet"
_MAY_BE_MISSING: Final = {APART: (404,)}

Size = Annotated[int, QueryParameter(ge=0, le=LARGEST)]


class LogKey(msgspec.Struct, frozen=True):
    """A key that checks the log's signatures (C2SP signed-note, Ed25519)."""

    n: int
    verifier_key: str
    introduction: str | None
    """Signed by the key before and by this one; null for the first, which comes to its
    readers another way."""
    last_size: int | None
    """The largest log that it signs; null for the present key."""


class LogKeys(msgspec.Struct, frozen=True):
    """Every key of the log, the present one last."""

    origin: str
    """The first line of its checkpoints: it names this installation."""
    keys: tuple[LogKey, ...]


class InclusionProof(msgspec.Struct, frozen=True):
    """That the log has the entry of one version of a history, and so all before it."""

    id: UUID
    version: int
    position: int
    index: int
    size: int
    """Entries of the log under the checkpoint in the proof."""
    entry: str
    """The entry in base64; its form is told in application/notary/leaf.py."""
    leaf_hash: str
    proof: str
    """A file of C2SP tlog-proof, with the signed checkpoint."""


class ConsistencyProof(msgspec.Struct, frozen=True, rename={"since": "from"}):
    """That the later log begins with the earlier one (RFC 6962, 2.1.2)."""

    since: int
    to: int
    hashes: tuple[str, ...]
    """In base64, in the order of the RFC."""


class LogController(Controller):
    """What anybody needs to find out by himself whether the register was changed."""

    path = "/v1/log"
    tags = ("log",)

    @get(
        "/checkpoint",
        operation_id="ReadCheckpoint",
        media_type="text/plain",
        opt=_MAY_BE_MISSING,
    )
    async def checkpoint(self, call: NamedDependency[Call]) -> Response[str]:
        """The latest checkpoint: a signed note of C2SP. Keep it: it binds us."""
        _must_be_official(call)
        async with call.counter.pool.connection() as connection:
            with true_log():
                signed = await call.counter.told_log.latest(connection)
        if signed is None:
            raise RequestFaultError(_NOT_YET)
        return Response(content=signed.note, media_type="text/plain")

    @get("/key", operation_id="ReadLogKeys", opt=_MAY_BE_MISSING)
    async def key(self, call: NamedDependency[Call]) -> LogKeys:
        """The keys that check checkpoints; compare them with what you hold yourself."""
        _must_be_official(call)
        async with call.counter.pool.connection() as connection:
            with true_log():
                history = await call.counter.told_log.history(connection)
        if history is None:
            raise RequestFaultError(_NOT_YET)
        introductions = [None, *history.introductions]
        ends = [*(told.size for told in history.introduced), None]
        keys = zip(history.keys, introductions, ends, strict=True)
        return LogKeys(
            origin=history.first.name,
            keys=tuple(
                LogKey(n, str(key), introduction, end)
                for n, (key, introduction, end) in enumerate(keys, 1)
            ),
        )

    @get("/inclusion/{id:str}", operation_id="ProveInclusion")
    async def inclusion(
        self,
        id: FromPath[str],  # noqa: A002 - the contract's name
        call: NamedDependency[Call],
        version: Version = None,
    ) -> InclusionProof:
        """Prove the last sealed entry of a case, complaint or objection, or a version.

        404 not-sealed-yet until a checkpoint covers it, which takes seconds.
        """
        subject = path_id(id)
        versions = await _versions(call, subject)
        if version is not None and version > versions:
            raise RequestFaultError("unknown-version")
        async with call.counter.pool.connection() as connection:
            with true_log():
                signed = await call.counter.told_log.latest(connection)
                found = await proofs.of_history(connection, signed, subject, version)
        if found is None:
            raise RequestFaultError(_NOT_YET)
        return InclusionProof(
            id=subject,
            version=found.version,
            position=found.position,
            index=found.proof.index,
            size=found.size,
            entry=_base64(found.entry),
            leaf_hash=_base64(tree.leaf_hash(found.entry)),
            proof=found.proof.text(),
        )

    @get("/consistency", operation_id="ProveConsistency")
    async def consistency(
        self,
        call: NamedDependency[Call],
        since: Annotated[int, QueryParameter(name="from", ge=0, le=LARGEST)],
        to: FromQuery[Size],
    ) -> ConsistencyProof:
        """Prove that the log of `to` entries continues the one of `from` entries.

        Both are sizes of checkpoints, or any other up to the latest checkpoint's.
        """
        _must_be_official(call)
        async with call.counter.pool.connection() as connection:
            try:
                with true_log():
                    signed = await call.counter.told_log.latest(connection)
                    hashes = await proofs.of_consistency(connection, signed, since, to)
            except BeyondLogError as fault:
                if since > to:
                    raise bad_query("from", "larger than `to`") from None
                told = f"larger than the latest checkpoint, {fault.size}"
                raise bad_query("to", told) from None
        return ConsistencyProof(since, to, tuple(map(_base64, hashes)))


def _must_be_official(call: Call) -> None:
    """Checkpoints and keys are for every official, of whichever agency."""
    memberships = call.principal.memberships.values()
    if not any(posts.allowed(call.counter, each, _ACTION) for each in memberships):
        raise ForbiddenError


async def _versions(call: Call, subject: UUID) -> int:
    """How many versions something has that the caller may read; 404 before 403."""
    entries = await asking.history_of(call, subject)
    match entries[0].event if entries else None:
        case None:
            raise RequestFaultError("not-found")
        case events.ComplaintOpened(agency=agency):
            stood = matter_at(entries, call.counter.now(), Moment())
            assert stood is not None
            assert isinstance(stood[0], Complaint)
            official = asking.member(call, agency)
            opened_by = entries[0].by().official
            posts.must_be_open_to(call.counter, official, stood[0], opened_by)
        case events.ObjectionFiled(agency=agency):
            asking.member_who_may(call, agency, "read-case")
        case _:
            await asking.open_case(call, subject)
    return len(entries)


def _base64(content: bytes) -> str:
    return b64encode(content).decode()
