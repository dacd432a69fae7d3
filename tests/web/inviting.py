"""Somebody whose talk was begun from a card, and their contact person."""

from typing import Any

from bot.core.terms import Ends
from bot.store.store import Store
from bot.store.values import Change
from tests.store.builders import NOON
from tests.web.caller import Answer, Caller, Person

INVITATION = {
    "invitationId": "i1",
    "contactName": "Sanne de Wit",
    "contactEmail": "s.dewit@gemeente.example",
    "meetingAt": "2025-11-10T10:00:00+01:00",
    "reference": "Z-2025-12",
    "openingCode": "482913",
}


def record_of(store: Store, person: Person) -> dict[str, Any]:
    """The person's record as it is on disk."""
    return store.load(person.id, store.unlock(person.id, person.token)).record


def invite(store: Store, person: Person, **other: Any) -> None:
    """Put an invitation in the person's record, as a card does."""
    key = store.unlock(person.id, person.token)
    stored = store.load(person.id, key)
    record = {**stored.record, "invitation": {**INVITATION, **other}}
    store.commit(Change(person.id, key, stored.version, record, Ends(NOON.replace(month=12))))


async def tells(person: Person) -> Person:
    """Three answers: one that goes along by itself (none here), one that was let along, one that was not."""
    await person.type("Ik was vaak moe.")
    await person.tap("home")
    await person.call("PATCH", "/summary/lines/wellbeing_week", json={"shared": True})
    return person


async def opens(caller: Caller, share: Answer | dict[str, Any], deed: str = "open", **body: Any) -> Answer:
    """The contact person calls with link and code."""
    sent = {"code": share["code"], **body}
    return await caller.call("POST", f"/v1/shares/{share['shareId']}/{deed}", json=sent)


async def shares_of(person: Person) -> list[dict[str, Any]]:
    """What the person sees of the shared pages."""
    listed: list[dict[str, Any]] = (await person.call("GET", "/shares"))["shares"]
    return listed


def words_of(page: Answer) -> list[str]:
    """The lines of an opened page."""
    return [line["text"] for section in page["sections"] for line in section["lines"]]
