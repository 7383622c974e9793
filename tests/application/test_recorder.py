"""The library's own recorder test cases, over the append that the desk uses."""

from uuid import uuid4

import pytest
from eventsourcing.postgres import PostgresDatastore
from eventsourcing.tests.persistence import (
    ApplicationRecorderTestCase,
    NonInterleavingNotificationIDsBaseCase,
)
from psycopg.conninfo import conninfo_to_dict

from application.recorder import RegisterMapper, RegisterRecorder, Told
from domain import events


class OverTheRegister:
    """A recorder on a database of the test's own."""

    datastore: PostgresDatastore

    @pytest.fixture(autouse=True)
    def open_datastore(self, database_url):
        """Open the library's pool, and close it when the test has ended."""
        given = conninfo_to_dict(database_url)
        self.datastore = PostgresDatastore(
            dbname=str(given["dbname"]),
            host=str(given["host"]),
            port=str(given["port"]),
            user=str(given["user"]),
            password=str(given.get("password", "")),
            pool_size=2,
            max_overflow=10,
        )
        with self.datastore:
            yield

    def create_recorder(self) -> RegisterRecorder:
        """Give the library the recorder under test."""
        return RegisterRecorder(self.datastore)


class TestTheLibrarysApplicationRecorderCase(
    OverTheRegister, ApplicationRecorderTestCase[RegisterRecorder]
):
    EXPECT_CONTIGUOUS_NOTIFICATION_IDS = False

    def test_insert_subscribe(self):
        self.optional_test_insert_subscribe()


class TestPositionsOfTwoWritersDoNotInterleave(
    OverTheRegister, NonInterleavingNotificationIDsBaseCase
):
    insert_num = 300


del ApplicationRecorderTestCase, NonInterleavingNotificationIDsBaseCase


def test_the_library_can_store_our_events():
    told = Told(uuid4(), 2, events.Disposed(to="ina", by="kabag"))

    stored = RegisterMapper().to_stored_event(told)

    assert stored.topic == "disposed"
    assert RegisterMapper().to_domain_event(stored) == told
