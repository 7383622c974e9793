"""Nobody may ask without end; who waits as long as he is told is heard again."""

from datetime import timedelta
from types import SimpleNamespace
from typing import cast

import pytest
from litestar.types import Scope

from application.office.account_errors import SignInFailedError, SignInPausedError
from interfaces.http import bounds, rate_limits
from interfaces.http.problems import RequestFaultError
from interfaces.http.rate_limits import INTAKE, STATUS, Buckets, Rate, RateLimits
from interfaces.http.route_actions import ROUTES
from tests.interfaces.http import forms
from tests.open_counter import open_counter


@pytest.fixture
def time():
    """Give a clock in seconds, to be moved."""
    return SimpleNamespace(seconds=1_000.0)


@pytest.fixture
def buckets(time):
    """Give buckets of three that fill by one in two seconds, of which ten are kept."""
    return Buckets(Rate(burst=3, per_second=0.5), lambda: time.seconds, kept=10)


def test_a_bucket_holds_its_burst_and_fills_again(buckets, time):
    assert [buckets.wait("a") for _ in range(4)] == [0, 0, 0, 2]
    time.seconds += 1
    assert buckets.wait("a") == 1
    time.seconds += 1
    assert buckets.wait("a") == 0
    assert buckets.wait("a") == 2
    time.seconds += 1_000
    assert [buckets.wait("a") for _ in range(4)] == [0, 0, 0, 2]


def test_who_is_refused_is_not_made_to_wait_longer(buckets, time):
    for _ in range(50):
        buckets.wait("a")
    time.seconds += 2
    assert buckets.wait("a") == 0


def test_one_does_not_empty_anothers(buckets):
    for _ in range(4):
        buckets.wait("a")
    assert buckets.wait("b") == 0


def test_memory_stays_bounded_and_the_longest_unused_goes(buckets):
    for _ in range(4):
        buckets.wait("busy")
    for n in range(9):
        buckets.wait(f"n{n}")
        buckets.wait("busy")
    for n in range(100):
        buckets.wait(f"m{n}")
        assert buckets.wait("busy") > 0
        assert len(buckets) <= 10


def scope(client: tuple[str, int] | None) -> Scope:
    return cast("Scope", {"client": client})


@pytest.mark.parametrize(
    ("one", "other", "are_one"),
    [
        ("10.1.2.3", "10.1.2.3", True),
        ("10.1.2.3", "10.1.2.4", False),
        ("::ffff:10.1.2.3", "10.1.2.3", True),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("fe80::1%eth0", "fe80::2%eth0", True),
        ("testclient", "testclient", True),
    ],
)
def test_an_address_is_told_by_the_connection(one, other, are_one):
    told = [rate_limits.address(scope((each, 1))) for each in (one, other)]
    assert (told[0] == told[1]) == are_one
    assert rate_limits.address(scope(None)) == ""


def fails(limit, refusal=None):
    """Try with a wrong password, or with what else the doorkeeper answers."""
    refusal = refusal or SignInFailedError()
    with pytest.raises(type(refusal)), limit:
        raise refusal


def is_limited(limit):
    with pytest.raises(RequestFaultError) as refused, limit:
        pytest.fail("it was let through")
    assert refused.value.code == "rate-limited"
    return refused.value.headers["Retry-After"]


def test_a_guesser_is_stopped_by_account_and_by_address(time):
    limits = RateLimits(lambda: time.seconds)
    for n in range(rate_limits.SIGN_IN_ACCOUNT.burst):
        fails(limits.sign_in(scope((f"10.0.0.{n}", 1)), "kabiro"))
    assert is_limited(limits.sign_in(scope(("10.0.1.1", 1)), "kabiro")) == "30"
    fails(limits.sign_in(scope(("10.0.1.1", 1)), "sekretaris"))
    for n in range(rate_limits.SIGN_IN_ADDRESS.burst):
        fails(limits.sign_in(scope(("10.0.2.1", 1)), f"account-{n}"))
    is_limited(limits.sign_in(scope(("10.0.2.1", 1)), "one-more"))


def test_what_was_right_or_not_looked_at_takes_nothing_of_the_accounts(time):
    limits = RateLimits(lambda: time.seconds)
    for n in range(3 * rate_limits.SIGN_IN_ACCOUNT.burst):
        by = scope((f"10.0.0.{n}", 1))
        fails(limits.sign_in(by, "kabiro"), SignInPausedError(timedelta(seconds=9)))
        with limits.sign_in(by, "kabiro"):
            pass


def test_strangers_take_nothing_of_who_gives_his_password_again(time):
    limits = RateLimits(lambda: time.seconds)
    for n in range(rate_limits.SIGN_IN_ADDRESS.burst):
        fails(limits.sign_in(scope(("10.0.0.1", 1)), f"a{n}"))
    for n in range(rate_limits.SIGN_IN_ACCOUNT.burst):
        fails(limits.sign_in(scope((f"10.0.1.{n}", 1)), "kabiro"))
    # But whoever has his session, and tries, is stopped as well.
    for _ in range(rate_limits.SIGN_IN_ACCOUNT.burst):
        fails(limits.password_again("kabiro"))
    assert is_limited(limits.password_again("kabiro")) == "30"


def test_a_clerk_may_file_two_hundred_at_once(time):
    limits = RateLimits(lambda: time.seconds)
    for _ in range(200):
        limits.must_allow_intake("bo-agendaris")


@pytest.fixture
def strict(database_url, tmp_path, monkeypatch: pytest.MonkeyPatch):
    """Give an open counter with limits that a test reaches."""
    monkeypatch.setattr(rate_limits, "STATUS", Rate(burst=3, per_second=0.1))
    monkeypatch.setattr(rate_limits, "INTAKE", Rate(burst=2, per_second=0.1))
    with open_counter(database_url, tmp_path) as opened:
        yield opened


def test_who_walks_through_the_numbers_is_stopped(strict):
    for n in range(3):
        assert strict.stranger.get(f"/status/BO-2026-{n:05}").status_code == 404
    for sent in (
        strict.stranger.get("/status/BO-2026-00009"),
        strict.stranger.send(
            "GET", "/status/BO-2026-00009", headers={"x-forwarded-for": "10.9.9.9"}
        ),
        strict.stranger.send(
            "GET", "/status/BO-2026-00009", headers={"forwarded": "for=10.9.9.9"}
        ),
    ):
        assert sent.status_code == 429
        assert sent.json()["code"] == "rate-limited"
        assert 1 <= int(sent.headers["retry-after"]) <= 10
        assert sent.headers["x-content-type-options"] == "nosniff"
    assert strict.stranger.get("/health/live").status_code == 200
    assert strict["bo-kepala"].get("/v1/agencies").status_code == 200


def test_intake_is_limited_by_official(strict):
    clerk = strict["bo-agendaris"]
    for _ in range(2):
        assert clerk.post("/v1/cases", forms.letter()).status_code == 201
    refused = clerk.post("/v1/cases", forms.letter())
    assert refused.status_code == 429
    assert refused.headers["retry-after"]
    assert (
        strict["bppd-agendaris"]
        .post("/v1/cases", forms.letter(agency="bppd"))
        .status_code
        == 201
    )
    assert clerk.get("/v1/cases").status_code == 200


def test_every_operation_that_files_something_is_limited():
    assert set(ROUTES) >= bounds.LIMITED
    assert INTAKE.burst >= 200
    assert STATUS.burst >= 60


def test_control_with_its_usual_limits_the_same_walk_is_not_stopped(counter):
    for n in range(6):
        answer = counter.stranger.get(f"/status/BO-1999-{n:05}")
        assert answer.status_code == 404
