"""While the database is away the answer is 503, with a word when to try again."""

import time
from pathlib import Path

import httpx
import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from tests import house
from tests.interfaces.http import forms
from tests.open_counter import OpenCounter, open_counter

BACK = 20.0
"""Seconds in which it is served again."""


@pytest.mark.slow
def test_commands_and_queries_are_put_off_until_it_is_back(
    server_url: str, template: str, tmp_path: Path
):
    with (
        house.fresh(server_url, of=template) as url,
        open_counter(url, tmp_path) as counter,
    ):
        made = counter["bo-agendaris"].post("/v1/cases", forms.letter())
        assert made.status_code == 201
        name = str(conninfo_to_dict(url)["dbname"])
        allowed(server_url, name, to_connect=False)
        try:
            for answer in asked(counter, made.headers["location"]):
                assert answer.status_code == 503, answer.text
                assert answer.json()["code"] == "overloaded"
                assert int(answer.headers["retry-after"]) > 0
            assert counter.stranger.get("/health/live").status_code == 200
            assert counter.stranger.get("/health/ready").status_code == 503
        finally:
            allowed(server_url, name, to_connect=True)
        again = soon(counter, made.headers["location"])
        assert again.json()["registration_number"].endswith("-00002")


def soon(counter: OpenCounter, case: str) -> httpx.Response:
    """The next letter, sent under one key until queries and commands are served."""
    until = time.monotonic() + BACK
    while not counter["bo-kepala"].get(case).is_success:
        assert time.monotonic() < until
    while True:
        made = counter["bo-agendaris"].post("/v1/cases", forms.letter(), key="lagi")
        if made.is_success:
            return made
        assert time.monotonic() < until, made.text


def asked(counter: OpenCounter, case: str):
    yield counter["bo-agendaris"].post("/v1/cases", forms.letter())
    yield counter["bo-kepala"].get(case)
    yield counter.bearing("dsp_unknown").get("/v1/agencies")


def allowed(server_url: str, name: str, *, to_connect: bool) -> None:
    """Let nobody in and put everybody out, or let them in again."""
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(
            sql.SQL("alter database {} allow_connections {}").format(
                sql.Identifier(name), sql.SQL(str(to_connect).lower())
            )
        )
        if not to_connect:
            connection.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where datname = %s",
                [name],
            )
