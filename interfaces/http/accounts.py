"""Accounts, for who keeps them; and what was done to them, for who audits that."""

import base64
import binascii
from datetime import datetime
from typing import Final

import msgspec
from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from application.desk_errors import ForbiddenError
from application.office import account_events, accounts, keeping_accounts, links
from application.office.account_events import AccountEvent
from application.office.accounts import Account
from domain.office import Official
from domain.values import OfficialId
from interfaces.http import asking
from interfaces.http.asking import USUAL, Limit
from interfaces.http.bodies.accounts import NewOfficial, Nothing
from interfaces.http.call import Call
from interfaces.http.openapi_operation import APART
from interfaces.http.problems import RequestFaultError
from projections.cursor import BadCursorError, Cursor

_NO_OTHER: Final = (409,)


class AccountList(msgspec.Struct, frozen=True):
    """A page of accounts."""

    items: tuple[Account, ...]
    next: str | None


class AccountEventList(msgspec.Struct, frozen=True):
    """A page of what was done to accounts."""

    items: tuple[AccountEvent, ...]
    next: str | None


class Invitation(msgspec.Struct, frozen=True, kw_only=True):
    """A one-time link, shown this once: hand it to whom it is for, and nobody else."""

    official: OfficialId
    link: str
    expires_at: datetime


class Kept(msgspec.Struct, frozen=True):
    """Whose account it was about."""

    official: OfficialId


class AccountController(Controller):
    """An administrator sees his agencies' officials, and none of their cases."""

    path = "/v1/accounts"
    tags = ("accounts",)

    @get("/", operation_id="ListAccounts")
    async def page(
        self,
        *,
        call: NamedDependency[Call],
        limit: Limit = USUAL,
        after: FromQuery[str | None] = None,
    ) -> AccountList:
        """The officials of one's agencies by id, and how their accounts stand."""
        place = asking.place(_read, after) or ""
        mine = _must_be_in(call, "read-accounts")
        at = call.counter.now()
        async with accounts.opened(call.counter.pool) as conn:
            found = await accounts.page(conn, mine, at, place, limit + 1)
        items = tuple(found[:limit])
        return AccountList(items, _written(items[-1]) if len(found) > limit else None)

    @post("/", operation_id="EnterOfficial", status_code=201, opt={APART: _NO_OTHER})
    async def enter(
        self, data: JSONBody[NewOfficial], call: NamedDependency[Call]
    ) -> Response[Kept]:
        """Enter an official of one's agency; an invitation lets him in."""
        if data.agency not in call.counter.offices:
            raise RequestFaultError("unknown-agency", in_body=True, pointer="/agency")
        mine = _must_be_in(call, "accounts")
        if data.agency not in mine:
            raise ForbiddenError
        official = Official(
            id=data.official,
            agency=data.agency,
            name=data.name.strip(),
            roles=tuple(dict.fromkeys(data.roles)),
            unit=data.unit,
        )
        at, by = call.counter.now(), call.principal.official
        async with accounts.opened(call.counter.pool) as conn:
            await keeping_accounts.enter(conn, official, mine, at, by)
        return Response(content=Kept(official.id), headers={"Location": "/v1/accounts"})

    @post(
        "/{official:str}/invitation",
        operation_id="Invite",
        status_code=200,
        opt={APART: _NO_OTHER},
    )
    async def invite(
        self,
        data: JSONBody[Nothing],  # noqa: ARG002 - an empty form, and no other
        official: FromPath[str],
        call: NamedDependency[Call],
    ) -> Invitation:
        """Get a one-time link with which an official sets his password."""
        mine = _must_be_in(call, "accounts")
        at, by = call.counter.now(), call.principal.official
        async with accounts.opened(call.counter.pool) as conn:
            link = await keeping_accounts.invite(conn, official, mine, at, by)
        return Invitation(official=official, link=link, expires_at=at + links.LASTS)

    @post(
        "/{official:str}/disabling",
        operation_id="DisableOfficial",
        status_code=200,
        opt={APART: _NO_OTHER},
    )
    async def disable(
        self,
        data: JSONBody[Nothing],  # noqa: ARG002 - the same
        official: FromPath[str],
        call: NamedDependency[Call],
    ) -> Kept:
        """Take an official out of office in one's agencies."""
        mine = _must_be_in(call, "accounts")
        at, by = call.counter.now(), call.principal.official
        async with accounts.opened(call.counter.pool) as conn:
            await keeping_accounts.disable(conn, official, mine, at, by)
        return Kept(official)

    @post(
        "/{official:str}/unlocking",
        operation_id="UnlockAccount",
        status_code=200,
        opt={APART: _NO_OTHER},
    )
    async def unlock(
        self,
        data: JSONBody[Nothing],  # noqa: ARG002 - the same
        official: FromPath[str],
        call: NamedDependency[Call],
    ) -> Kept:
        """End the pause after wrong tries to sign in."""
        mine = _must_be_in(call, "accounts")
        at, by = call.counter.now(), call.principal.official
        async with accounts.opened(call.counter.pool) as conn:
            await keeping_accounts.unlock(conn, official, mine, at, by)
        return Kept(official)

    @get("/events", operation_id="ListAccountEvents")
    async def events(
        self,
        *,
        call: NamedDependency[Call],
        limit: Limit = USUAL,
        after: FromQuery[str | None] = None,
    ) -> AccountEventList:
        """Who did what to accounts, and when, newest first."""
        place = asking.place(Cursor.read, after)
        before = None if place is None else place.position
        mine = _must_be_in(call, "read-account-events")
        async with accounts.opened(call.counter.pool) as conn:
            found = await account_events.page(conn, mine, before, limit + 1)
        items = tuple(found[:limit])
        if len(found) <= limit:
            return AccountEventList(items, None)
        return AccountEventList(items, Cursor(items[-1].position).written())


def _must_be_in(call: Call, action: str) -> list[str]:
    """The agencies in which the caller may; 403 where there is none."""
    call.agency_for(action)
    return list(call.agencies_for(action))


def _read(after: str) -> str:
    try:
        told = base64.b64decode(after.encode(), altchars=b"-_", validate=True).decode(
            "ascii"
        )
    except (binascii.Error, UnicodeError):
        raise BadCursorError from None
    if "\0" in told:
        raise BadCursorError
    return told


def _written(last: Account) -> str:
    return base64.urlsafe_b64encode(f"{last.official} {last.agency}".encode()).decode()
