"""The description of the API is true: every route stands in it, and real answers keep to it."""

import re
from typing import Any

import jsonschema
import pytest

from bot.web.api.openapi import described_here
from bot.web.routes import ID, TALK_ID, routes
from tests.store.builders import another_code
from tests.web.caller import Answer, Caller, Person
from tests.web.fakes import FakeEngine
from tests.web.inviting import opens

DOCUMENT = described_here()
API = ("/v1", "/health")


def served() -> set[tuple[str, str]]:
    found = {(route.method.lower(), route.path.replace(f":{TALK_ID}", "").replace(f":{ID}", "")) for route in routes()}
    return {(method, path) for method, path in found if path.startswith(API)}


def described() -> set[tuple[str, str]]:
    methods = {"get", "post", "patch", "delete"}
    return {(method, path) for path, item in DOCUMENT["paths"].items() for method in item if method in methods}


def check(operation: str, answer: Answer) -> None:
    """The answer is one that the description allows."""
    jsonschema.validate(answer.body, _schema(operation, answer), resolver=jsonschema.RefResolver("", DOCUMENT))


def _schema(operation: str, answer: Answer) -> Any:
    method, _, path = operation.partition(" ")
    responses = DOCUMENT["paths"][path][method.lower()]["responses"]
    found = responses[str(answer.status)]
    if "$ref" in found:
        found = DOCUMENT["components"]["responses"][found["$ref"].rpartition("/")[2]]
    return found["content"][answer.headers["Content-Type"].partition(";")[0]]["schema"]


def test_every_route_is_described_and_every_description_is_served():
    assert served() == described()


def test_the_scan_sees_something():
    assert ("post", "/v1/conversations") in served()


def test_every_reference_leads_somewhere():
    for reference in re.findall(r"'#/([^']+)'", str(DOCUMENT)):
        found: Any = DOCUMENT
        for part in reference.split("/"):
            found = found[part]


async def test_the_description_is_served_with_its_own_address(caller: Caller):
    answer = await caller.call("GET", "/v1/openapi.json")

    assert answer["servers"] == [{"url": "https://voorgesprek.example"}]
    assert answer["openapi"].startswith("3.1")


TALK = "/v1/conversations/{conversationId}"


async def test_a_talk_keeps_to_the_description(person: Person, engine: FakeEngine):
    check("POST /v1/conversations", person.created)
    for body in (
        {"choice": "consent_yes"},
        {"choice": "remember_yes"},
        {"text": "Ik was moe."},
        {"text": "ik wil dood"},
    ):
        check(f"POST {TALK}/messages", await person.say(**body))
    check(f"GET {TALK}", await person.reads())
    engine.is_down = True
    await person.tap("continue", "keep_no")
    check(f"POST {TALK}/messages", await person.tap("good"))
    check(
        "POST /v1/conversations/resume",
        await person.caller.call("POST", "/v1/conversations/resume", json={"code": person.code}),
    )


async def test_a_page_and_its_share_keep_to_the_description(talker: Person, caller: Caller):
    await talker.type("Ik was moe.")
    check(f"GET {TALK}/summary", await talker.call("GET", "/summary"))
    topic = await talker.call("PATCH", "/summary/topics/wellbeing", json={"shared": True})
    check(f"PATCH {TALK}/summary/topics/{{topic}}", topic)
    line = await talker.call("PATCH", "/summary/lines/wellbeing_week", json={"text": "Ik was erg moe."})
    check(f"PATCH {TALK}/summary/lines/{{lineId}}", line)
    share = await talker.call("POST", "/shares")
    check(f"POST {TALK}/shares", share)
    for code in (another_code(share["code"]), share["code"]):
        opened = await caller.call("POST", f"/v1/shares/{share['shareId']}/open", json={"code": code})
        check("POST /v1/shares/{shareId}/open", opened)
    check(f"POST {TALK}/shares", await talker.call("POST", "/shares", json={"lines": ["nothing"]}))
    assert (await opens(caller, share, "read", name="Sanne", line="Dank u.")).status == 204
    check(f"GET {TALK}", await talker.reads())
    check(f"GET {TALK}/shares", await talker.call("GET", "/shares"))


@pytest.mark.parametrize("body", [{}, {"text": 1, "messageId": 2}])
async def test_problems_keep_to_the_description(person: Person, body: dict[str, Any]):
    check(f"POST {TALK}/messages", await person.say(**body))


@pytest.mark.parametrize("path", ["/health", "/health/live", "/v1/openapi.json"])
async def test_what_is_open_to_all_keeps_to_the_description(caller: Caller, path: str):
    check(f"GET {path}", await caller.call("GET", path))


async def test_bad_health_keeps_to_the_description(caller: Caller, engine: FakeEngine):
    engine.is_down = True

    check("GET /health", await caller.call("GET", "/health"))
