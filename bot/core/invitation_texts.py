"""What a card, a letter and a message say about a meeting, from `content/invitation.yml`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.core.invitations import Invited, address_of
from bot.core.moments import day_in_words, time_in_words

FILE = Path(__file__).parent.parent / "content" / "invitation.yml"


@dataclass(frozen=True)
class CardText:
    """Every line of a card, filled in.

    Args:
        contact, day, time: with whom and when.
        intro: the word before the contact person's name.
        sentences: what taking part means.
        scan, site_intro, site: how to begin; `site` is the short address, in letters.
        human, call, hours: how to reach a human instead.
        url: what the QR code says; it holds the token.
    """

    municipality: str
    title: str
    intro: str
    contact: str
    day: str
    time: str
    prepare: str
    sentences: tuple[str, ...]
    scan: str
    site_intro: str
    site: str
    human: str
    call: str
    hours: str
    url: str = field(repr=False)


@dataclass(frozen=True)
class Texts:
    """The texts of one invitation.

    Args:
        message: for WhatsApp; its link holds the token.
    """

    card: CardText
    letter: str
    message: str = field(repr=False)


def texts(invited: Invited, token: str, site: str, facts: Mapping[str, Any]) -> Texts:
    """The texts of an invitation.

    Args:
        token: of its card.
        site: the address where people reach the bot.
        facts: the municipality's, as `Help.placeholders` gives them.
    """
    url = address_of(site, token)
    fields = {
        "contact": invited.contact_name,
        "day": day_in_words(invited.meeting_at),
        "time": time_in_words(invited.meeting_at),
        "site": site.partition("://")[2],
        "url": url,
        **{name: facts[f"municipality_{name}"] for name in ("phone", "hours")},
        "municipality": facts["municipality_name"],
    }
    words = _words()
    return Texts(_card(words["card"], fields), words["letter"].format_map(fields), words["whatsapp"].format_map(fields))


def _card(words: Mapping[str, Any], fields: Mapping[str, str]) -> CardText:
    name = fields["municipality"]
    lines = {key: line.format_map(fields) for key, line in words.items() if isinstance(line, str)}
    return CardText(
        municipality=name[:1].upper() + name[1:],  # at the top it begins with a capital, as on our pages
        title=lines["title"],
        intro=lines["contact"],
        contact=fields["contact"],
        day=fields["day"],
        time=lines["time"],
        prepare=lines["prepare"],
        sentences=tuple(words["sentences"]),
        scan=lines["scan"],
        site_intro=lines["site"],
        site=fields["site"],
        human=lines["human"],
        call=lines["call"],
        hours=lines["hours"],
        url=fields["url"],
    )


@cache
def _words() -> Any:
    return yaml.load(FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
