"""The templates as Meta keeps them: the words of docs/whatsapp.md, filled as the channel fills them."""

from datetime import date
from pathlib import Path

import pytest

from bot.channels.whatsapp_phone_limits import check
from bot.channels.whatsapp_phone_templates import Template, approved
from bot.channels.whatsapp_templates import go_on, invite
from bot.inviting import invite as invitation
from bot.settings import Settings
from bot.store.store import Store
from tests.channels import meta
from tests.channels.desk.helpers import whatsapp_settings

GUIDE = Path(__file__).parents[3] / "docs" / "whatsapp.md"
SETTINGS = whatsapp_settings()
TEMPLATES = approved(SETTINGS)


def test_an_invitation_is_shown_with_its_gaps_filled():
    sent = invite(SETTINGS.template_invite, "mevrouw De Vries", date(2027, 5, 3), "https://x.nl")["template"]

    words, buttons = TEMPLATES[sent["name"]].fill(sent["components"])

    assert "namens mevrouw De Vries, uw contactpersoon.\nOp maandag 3 mei hebt u een gesprek.\n" in words
    assert "Via de site https://x.nl " in words
    assert buttons == []


def test_the_button_of_a_template_brings_what_the_channel_gave_it():
    sent = go_on(SETTINGS)["template"]

    _, buttons = TEMPLATES[sent["name"]].fill(sent["components"])

    assert buttons == [{"id": "go_on", "title": "Verder"}]


@pytest.mark.parametrize(("name", "template"), TEMPLATES.items(), ids=TEMPLATES)
def test_the_guide_has_every_template_word_for_word(name: str, template: Template):
    lines = "".join(f"    {line}\n" for line in template.words.splitlines())
    _, found, after = GUIDE.read_text("utf-8").partition(f"**`{name}`**")

    assert found
    assert after.partition("**`")[0].count(lines) == 1


def test_no_template_tells_why_somebody_has_a_meeting():
    words = " ".join(one.words for one in TEMPLATES.values()).lower()

    assert not [word for word in ("uitkering", "bijstand", "geld", "schuld", "ziek") if word in words]


def test_a_contact_person_written_with_many_spaces_fits_the_template(store: Store):
    settings, number = Settings.from_env(meta.SETTINGS), "31655555555"

    invitation(settings, store, number, " mevrouw     De\tVries ", "2099-12-31", "paper")
    [letter] = [one for one in store.post.due() if one.body["to"][0] == number]
    store.post.drop(letter)

    check({"messaging_product": "whatsapp", "to": number, **letter.body["body"]}, TEMPLATES)
