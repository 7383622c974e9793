"""A history tells by what means each official had proved who he was."""

import csv
import io
import time
from collections.abc import Iterator

import psycopg
import pytest

from application.office.proofs import Proof
from tests import house, mint, oidc_provider
from tests.interfaces.http import forms
from tests.interfaces.http.signing import let_in, sign_in, with_session
from tests.mint import Mint
from tests.open_counter import Caller, OpenCounter, open_counter

WHO = "bo-agendaris"


@pytest.fixture(scope="module")
def callers(
    server_url: str, template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[OpenCounter, dict[Proof, Caller]]]:
    """Give a counter, and the same official with a token of every kind."""
    with (
        oidc_provider.provider() as provider,
        house.fresh(server_url, of=template) as url,
    ):
        signing = Mint(
            provider.url, "disposisi", int(time.time()), mint.ed25519(), "EdDSA"
        )
        provider.publish(signing.public)
        environ = {
            "DISPOSISI_OIDC_ISSUER": provider.url,
            "DISPOSISI_OIDC_AUDIENCE": signing.audience,
        }
        data = tmp_path_factory.mktemp("data")
        with open_counter(url, data, environ=environ) as counter:
            let_in(counter, WHO)
            browser = with_session(counter, WHO)
            taken = browser.post("/v1/session/token").json()["access_token"]
            given = sign_in(counter, WHO).json()["access_token"]
            yield (
                counter,
                {
                    Proof.OPERATOR_TOKEN: counter[WHO],
                    Proof.PASSWORD: counter.bearing(given),
                    Proof.SESSION: counter.bearing(taken),
                    Proof.PROVIDER_TOKEN: counter.bearing(signing.good(WHO)),
                },
            )


def test_what_was_recorded_tells_by_what_means_its_official_proved_himself(callers):
    counter, by = callers
    head = counter["bo-kepala"]
    for proof, caller in by.items():
        received = caller.post("/v1/cases", forms.letter())
        assert received.status_code == 201, received.text
        path = f"/v1/cases/{received.json()['case']}/history"
        (item,) = head.get(path).json()["items"]
        assert item["by"]["official"] == WHO
        assert item["by"]["proof"] == proof
        (row,) = csv.DictReader(io.StringIO(head.get(path, format="csv").text))
        assert row["proof"] == proof


def test_what_was_recorded_before_there_was_such_a_word_is_told_without(callers):
    counter, by = callers
    received = by[Proof.SESSION].post("/v1/cases", forms.letter()).json()
    # As an older release wrote it.
    with psycopg.connect(counter.database_url, autocommit=True) as owner:
        owner.execute("alter table register disable trigger all")
        owner.execute(
            "update register set metadata = (metadata::jsonb - 'proof')::json"
            " where originator_id = %s",
            [received["case"]],
        )
        owner.execute("alter table register enable trigger all")
    path = f"/v1/cases/{received['case']}/history"
    (item,) = counter["bo-kepala"].get(path).json()["items"]
    assert item["by"]["official"] == WHO
    assert "proof" not in item["by"]
    told = counter["bo-kepala"].post(
        f"/v1/cases/{received['case']}/disposition", forms.disposition("bo-analis"), 1
    )
    assert told.status_code == 200, told.text
