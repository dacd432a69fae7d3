"""Codes guessed at full speed, from many addresses at once, at two gateways on one database.

A share opens with one of a million codes. Its lock counts on the share itself, so more addresses or gateways give no
more guesses: 5 in a quarter of an hour and 25 in all. The resume code is one of 10^16.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from itertools import count
from typing import Any

import pytest

from bot.settings import PER_ADDRESS, Settings
from bot.store import masterkey
from bot.store.codes import RESUME_DIGITS, SHARE_DIGITS
from bot.store.store import Store
from bot.web.app import make_app
from bot.web.content import Content
from tests.attack.figures import tell
from tests.served import NO_LIMITS
from tests.store.builders import CHEAP, Clock, another_code
from tests.web.caller import Answer, Caller, Person
from tests.web.conftest import clock, content, one_clock
from tests.web.fakes import FakeEngine, FakeSense

pytestmark = pytest.mark.slow
__all__ = ["clock", "content", "one_clock"]
AT_ONCE = 60
Gateways = tuple[Caller, Caller]
ADDRESSES = count(1)


@pytest.fixture
async def gateways(aiohttp_client: Any, tmp_path: Any, content: Content, clock: Clock) -> AsyncIterator[Gateways]:
    """Two gateways, each with its own store, on the same databases."""
    settings = Settings.from_env({"DATA_DIR": str(tmp_path), "TRUSTED_PROXIES": "127.0.0.1", **NO_LIMITS})
    masterkey.create_for_first_try(settings.master_key_file)
    stores = [Store.open(settings, clock, CHEAP) for _ in range(2)]
    apps = [make_app(settings, one, FakeEngine(one, content, clock), FakeSense(), content, clock) for one in stores]
    yield Caller(await aiohttp_client(apps[0])), Caller(await aiohttp_client(apps[1]))
    for store in stores:
        store.close()


@pytest.fixture
async def sharer(gateways: Gateways) -> Person:
    """Somebody with something to share."""
    person = await gateways[0].begin()
    await person.tap("consent_yes", "remember_no", "good", "home")
    await person.call("PATCH", "/summary/topics/wellbeing", json={"shared": True})
    return person


@pytest.fixture
async def share(sharer: Person) -> Answer:
    """The page that this person shares."""
    return await sharer.call("POST", "/shares")


def elsewhere() -> dict[str, str]:
    """Headers of somebody at an address of their own."""
    return {"X-Forwarded-For": f"2001:db8:{next(ADDRESSES):x}::1"}


async def opens(gateway: Caller, share: Answer, code: str) -> Answer:
    path = f"/v1/shares/{share['shareId']}/open"
    return await gateway.call("POST", path, json={"code": code}, headers=elsewhere())


async def guesses(gateways: Gateways, share: Answer, tries: int = AT_ONCE) -> Counter[int]:
    """Wrong codes at once at both gateways, each from another address, and the statuses that come back."""
    wrong = another_code(share["code"])
    answers = await asyncio.gather(*(opens(gateways[n % 2], share, wrong) for n in range(tries)))
    return Counter(answer.status for answer in answers)


async def test_of_sixty_codes_at_once_five_are_tried(gateways: Gateways, share: Answer):
    assert await guesses(gateways, share) == {403: 5, 429: AT_ONCE - 5}


async def test_while_it_is_locked_even_the_right_code_is_refused(gateways: Gateways, share: Answer):
    await guesses(gateways, share)

    assert {(await opens(gateway, share, share["code"])).status for gateway in gateways} == {429}


async def test_a_quarter_of_an_hour_later_the_contact_person_gets_in(
    gateways: Gateways,
    share: Answer,
    clock: Clock,
):
    await guesses(gateways, share)
    clock.moves(minutes=15, seconds=1)

    assert (await opens(gateways[1], share, share["code"])).status == 200


async def test_a_share_takes_twenty_guesses_an_hour_and_25_in_all(
    gateways: Gateways,
    share: Answer,
    clock: Clock,
):
    tried = []
    for _ in range(8):
        tried.append((await guesses(gateways, share, 20))[403])
        clock.moves(minutes=15)

    assert (sum(tried[:4]), sum(tried)) == (20, 25)
    assert (await opens(gateways[0], share, share["code"])).status == 410
    tell("share codes", guesses_an_hour=sum(tried[:4]), guesses_in_all=sum(tried), codes=10**SHARE_DIGITS)


async def test_the_person_who_shared_is_told_and_never_locked_out(
    gateways: Gateways,
    sharer: Person,
    share: Answer,
    clock: Clock,
    content: Content,
):
    for _ in range(6):
        await guesses(gateways, share, 10)
        assert (await sharer.call("GET", "/summary")).status == 200
        clock.moves(minutes=15)

    assert (await sharer.call("GET", "/shares"))["shares"][0]["closedByWrongCodes"]
    assert content.texts.get("utter_share_guessed").text in (await sharer.reads()).texts
    assert (await sharer.call("POST", "/shares")).status == 201


async def test_who_guesses_resume_codes_waits_and_the_right_code_still_passes(gateways: Gateways, sharer: Person):
    mine = elsewhere()

    async def resumes(code: str) -> int:
        return (await gateways[0].call("POST", "/v1/conversations/resume", json={"code": code}, headers=mine)).status

    tried = [await resumes(f"{n:016}") for n in range(12)]

    assert tried == [404] * 10 + [429] * 2
    assert await resumes(sharer.code) == 200
    tell("resume codes", guesses_an_hour_an_address=PER_ADDRESS * 60, codes=10**RESUME_DIGITS)
