"""Every start brings the database up to date, once, however many start at a time."""

from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from application import migrating
from tests import house

FIRST = "create table one (n integer);"
SECOND = "create table two (n integer); insert into two select 1;"


@pytest.fixture
def bare_url(server_url):
    """Give a database that no migration has touched."""
    with house.fresh(server_url) as url:
        yield url


@pytest.fixture
def folder(tmp_path):
    """Give a folder with two migrations."""
    (tmp_path / "0001_one.sql").write_text(FIRST)
    (tmp_path / "0002_two.sql").write_text(SECOND)
    return tmp_path


def rows(url, question):
    with psycopg.connect(url) as connection:
        return connection.execute(question).fetchall()


def test_each_file_is_applied_once_in_the_order_of_numbers(bare_url, folder):
    assert migrating.migrate(bare_url, folder) == ["0001_one", "0002_two"]
    assert migrating.migrate(bare_url, folder) == []

    (folder / "0003_three.sql").write_text("create table three (n integer);")
    assert migrating.migrate(bare_url, folder) == ["0003_three"]
    recorded = rows(bare_url, "select number, name from migrations order by number")
    assert recorded == [(1, "0001_one"), (2, "0002_two"), (3, "0003_three")]


def test_an_applied_file_may_not_change(bare_url, folder):
    migrating.migrate(bare_url, folder)
    (folder / "0001_one.sql").write_text(FIRST + "-- a word more")

    with pytest.raises(migrating.ChangedMigrationError) as changed:
        migrating.migrate(bare_url, folder)

    assert changed.value.name == "0001_one"


def test_a_database_of_a_newer_release_is_left_alone(bare_url, folder):
    migrating.migrate(bare_url, folder)
    (folder / "0002_two.sql").unlink()

    with pytest.raises(migrating.NewerDatabaseError):
        migrating.migrate(bare_url, folder)


def test_a_file_that_fails_leaves_nothing_behind(bare_url, folder):
    (folder / "0002_two.sql").write_text("create table two (n integer); select 1/0;")

    with pytest.raises(psycopg.errors.DivisionByZero):
        migrating.migrate(bare_url, folder)

    assert rows(bare_url, "select name from migrations") == [("0001_one",)]
    assert rows(bare_url, "select to_regclass('two')") == [(None,)]


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("0001_again.sql", migrating.NumberTakenError),
        ("3_three.sql", migrating.BadNameError),
        ("0003.sql", migrating.BadNameError),
        ("three.sql", migrating.BadNameError),
    ],
)
def test_a_file_that_is_called_wrong_is_refused(folder, name, error):
    (folder / name).write_text("select 1;")

    with pytest.raises(error):
        migrating.migrations(folder)


def test_eight_starts_at_once_apply_everything_once(bare_url):
    every = [migration.name for migration in migrating.migrations()]

    with ThreadPoolExecutor(8) as starts:
        applied = list(starts.map(migrating.migrate, [bare_url] * 8))

    assert sorted(applied) == sorted([[]] * 7 + [every])


def test_two_databases_of_one_cluster_may_touch_a_role_at_once(server_url, tmp_path):
    for number in range(1, 30):
        (tmp_path / f"{number:04}_role.sql").write_text(
            "do $$ begin create role disposisi_test_neighbour; "
            "exception when duplicate_object or unique_violation then null; end $$;"
            "alter role disposisi_test_neighbour connection limit 1;"
        )

    with house.fresh(server_url) as one, house.fresh(server_url) as other:
        with ThreadPoolExecutor(2) as starts:
            applied = starts.map(migrating.migrate, (one, other), [tmp_path] * 2)
            assert [len(names) for names in applied] == [29, 29]
        with psycopg.connect(server_url, autocommit=True) as connection:
            connection.execute("drop role disposisi_test_neighbour")


def test_an_owner_who_is_no_superuser_may_take_the_programs_roles(server_url, bare_url):
    given = conninfo_to_dict(bare_url)
    with psycopg.connect(server_url, autocommit=True) as admin:
        admin.execute("drop role if exists disposisi_test_owner")
        admin.execute("create role disposisi_test_owner login password 'owner'")
        change = sql.SQL("alter database {} owner to disposisi_test_owner")
        admin.execute(change.format(sql.Identifier(str(given["dbname"]))))
        with house.fresh(server_url) as other:
            migrating.migrate(other)  # so that the role is there
        ours = admin.execute(
            "select rolname from pg_roles"
            " where rolname ~ '^disposisi_' and not rolcanlogin"
        ).fetchall()
        for (role,) in ours:
            give = sql.SQL("grant {} to disposisi_test_owner")
            admin.execute(give.format(sql.Identifier(role)))
        url = make_conninfo(bare_url, user="disposisi_test_owner", password="owner")

        migrating.migrate(url)

        with psycopg.connect(url, options="-c role=disposisi_desk") as desk:
            assert desk.execute("select count(*) from register").fetchone() == (0,)
        with psycopg.connect(url, options="-c role=disposisi_accounts") as accounts:
            assert accounts.execute("select count(*) from accounts").fetchone() == (0,)
