"""The whole circle once, by taps: staff invite, a person prepares and shares, and what was read comes back."""

import json
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bot.core.terms import Ends
from bot.settings import Settings
from bot.store.store import Store
from bot.store.values import Change
from tests.browser.conftest import Visit
from tests.browser.pages import DESK, Contact, Talk
from tests.browser.spool import mailed
from tests.browser.test_cards import ASKED, fill
from tests.oidc.provider import NAME

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WISH, BACK = "Ik wil eerst rust in mijn hoofd.", "Dank u. Ik begin met uw wens."
Axe = Callable[[Page], list[str]]


def invited(desk: Page, site: str) -> tuple[str, str]:
    """Staff make a card: the token on it, and the code that the contact person keeps."""
    desk.goto(f"{site}/medewerker/uitnodigen")
    fill(desk)
    expect(desk.locator("#card .vg-invite__contact")).to_have_text(ASKED["contactName"])
    code = desk.locator("#opening-code").inner_text()
    return desk.locator("#whatsapp").input_value().partition("uitnodiging=")[2].split()[0], code


def let_the_meeting_pass(talk: Talk, folder: Path) -> None:
    kept = json.loads(talk.kept() or "")
    with closing(Store.open(Settings.from_env({"DATA_DIR": str(folder)}))) as store:
        key, now = store.unlock(kept["id"], kept["token"]), datetime.now(UTC)
        stored = store.load(kept["id"], key)
        held = now - timedelta(hours=1)
        card = {**stored.record["invitation"], "meetingAt": held.isoformat()}
        record = {**stored.record, "invitation": card, "meeting": held.date().isoformat()}
        store.commit(Change(kept["id"], key, stored.version, record, Ends(now + timedelta(days=7))))


def test_from_the_card_to_the_look_back(visit: Visit, municipality: str, folder: Path, axe: Axe):
    desk = visit(DESK, bypass_csp=True)
    token, code = invited(desk, municipality)
    assert axe(desk) == []

    talk = Talk(visit(bypass_csp=True), municipality).open(f"/#uitnodiging={token}")
    expect(talk.messages.nth(1)).to_contain_text(f"Uw gesprek is met {ASKED['contactName']}.")
    talk.begin().until("goals_first").say(WISH).until("share").choose("share_yes")
    expect(talk.page.locator("#messages")).to_contain_text(f"Ik stuur {ASKED['contactName']} een e-mail.")
    assert axe(talk.page) == []

    contact = Contact(visit(DESK, bypass_csp=True))
    contact.page.goto(mailed(folder))
    contact.page.get_by_role("link", name="Inloggen bij de gemeente").click()
    contact.give(code)
    expect(contact.sheet).to_contain_text(ASKED["reference"])
    expect(contact.wish).to_have_text(f"“{WISH}”")
    assert axe(contact.page) == []
    contact.tell_read(BACK)

    talk.choose("numbers_no")
    expect(talk.page.locator("#messages")).to_contain_text(f"{NAME} heeft uw pagina gelezen.")
    expect(talk.page.locator("#messages")).to_contain_text(BACK)

    let_the_meeting_pass(talk, folder)
    talk.page.reload()
    expect(talk.messages.last).to_contain_text("Is besproken wat u wilde?")
    assert talk.choose("partly").question == "after_step"
    talk.choose("yes")
    expect(talk.my_page().page.locator("#sections")).to_contain_text("Het was een goede stap voor mij.")
    assert axe(talk.page) == []
