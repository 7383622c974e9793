"""Connections as the projector and its operators have them."""

import psycopg
import pytest


@pytest.fixture
async def desk(database_url):
    """Give a connection in the role that the running program takes."""
    async with await psycopg.AsyncConnection.connect(
        database_url, autocommit=True
    ) as connection:
        await connection.execute("set role disposisi_desk")
        yield connection


@pytest.fixture
async def owner(database_url):
    """Give an owner's connection."""
    async with await psycopg.AsyncConnection.connect(
        database_url, autocommit=True
    ) as connection:
        yield connection
