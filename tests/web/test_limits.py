"""Who asks too much waits; who shares an address with many does not."""

from ipaddress import ip_network
from typing import Any

import pytest
from aiohttp.test_utils import make_mocked_request

from bot.core.errors import ResumeLocked
from bot.settings import Settings
from bot.web.app import make_app
from bot.web.errors import TooMany
from bot.web.limits import RESUME_STRIKES, Rate, Strikes, address_of
from tests.web.caller import Caller, Person
from tests.web.fakes import FakeEngine, FakeSense


class Seconds:
    """A clock in seconds that stands still."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


def test_a_minutes_worth_passes_at_once_and_then_no_more(seconds: Seconds):
    rate = Rate(60, seconds)
    for _ in range(60):
        rate.take("a")

    with pytest.raises(TooMany) as refused:
        rate.take("a")

    assert refused.value.retry_after == 1


def test_a_bucket_fills_again(seconds: Seconds):
    rate = Rate(2, seconds)
    rate.take("a")
    rate.take("a")
    seconds.now = 30

    rate.take("a")

    with pytest.raises(TooMany):
        rate.take("a")


def test_others_have_a_bucket_of_their_own(seconds: Seconds):
    rate = Rate(1, seconds)
    rate.take("a")

    rate.take("b")


def test_zero_turns_a_limit_off(seconds: Seconds):
    rate = Rate(0, seconds)

    for _ in range(10_000):
        rate.take("a")


def test_only_so_many_keys_are_remembered(seconds: Seconds, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("bot.web.limits.REMEMBERED", 3)
    rate = Rate(1, seconds)

    for key in "abcde":
        rate.take(key)

    assert list(rate._buckets) == ["c", "d", "e"]


def test_a_strike_is_forgotten_after_a_quarter_of_an_hour(seconds: Seconds):
    strikes = Strikes(RESUME_STRIKES, ResumeLocked, seconds)
    for _ in range(RESUME_STRIKES + 1):
        strikes.strike("a")
    with pytest.raises(ResumeLocked) as locked:
        strikes.check("a")

    seconds.now = locked.value.retry_after

    strikes.check("a")


PROXIES = (ip_network("10.0.0.0/8"),)


@pytest.mark.parametrize(
    ("remote", "claimed", "found"),
    [
        ("203.0.113.5", None, "203.0.113.5"),
        ("203.0.113.5", "198.51.100.1", "203.0.113.5"),  # a claim of somebody who is no proxy
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "1.2.3.4, 198.51.100.1", "198.51.100.1"),  # whatever stands before it is a claim too
        ("10.0.0.1", "198.51.100.1, 10.0.0.2", "198.51.100.1"),
        ("10.0.0.1", "nonsense", "unknown"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("2001:db8:1:2:3::4", None, "2001:db8:1:2::"),
        ("::ffff:203.0.113.5", None, "203.0.113.5"),
    ],
)
def test_the_address_is_the_last_that_is_no_trusted_proxy(remote: str, claimed: str | None, found: str):
    headers = {} if claimed is None else {"X-Forwarded-For": claimed}
    request = make_mocked_request("GET", "/", headers=headers).clone(remote=remote)

    assert address_of(request, PROXIES) == found


class TestALimitedGateway:
    """Six requests a minute from an address, four of a conversation."""

    @pytest.fixture
    async def caller(
        self, aiohttp_client: Any, settings: Settings, store: Any, content: Any, engine: FakeEngine
    ) -> Caller:
        env = {"DATA_DIR": str(settings.data_dir), "RATE_PER_ADDRESS": "6", "RATE_PER_CONVERSATION": "4"}
        return Caller(await aiohttp_client(make_app(Settings.from_env(env), store, engine, FakeSense(), content)))

    async def test_a_conversation_that_asks_too_much_waits(self, person: Person):
        for _ in range(4):
            assert (await person.reads()).status == 200

        refused = await person.reads()

        assert refused.status == 429
        assert int(refused.headers["Retry-After"]) > 0

    async def test_an_address_that_asks_too_much_waits(self, caller: Caller):
        for _ in range(6):
            assert (await caller.call("GET", "/v1/nothing")).status == 404

        assert (await caller.call("GET", "/v1/nothing")).status == 429

    async def test_pages_and_help_are_always_answered(self, caller: Caller):
        for _ in range(8):
            await caller.call("GET", "/v1/nothing")

        for path in ("/", "/hulp", "/health/live"):
            assert (await caller.call("GET", path)).status == 200
