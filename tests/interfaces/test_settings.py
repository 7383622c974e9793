"""Settings come from variables, and a wrong one is named."""

import pytest

from interfaces.settings import CHECKOUT, Settings
from interfaces.trouble import OperatorError


def test_without_variables_the_data_lie_in_the_checkout():
    settings = Settings.read({})
    assert settings.data_path == CHECKOUT / "data"
    assert settings.port == 8000
    assert settings.database_url is None


def test_each_variable_is_read():
    settings = Settings.read({
        "DATABASE_URL": "postgresql://server/register",
        "DISPOSISI_DATA": "/srv/data",
        "DISPOSISI_PORT": "9000",
        "DISPOSISI_PG_BIN": "/usr/lib/postgresql/15/bin",
        "SOMETHING_ELSE": "1",
    })  # fmt: skip
    assert settings == Settings(
        database_url="postgresql://server/register",
        data="/srv/data",
        port=9000,
        pg_bin="/usr/lib/postgresql/15/bin",
    )


def test_an_empty_variable_is_not_set():
    assert Settings.read({"DATABASE_URL": "", "DISPOSISI_PORT": ""}) == Settings()


@pytest.mark.parametrize("port", ["eighty", "-1", "65536", "80.5"])
def test_a_port_that_is_none_is_named(port):
    with pytest.raises(OperatorError) as trouble:
        Settings.read({"DISPOSISI_PORT": port})
    assert "DISPOSISI_PORT" in trouble.value.indonesian
    assert trouble.value.code == 2


def test_an_address_of_no_postgresql_is_named_and_not_repeated():
    with pytest.raises(OperatorError) as trouble:
        Settings.read({"DATABASE_URL": "mysql://root:rahasia@server/register"})
    assert "DATABASE_URL" in trouble.value.indonesian
    assert "rahasia" not in trouble.value.indonesian + trouble.value.english
    assert trouble.value.code == 2


def test_children_are_told_the_same_settings():
    settings = Settings(data="/srv/data", port=0).with_database("postgresql://x/y")
    assert Settings.read(settings.environment()) == settings
