"""Two agencies pass requests to each other at once; two processes carry it out."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg

from tests import house, staff
from tests.interfaces.http import forms
from tests.open_counter import OpenCounter, appoint
from tests.staff import BIRO, BPPD
from tests.worker import worker

EACH = 15
"""Requests passed on by each agency."""


def test_crossed_transfers_wait_for_each_other_and_leave_no_gap(
    server_url: str, template: str, tmp_path: Path
):
    with house.fresh(server_url, of=template) as url:
        issued = asyncio.run(appoint(url, staff.PLACES, staff.AGENCIES))
        with worker(url, tmp_path, tmp_path / "log", workers=2) as address:
            counter = OpenCounter(address, url, tmp_path, issued)
            with ThreadPoolExecutor(8) as pool:
                ways = [(BIRO, BPPD, "bo"), (BPPD, BIRO, "bppd")] * EACH
                passed = [pool.submit(_passed_on, counter, *way) for way in ways]
            opened = {one.result() for one in passed}
            counter.close()
        assert len(opened) == 2 * EACH
        for prefix in ("BO", "BPPD"):
            given = sorted(_numbers(url, prefix))
            assert given == list(range(1, 2 * EACH + 1))


def _passed_on(counter: OpenCounter, agency: str, to: str, prefix: str) -> str:
    made = counter[f"{prefix}-agendaris"].post("/v1/cases", forms.letter(agency))
    assert made.status_code == 201, made.text
    path = f"{made.headers['location']}/transfer"
    body = {"to_agency": to, "notice": "Surat pelimpahan"}
    done = counter[f"{prefix}-kepala"].post(path, body, 1)
    assert done.status_code == 200, done.text
    return str(done.json()["new_case"])


def _numbers(url: str, prefix: str) -> list[int]:
    with psycopg.connect(url) as connection:
        found = connection.execute(
            "select registration_number from registrations"
            " where registration_number like %s",
            (f"{prefix}-%",),
        ).fetchall()
    return [int(number.rpartition("-")[2]) for (number,) in found]
