"""The phone on the desk refuses what Meta refuses."""

from datetime import date

import pytest

from bot.channels.whatsapp_phone_errors import Refused
from bot.channels.whatsapp_phone_limits import check
from bot.channels.whatsapp_phone_templates import approved
from bot.channels.whatsapp_templates import go_on, invite
from tests.channels.desk.helpers import whatsapp_settings
from tests.channels.meta import Body

TO = {"messaging_product": "whatsapp", "recipient_type": "individual", "to": "31612345678"}
TEMPLATES = approved(whatsapp_settings())


def text(words: object = "Goed.", **more: object) -> Body:
    return {**TO, "type": "text", "text": {"body": words, "preview_url": False, **more}}


def buttons(*titles: str, words: str = "Kies.", ids: tuple[str, ...] = ()) -> Body:
    named = zip(ids or [str(number) for number in range(len(titles))], titles, strict=True)
    replies = [{"type": "reply", "reply": {"id": one, "title": title}} for one, title in named]
    action = {"buttons": replies}
    return {**TO, "type": "interactive", "interactive": {"type": "button", "body": {"text": words}, "action": action}}


def rows(number: int, words: str = "Kies.", button: str = "Kies", **first: str) -> Body:
    made = [{"id": str(one), "title": f"Rij {one}"} for one in range(number)]
    made[:1] = [{**row, **first} for row in made[:1]]
    action = {"button": button, "sections": [{"title": "Antwoorden", "rows": made}]}
    return {**TO, "type": "interactive", "interactive": {"type": "list", "body": {"text": words}, "action": action}}


def template(name: str = "voorgesprek_uitnodiging", gaps: int = 3, language: str = "nl", words: str = "x") -> Body:
    body = {"type": "body", "parameters": [{"type": "text", "text": words}] * gaps}
    return {**TO, "type": "template", "template": {"name": name, "language": {"code": language}, "components": [body]}}


FITS = {
    "a text of 4096": text("a" * 4096),
    "to a user id": {**{key: value for key, value in text().items() if key != "to"}, "recipient": "NL.1"},
    "three buttons of 20": buttons("a" * 20, "b" * 20, "c" * 20, words="a" * 1024, ids=("a" * 256, "b", "c")),
    "ten rows": rows(10, "a" * 1024, "b" * 20, id="i" * 200, title="t" * 24, description="d" * 72),
    "an invitation": template(),
    "ours: invite": {**TO, **invite("voorgesprek_uitnodiging", "mevrouw De Vries", date(2027, 5, 3), "https://x.nl")},
    "ours: go on": {**TO, **go_on(whatsapp_settings())},
}
BROKEN = {
    "not an object": (["text"], 100),
    "another product": ({**text(), "messaging_product": "sms"}, 100),
    "no address": ({**text(), "to": ""}, 100),
    "a number as address": ({**text(), "to": 31612345678}, 100),
    "a group": ({**text(), "recipient_type": "group"}, 131009),
    "another kind": ({**TO, "type": "poll", "poll": {}}, 131051),
    "a kind without its object": ({**TO, "type": "text"}, 131008),
    "an unknown field": ({**text(), "colour": "red"}, 100),
    "an unknown field of a text": (text(colour="red"), 100),
    "a text of 4097": (text("a" * 4097), 131009),
    "an empty text": (text(""), 131008),
    "a text of spaces": (text("  \n"), 131009),
    "a text that is a number": (text(12), 131009),
    "a preview in words": (text(preview_url="false"), 131009),
    "no buttons": (buttons(), 131009),
    "four buttons": (buttons("a", "b", "c", "d"), 131009),
    "a title of 21": (buttons("a" * 21), 131009),
    "an empty title": (buttons(""), 131008),
    "the same title twice": (buttons("Ja", "Ja"), 131009),
    "the same id twice": (buttons("Ja", "Nee", ids=("a", "a")), 131009),
    "a button id of 257": (buttons("Ja", ids=("a" * 257,)), 131009),
    "buttons under 1025": (buttons("Ja", words="a" * 1025), 131009),
    "no rows": (rows(0), 131009),
    "eleven rows": (rows(11), 131009),
    "a list under 1025": (rows(1, "a" * 1025), 131009),
    "a list's button of 21": (rows(1, button="a" * 21), 131009),
    "a row id of 201": (rows(1, id="a" * 201), 131009),
    "the same row id twice": (rows(2, id="1"), 131009),
    "a row title of 25": (rows(1, title="a" * 25), 131009),
    "a row description of 73": (rows(1, description="a" * 73), 131009),
    "an unknown field of a row": (rows(1, colour="red"), 100),
    "a template of another": (template("uitverkoop"), 132001),
    "a template in another language": (template(language="en"), 132001),
    "a gap left open": (template(gaps=2), 132000),
    "lines in a gap": (template(words="a\nb"), 132018),
    "an empty gap": (template(words=""), 131008),
}


@pytest.mark.parametrize("body", FITS.values(), ids=FITS)
def test_what_is_at_the_limit_passes(body: Body):
    check(body, TEMPLATES)


@pytest.mark.parametrize(("body", "code"), BROKEN.values(), ids=BROKEN)
def test_what_is_beyond_it_is_refused_with_metas_code(body: Body, code: int):
    with pytest.raises(Refused) as refused:
        check(body, TEMPLATES)

    assert refused.value.code == code


def test_eleven_rows_in_two_sections_are_too_many():
    body = rows(6)
    sections = body["interactive"]["action"]["sections"]
    sections.append({"title": "Meer", "rows": [{"id": f"more{one}", "title": f"Meer {one}"} for one in range(5)]})

    with pytest.raises(Refused, match="10"):
        check(body, TEMPLATES)
