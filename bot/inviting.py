"""Invites somebody in WhatsApp by the name of their contact person; only who agreed to that."""

import re
from datetime import date

from bot.channels.whatsapp_templates import invite as invitation
from bot.core.errors import InvitationWrong
from bot.core.hours import AMSTERDAM
from bot.settings import Settings
from bot.store.clock import utc_now
from bot.store.phones import Sender
from bot.store.store import Store

NUMBER = re.compile(r"[1-9][0-9]{7,14}")  # ITU-T E.164: up to 15 digits, country code first
BETWEEN_DIGITS = str.maketrans("", "", " +().-")
LONGEST_NAME = 60  # characters; Meta takes 1024 in all


def invite(
    settings: Settings, store: Store, number: str, contact: str, day: str, agreed: str, reminder: bool = False
) -> None:
    """Keep an invitation to be sent, and note that the person agreed to it.

    Args:
        number: with country code; spaces, dashes and a plus do not matter.
        contact: the contact person as the person knows them.
        day: of the meeting, as 2026-12-31.
        agreed: how the person agreed: paper, phone, counter or web.
        reminder: whether it is the second message rather than the first.

    Raises:
        InvitationWrong: with what to change.
        DatabaseDown: nothing was kept.
    """
    if settings.whatsapp is None:
        raise InvitationWrong("WhatsApp is off: set WHATSAPP_VERIFY_TOKEN and the others first")
    meeting, name = _day(day), " ".join(contact.split())  # Meta refuses a line break or five spaces in a template
    digits = number.translate(BETWEEN_DIGITS)
    if not NUMBER.fullmatch(digits):
        raise InvitationWrong("the number needs its country code, such as 31612345678")
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise InvitationWrong(f"the contact person needs a name of at most {LONGEST_NAME} characters")
    template = settings.whatsapp.template_remind if reminder else settings.whatsapp.template_invite
    person = Sender(digits)
    if store.phones.wants_none(person) and agreed != "paper":
        raise InvitationWrong("this person asked for no more messages; only a new yes on paper changes that")
    store.phones.invited(person, agreed, utc_now())
    store.post.send([store.post.letter(person, invitation(template, name, meeting, settings.public_url))])


def _day(day: str) -> date:
    try:
        meeting = date.fromisoformat(day)
    except ValueError:
        raise InvitationWrong("the day must look like 2026-12-31") from None
    if meeting < utc_now().astimezone(AMSTERDAM).date():
        raise InvitationWrong("the day of the meeting is past")
    return meeting
