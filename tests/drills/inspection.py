"""Looks through a whole database for what is lost, double or half."""

from collections.abc import Sequence
from typing import LiteralString
from uuid import UUID

import psycopg

from tests.drills.storm import Acknowledged, Sent

_NOTHING_HALF: dict[str, LiteralString] = {
    "versions are dense from 1": """
        select originator_id from register group by originator_id
        having min(originator_version) <> 1
            or max(originator_version) <> count(*)""",
    "every case has its number, and the one its receipt says": """
        select originator_id from register
          left join registrations
            on case_id = originator_id
           and registration_number
             = convert_from(state, 'utf8')::json ->> 'registration_number'
         where topic = 'received' and case_id is null""",
    "every number has its case": """
        select case_id from registrations
          left join register on originator_id = case_id and topic = 'received'
         where originator_id is null""",
    "numbers are gapless": """
        select agency, year from counters
          left join register
            on topic = 'received'
           and convert_from(state, 'utf8')::json ->> 'agency' = agency
         group by agency, year, last having count(originator_id) <> last""",
    "every case has its sealed person": """
        select originator_id from register
          left join sealed
            on record = originator_id
           and encode(sha256(ciphertext), 'hex') in (
                   convert_from(state, 'utf8')::json ->> 'identity',
                   convert_from(state, 'utf8')::json ->> 'words')
          left join persons using (person)
         where topic = 'received'
         group by originator_id
        having count(ciphertext) <> 2 or count(wrapped_key) <> 2""",
    "nobody is sealed without a case": """
        select record from sealed
          left join register on originator_id = record and originator_version = 1
         where originator_id is null""",
    "every kept reply has its event": """
        select r.event_id from replies r
          left join register using (event_id)
         where originator_id is distinct from subject
            or originator_version is distinct from version""",
}

_STANDS = """
select count(*) from register
  left join registrations on case_id = originator_id
 where originator_id = %s and originator_version = %s and notification_id = %s
   and registration_number = %s
"""
_TOGETHER = "select count(*) from register where topic = 'received'"


def half(url: str) -> list[str]:
    """What is half, each by the sentence that it breaks."""
    with psycopg.connect(url) as connection:
        return [
            f"{sentence}: {row[0]}"
            for sentence, query in _NOTHING_HALF.items()
            for row in connection.execute(query).fetchall()
        ]


def lost(url: str, acknowledged: Sequence[Acknowledged]) -> list[Acknowledged]:
    """What was acknowledged and does not stand as it was told, once."""
    with psycopg.connect(url) as connection, connection.pipeline():
        asked = [
            connection.execute(
                _STANDS,
                (
                    one.told.case,
                    one.told.version,
                    one.told.position,
                    one.told.registration_number,
                ),
            )
            for one in acknowledged
        ]
        found = [cursor.fetchone() for cursor in asked]
    return [
        one
        for one, row in zip(acknowledged, found, strict=True)
        if row is None or row[0] != 1
    ]


def received(url: str) -> int:
    """How many cases there are."""
    with psycopg.connect(url) as connection:
        row = connection.execute(_TOGETHER).fetchone()
        assert row is not None
        return int(row[0])


def receipts(commands: Sequence[Sent]) -> int:
    """How many of the commands receive a case."""
    return sum(sent.path == "/v1/cases" for sent in commands)


def standing(url: str) -> set[tuple[UUID, int]]:
    """Every line of the register by stream and version."""
    with psycopg.connect(url) as connection:
        rows = connection.execute(
            "select originator_id, originator_version from register"
        )
        return set(rows.fetchall())
