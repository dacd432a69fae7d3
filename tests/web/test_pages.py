"""The pages for people, as far as the gateway makes them."""

from datetime import datetime, timedelta

import pytest
from yarl import URL

from tests.store.builders import Clock
from tests.web.caller import Caller, Person
from tests.web.fakes import FakeEngine


@pytest.mark.parametrize(
    "path", ["/", "/embed", "/s/abc", "/hulp", "/weg", "/gesprek-aanvragen", "/medewerker/uitnodigen"]
)
async def test_every_page_is_dutch_html_of_this_municipality(caller: Caller, path: str):
    page = await caller.call("GET", path)

    assert page.status == 200
    assert page.headers["Content-Type"].startswith("text/html")
    assert '<html lang="nl"' in page.body
    assert "emeente Voorbeeld" in page.body


@pytest.mark.parametrize(
    "path", ["/", "/embed", "/s/abc", "/hulp", "/weg", "/gesprek-aanvragen", "/medewerker/uitnodigen", "/nothing"]
)
async def test_no_page_has_a_script_or_style_of_its_own(caller: Caller, path: str):
    page = (await caller.call("GET", path, headers={"Accept": "text/html"})).body

    assert "<style" not in page
    assert " style=" not in page
    assert " onclick=" not in page
    assert "<script>" not in page


async def test_the_help_page_has_numbers_without_script_or_engine(caller: Caller, engine: FakeEngine):
    engine.is_down = True

    page = (await caller.call("GET", "/hulp")).body

    assert 'href="tel:112"' in page
    assert 'href="tel:113"' in page
    assert "<script" not in page


async def test_the_page_and_the_talk_ask_for_sharing_in_the_same_words(caller: Caller, content):
    page = (await caller.call("GET", "/")).body

    first = content.texts.get("utter_ask_share").text.splitlines()[1]
    assert first in page


@pytest.mark.parametrize("path", ["/s/INDIFFERENT", "/hulp/INDIFFERENT", "/embed?INDIFFERENT"])
async def test_a_page_repeats_nothing_of_its_address(caller: Caller, path: str):
    page = await caller.call("GET", path, headers={"Accept": "text/html"})

    assert "<h1" in page.body
    assert "INDIFFERENT" not in page.body


async def test_a_shared_page_does_not_tell_whether_it_exists(caller: Caller, talker: Person):
    await talker.tap("good")
    await talker.call("PATCH", "/summary/topics/wellbeing", json={"shared": True})
    made = (await talker.call("POST", "/shares"))["shareId"]

    one, other = [await caller.call("GET", f"/s/{share_id}") for share_id in (made, "never-made")]

    assert (one.status, one.body) == (200, other.body)


@pytest.mark.parametrize("path", ["/embed.js", "/static/embed.js", "/static/chat.js"])
async def test_scripts_are_served_as_scripts(caller: Caller, path: str):
    script = await caller.call("GET", path)

    assert script.status == 200
    assert "javascript" in script.headers["Content-Type"]
    assert script.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


@pytest.mark.parametrize(
    "path", ["/static/../routes.py", "/static/%2e%2e/routes.py", "/static//etc/passwd", "/static/..%2froutes.py"]
)
async def test_nothing_outside_the_folder_is_served(caller: Caller, path: str):
    assert (await caller.call("GET", URL(path, encoded=True))).status == 404


async def test_who_finds_a_hole_is_told_where_to_report_it(caller: Caller):
    answer = await caller.call("GET", "/.well-known/security.txt")

    fields = dict(line.split(": ", 1) for line in answer.body.splitlines())
    assert fields["Contact"] == "mailto:security@voorbeeld.nl"
    assert timedelta(0) < datetime.fromisoformat(fields["Expires"]) - Clock().now < timedelta(days=365)
    assert fields["Canonical"].startswith("https://voorgesprek.example/.well-known/")
