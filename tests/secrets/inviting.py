"""Secrets of staff and of the cards that they make."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.secrets.bot import Bot
from tests.secrets.canaries import Canaries
from tests.secrets.person import Person
from tests.served import STAFF_KEY

MEETING = (datetime.now(UTC) + timedelta(days=9)).strftime("%Y-%m-%dT%H:%MZ")
DOOR = "/v1/invitations"


def invited(bot: Bot, key: str = STAFF_KEY, **changes: str) -> Any:
    """An invitation, or what was wrong with it."""
    asked = {"contactName": "Karin", "contactEmail": "k@gemeente.example", "meetingAt": MEETING, "reference": "Z-1"}
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {key}"}
    return bot.send("POST", DOOR, {**asked, **changes}, headers, own=True).json


def contact_name(bot: Bot, word: str) -> None:
    person = Person(bot, invited(bot, contactName=word)["token"]).taps("consent_yes", "remember_no")
    assert word in str(person.call("GET").json["invitation"])


def contact_name_before_a_yes(bot: Bot, word: str) -> None:
    person = Person(bot, invited(bot, contactName=word)["token"])
    assert word in str(person.call("GET").json)


def contact_address(bot: Bot, word: str) -> None:
    Person(bot, invited(bot, contactEmail=f"{word.replace('ë', '.')}@example.nl")["token"]).taps("consent_yes")


def contact_address_that_is_none(bot: Bot, word: str) -> None:
    assert invited(bot, contactEmail=f"k@gemeente.nl\nBcc: {word}")["status"] == 400


def case_mark(bot: Bot, word: str) -> None:
    Person(bot, invited(bot, reference=word.replace("ë", "-")[:30])["token"]).taps("consent_yes")


def case_mark_that_tells_who(bot: Bot, word: str) -> None:
    assert invited(bot, reference=f"J.{word}")["status"] == 400


def staff_key_that_is_wrong(bot: Bot, word: str) -> None:
    assert invited(bot, key=word.replace("ë", "-"))["status"] == 401


def card_of_nobody(bot: Bot, word: str) -> None:
    assert bot.send("POST", "/v1/conversations", {"channel": "web", "invitation": word}).status == 404


def joined_later(bot: Bot, word: str) -> None:
    person = Person(bot).taps("consent_yes", "remember_no")
    assert person.call("PATCH", "", {"invitation": invited(bot, contactName=word)["token"]}).status == 200


def list_with_faults(bot: Bot, word: str) -> None:
    file = bot.folder / "tmp" / "list.csv"
    file.write_text(f"contactName,contactEmail,meetingAt,reference\n{word},{word},{word},{word}\n", "utf-8")
    done = bot.runs("invite", "--csv", str(file), "--out", str(bot.folder / "tmp" / "cards"))
    file.unlink()
    assert (done.returncode, b"line 2, contactEmail" in done.stderr) == (1, True)


INVITING = (
    contact_name,
    contact_name_before_a_yes,
    contact_address,
    contact_address_that_is_none,
    case_mark,
    case_mark_that_tells_who,
    staff_key_that_is_wrong,
    card_of_nobody,
    joined_later,
)


def plant_keys(bot: Bot, secrets: Canaries) -> None:
    """What opens a card, and what opens what is shared with its contact person."""
    made = invited(bot)
    Person(bot, made["token"]).taps("consent_yes", "remember_no")
    secrets.number("staff key", STAFF_KEY)
    secrets.number("token of a card", made["token"])
