"""The whole journey with a phone: begun in WhatsApp, sensitive questions on our own page, shared, read by the contact.

The phone is the one on the desk, beside a bot that is served as `make start` serves it.
"""

import json
import os
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.pages import PHONE, Contact, Talk
from tests.channels.meta import SETTINGS
from tests.served import ROOT, free_port, served

pytestmark = [pytest.mark.slow, pytest.mark.browser]

LINK = re.compile(r"https?://\S+/#link=[\w-]+")
PATIENCE = 30  # seconds for a reply


class Handset:
    """A phone on the desk, driven by its API."""

    def __init__(self, desk: str) -> None:
        self.desk = desk
        self.name = self._call("POST", "/api/phones", {"name": "Karin"})["address"]

    def type(self, words: str) -> Self:
        return self._send({"kind": "text", "text": words})

    def tap(self, title: str) -> Self:
        return self._send({"kind": "tap", "title": title})

    @property
    def received(self) -> list[dict[str, Any]]:
        return [one for one in self._call("GET", self._address)["chat"] if one["from"] == "bot"]

    @property
    def last(self) -> str:
        return self.received[-1]["text"]

    @property
    def link(self) -> str:
        return LINK.search(self.last).group()

    def wait_for(self, count: int) -> Self:
        end = time.monotonic() + PATIENCE
        while len(self.received) < count:
            assert time.monotonic() < end, f"{len(self.received)} messages, not {count}"
            time.sleep(0.05)
        return self

    @property
    def _address(self) -> str:
        return f"/api/phones/{quote(self.name)}"

    def _send(self, said: dict[str, Any]) -> Self:
        before = len(self.received)
        self._call("POST", f"{self._address}/messages", said)
        return self.wait_for(before + 1)

    def _call(self, method: str, path: str, body: Any = None) -> Any:
        data = json.dumps(body).encode() if body is not None else None
        headers = {"Content-Type": "application/json"}
        with urllib.request.urlopen(urllib.request.Request(self.desk + path, data, headers, method=method)) as answer:
            return json.load(answer)


@pytest.fixture(scope="module")
def desk_and_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The addresses of a desk and of a bot that know each other."""
    folder, port, public = tmp_path_factory.mktemp("whatsapp"), free_port(), free_port()
    desk, site = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{public}"
    settings = {**SETTINGS, "WHATSAPP_GRAPH_URL": desk, "PUBLIC_URL": site}
    with _desk(folder, port, settings), served(folder, PORT=str(public), **settings):
        yield desk, site


class _desk:
    """A desk in a process of its own."""

    def __init__(self, folder: Path, port: int, settings: dict[str, str]) -> None:
        self.folder, self.port, self.settings = folder, port, settings

    def __enter__(self) -> None:
        command = [sys.executable, "-m", "bot.cli", "whatsapp-phone", "--port", str(self.port)]
        env = os.environ | self.settings | {"DATA_DIR": str(self.folder)}
        with (self.folder / "desk.log").open("w") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log)

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        assert self.process.wait(20) == 0


@pytest.fixture
def karin(desk_and_site: tuple[str, str]) -> Handset:
    return Handset(desk_and_site[0])


@pytest.fixture
def page(visit: Visit) -> Page:
    return visit(PHONE, bypass_csp=True)  # axe writes styles


def opened(page: Page, site: str, link: str) -> Talk:
    """Our own page, after a tap on the link's button."""
    page.goto(link)
    expect(page.get_by_role("button", name="Verder met uw gesprek")).to_be_visible()
    page.get_by_role("button", name="Verder met uw gesprek").click()
    expect(page.locator("#choices button").first).to_be_visible()
    return Talk(page, site)


def to_the_summary(karin: Handset) -> Handset:
    """From the first wish to the page that is ready, always the first answer."""
    for _ in range(20):
        if "U kunt nu uw pagina lezen." in karin.last:
            return karin
        karin.type("1")
    raise AssertionError(f"no page within 20 turns, at {karin.last}")


def test_the_whole_journey_with_a_phone(karin: Handset, page: Page, visit: Visit, desk_and_site: tuple[str, str], axe):
    site = desk_and_site[1]
    karin.type("hallo").tap("Ja, bewaren").tap("Nee, niet onthouden")
    talk = opened(page, site, karin.link)
    assert talk.question == "wellbeing_week"
    talk.choose("good")
    before = len(karin.received)
    talk.press("Verder in WhatsApp")
    expect(page.get_by_role("heading", name="U gaat verder in WhatsApp")).to_be_visible()
    assert axe(page) == []
    assert talk.kept() is None
    karin.wait_for(before + 1)
    assert "Wat ging deze week goed?" in karin.last
    karin.tap("Slapen").tap("Geen onderwerp")
    to_the_summary(karin).type("1")
    assert "Wilt u uw pagina delen?" in karin.last
    karin.type("1")
    talk = opened(page, site, karin.link)
    code = page.locator("#share-place [data-slot=code]").inner_text()
    url = page.locator("#share-place [data-slot=url]").inner_text()
    assert code.replace(" ", "") not in "".join(one["text"] for one in karin.received)
    expect(Contact(visit()).open(url, code).sheet).to_contain_text("Ik wil dat mijn gezondheid eerst beter wordt.")


def test_a_preview_of_a_link_does_not_spend_it(
    karin: Handset, page: Page, visit: Visit, desk_and_site: tuple[str, str]
):
    karin.type("hallo").tap("Ja, bewaren").tap("Nee, niet onthouden")
    visit().goto(karin.link)  # as whoever makes a preview does

    assert opened(page, desk_and_site[1], karin.link).question == "wellbeing_week"


def test_a_link_that_was_used_says_what_to_do(karin: Handset, page: Page, visit: Visit, desk_and_site: tuple[str, str]):
    karin.type("hallo").tap("Ja, bewaren").tap("Nee, niet onthouden")
    opened(visit(PHONE), desk_and_site[1], karin.link)
    page.goto(karin.link)
    page.get_by_role("button", name="Verder met uw gesprek").click()

    expect(page.get_by_text("Typ in WhatsApp: nieuwe link")).to_be_visible()


def test_the_own_code_of_a_phone_stands_on_our_own_page(karin: Handset, page: Page, desk_and_site: tuple[str, str]):
    karin.type("hallo").tap("Ja, bewaren").tap("Nee, niet onthouden").type("stop")
    opened(page, desk_and_site[1], karin.link)

    digits = page.locator("#own-code-digits")
    expect(digits).to_have_text(re.compile(r"\d{4} \d{4} \d{4} \d{4}"))
    assert digits.inner_text() not in karin.last


def test_a_talk_of_our_own_page_goes_on_with_a_phone(karin: Handset, page: Page, desk_and_site: tuple[str, str], axe):
    talk = Talk(page, desk_and_site[1]).open().begin().choose("good")
    talk.page.locator("#to-phone").click()
    expect(page.locator("#move-code")).to_be_visible()
    assert axe(page) == []
    karin.type(page.locator("#move-code").inner_text())

    assert "Wat ging deze week goed?" in karin.last
