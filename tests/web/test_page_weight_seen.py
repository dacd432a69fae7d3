"""The weight of the chat page as a phone takes it in: a real Chromium at the running server."""

import shutil
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from playwright.sync_api import BrowserContext, sync_playwright

from benchmarks.phone_page import SCREEN, Visit, visit
from tests.browser.conftest import QUIET
from tests.served import site  # noqa: F401  # a fixture

pytestmark = [pytest.mark.browser, pytest.mark.slow]
MOST = 60_000  # bytes, headers included
BEGIN, ON = "POST /v1/conversations", "GET /v1/conversations/"


@dataclass(frozen=True)
class Seen:
    """What a phone saw.

    Args:
        first, again: the first visit, and the second.
        without_chat: what is asked of the API when `chat.js` never comes.
        calls, reloaded: what is asked of it at a visit, and when that page is loaded anew.
    """

    first: Visit
    again: Visit
    without_chat: list[str]
    calls: list[str]
    reloaded: list[str]


@pytest.fixture(scope="module")
def seen(site: str) -> Seen:  # noqa: F811  # the fixture above
    """In a thread of its own: the browser of tests/browser may still be open, and a thread bears one of Playwright."""
    with ThreadPoolExecutor(1) as own:
        return own.submit(look, site).result()


def look(site: str) -> Seen:  # noqa: F811
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        phone = browser.new_context(viewport=SCREEN, locale="nl-NL", has_touch=True, is_mobile=True)
        visits = visit(phone, site), visit(phone, site)
        (without_chat,) = calls_of(phone, site, blocked="**/chat.js")
        return Seen(*visits, without_chat, *calls_of(phone, site, times=2))


def calls_of(phone: BrowserContext, site: str, blocked: str = "", times: int = 1) -> list[list[str]]:  # noqa: F811
    """What a tab asks of the API, each time that it loads the page."""
    loads: list[list[str]] = []
    page = phone.new_page()
    page.on("request", lambda request: loads[-1].append(f"{request.method} {request.url.removeprefix(site)}"))
    if blocked:
        page.route(blocked, lambda route: route.abort())
    for _ in range(times):
        loads.append([])
        page.goto(site)
        page.wait_for_load_state("networkidle")
    return [[call for call in load if " /v1/" in call] for load in loads]


def test_the_chat_page_weighs_less_than_60_kb_in_total(seen: Seen):
    wire = seen.first.wire

    assert {"page", "styles", "scripts", "pictures", "talk"} <= wire.by_kind.keys()
    assert 0 < wire.total < MOST, f"{wire.total:,} bytes came: {wire.by_kind}"


def test_only_what_the_talk_says_comes_unpacked(seen: Seen):
    assert {address for address in seen.first.wire.plain if "/v1/" not in address} == set()


def test_the_second_time_only_the_page_and_the_talk_come(seen: Seen):
    by_kind = seen.again.wire.by_kind

    assert {kind for kind, size in by_kind.items() if size} == {"page", "talk"}, by_kind


def test_nothing_is_asked_of_another_host(seen: Seen, site: str):  # noqa: F811
    assert seen.first.wire.hosts | seen.again.wire.hosts == {site.removeprefix("http://")}


def test_the_page_names_every_script_so_that_none_waits_for_another(seen: Seen, site: str):  # noqa: F811
    scripts = {address for address, kind in seen.first.wire.kinds.items() if kind == "scripts"}
    page = urllib.request.urlopen(site).read().decode()

    assert len(scripts) > 10
    assert [one for one in scripts if one.removeprefix(site) not in page] == []


def test_the_talk_is_asked_for_before_the_last_script_is_there(seen: Seen):
    assert seen.without_chat == [BEGIN]


def test_the_talk_is_asked_for_once(seen: Seen):
    (again,) = seen.reloaded  # the tab knows its talk

    assert seen.calls == [BEGIN]
    assert again.startswith(ON)
