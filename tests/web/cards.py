"""Staff who make cards, for the tests."""

from datetime import timedelta
from typing import Any

from tests.served import STAFF_KEY
from tests.store.builders import NOON
from tests.web.caller import Answer, Caller, Person

KEY = STAFF_KEY
MEETING = (NOON + timedelta(days=17)).date()
ASKED = {
    "contactName": "Karin de Boer",
    "contactEmail": "k.de.boer@gemeente.example",
    "meetingAt": f"{MEETING}T10:30",
    "reference": "Z-2025/12.3",
}


async def invite(caller: Caller, key: str = KEY, **changes: Any) -> Answer:
    return await caller.call("POST", "/v1/invitations", key, json={**ASKED, **changes})


async def withdraw(caller: Caller, invitation_id: str) -> Answer:
    return await caller.call("DELETE", f"/v1/invitations/{invitation_id}", KEY)


async def with_card(caller: Caller, token: str) -> Answer:
    return await caller.call("POST", "/v1/conversations", json={"channel": "web", "invitation": token})


async def begun(caller: Caller, token: str) -> Person:
    """Somebody who came with a card and said yes."""
    person = Person(caller, await with_card(caller, token))
    await person.tap("consent_yes", "remember_no")
    return person
