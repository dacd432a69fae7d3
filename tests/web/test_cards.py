"""A talk that came from a card: it knows whose meeting it is, and nothing is spent before the first yes."""

import pytest

from tests.store.builders import Clock
from tests.web.caller import Caller, Person
from tests.web.cards import MEETING, begun, invite, with_card, withdraw
from tests.web.test_openapi import check

START = "POST /v1/conversations"
PATCH = "PATCH /v1/conversations/{conversationId}"
WHOSE = "Uw gesprek is met Karin de Boer.\nHet is op donderdag 20 november om 10.30 uur."


@pytest.fixture
async def token(caller: Caller) -> str:
    return (await invite(caller))["token"]


def problem(answer) -> str:
    return answer["type"].rpartition(":")[2]


async def join(person: Person, token: str):
    return await person.call("PATCH", json={"invitation": token})


async def test_after_the_welcome_it_says_with_whom_and_when(caller: Caller, token: str, says):
    answer = await with_card(caller, token)

    check(START, answer)
    assert answer.texts == [says("utter_welcome"), WHOSE, says("utter_ask_consent")]
    assert answer["invitation"] == {"contactName": "Karin de Boer", "meetingAt": "2025-11-20T10:30+01:00"}
    assert answer["meeting"] == MEETING.isoformat()


async def test_a_whole_address_is_read_as_its_token(caller: Caller, token: str):
    assert (await with_card(caller, f"https://voorgesprek.example/#uitnodiging={token}")).status == 201


async def test_the_card_stays_with_the_talk_and_its_day_ends_it(caller: Caller, token: str):
    person = await begun(caller, token)
    state = await person.reads()

    check("GET /v1/conversations/{conversationId}", state)
    assert state["invitation"]["contactName"] == "Karin de Boer"
    assert state["meeting"] == MEETING.isoformat()
    assert state["endsAt"].startswith("2025-12-04")


async def test_a_reload_before_the_yes_burns_nothing(caller: Caller, token: str):
    first = Person(caller, await with_card(caller, token))
    assert WHOSE in (await first.reads()).texts
    second = await begun(caller, token)

    assert (await second.reads())["invitation"]


async def test_saying_no_burns_nothing(caller: Caller, token: str):
    person = Person(caller, await with_card(caller, token))
    await person.tap("consent_no")

    assert (await with_card(caller, token)).status == 201


async def test_a_card_used_twice_says_what_to_do(caller: Caller, token: str):
    await begun(caller, token)
    answer = await with_card(caller, token)

    check(START, answer)
    assert (answer.status, problem(answer), answer["title"]) == (409, "InvitationUsed", "Deze kaart is al gebruikt")
    assert "eigen code" in answer["detail"]


async def test_erasing_the_talk_frees_the_card(caller: Caller, token: str):
    person = await begun(caller, token)
    await person.call("DELETE")

    assert (await with_card(caller, token)).status == 201


async def test_a_card_taken_back_says_so(caller: Caller):
    made = await invite(caller)
    await withdraw(caller, made["invitationId"])
    answer = await with_card(caller, made["token"])

    assert (answer.status, problem(answer)) == (410, "InvitationWithdrawn")


async def test_a_card_whose_day_is_over_says_so(caller: Caller, token: str, clock: Clock):
    clock.moves(days=18)
    answer = await with_card(caller, token)

    assert (answer.status, problem(answer)) == (410, "InvitationPast")


@pytest.mark.parametrize("token", ["x", "x\x00", "\ud83d", "x" * 5000, "#uitnodiging=x"])
async def test_a_card_that_never_was_says_so(caller: Caller, token: str):
    answer = await with_card(caller, token)

    assert (answer.status, problem(answer)) == (404, "InvitationUnknown")


@pytest.mark.parametrize("token", ["", 5, ["x"], {"x": 1}])
async def test_a_card_is_text(caller: Caller, token: object):
    answer = await with_card(caller, token)

    assert (answer.status, answer.fields) == (400, ["invitation"])


async def test_of_two_people_with_one_card_the_second_yes_goes_on_without_it(caller: Caller, token: str, says):
    first, second = [Person(caller, await with_card(caller, token)) for _ in range(2)]
    await first.tap("consent_yes")

    answer = await second.tap("consent_yes")

    assert answer.texts[0] == says("utter_invitation_lost")
    assert "invitation" not in answer.body
    assert answer["meeting"] is None
    assert "invitation" not in (await second.tap("remember_no")).body
    assert (await first.reads())["invitation"]


async def test_a_card_taken_back_before_the_yes_is_told_and_the_talk_goes_on(caller: Caller, says):
    made = await invite(caller)
    person = Person(caller, await with_card(caller, made["token"]))
    await withdraw(caller, made["invitationId"])

    answer = await person.tap("consent_yes")

    assert answer.texts[0] == says("utter_invitation_lost")
    assert answer["question"]["id"] == "remember"


async def test_a_card_taken_back_later_leaves_the_talk_alone(caller: Caller):
    made = await invite(caller)
    person = await begun(caller, made["token"])
    await withdraw(caller, made["invitationId"])

    assert (await person.tap("good"))["invitation"]


async def test_a_running_talk_joins_a_card_and_is_told_whose_meeting_it_is(caller: Caller, talker: Person, token: str):
    answer = await join(talker, token)

    check(PATCH, answer)
    assert answer.texts == [WHOSE]
    assert (await talker.reads())["invitation"]["contactName"] == "Karin de Boer"
    assert problem(await with_card(caller, token)) == "InvitationUsed"


async def test_joining_the_same_card_again_says_nothing_new(talker: Person, token: str):
    await join(talker, token)

    assert (await join(talker, token)).texts == []


async def test_before_the_yes_a_card_joins_too_and_is_taken_at_the_yes(caller: Caller, person: Person, token: str):
    await join(person, token)
    assert (await with_card(caller, token)).status == 201

    await person.tap("consent_yes", "remember_no")

    assert (await person.reads())["meeting"] == MEETING.isoformat()
    assert problem(await with_card(caller, token)) == "InvitationUsed"


async def test_when_the_contact_person_leaves_a_new_card_takes_over(caller: Caller, token: str):
    person = await begun(caller, token)
    new = await invite(caller, contactName="Ali Demir", meetingAt="2025-11-25T09:00")

    state = await join(person, new["token"])

    assert state["invitation"] == {"contactName": "Ali Demir", "meetingAt": "2025-11-25T09:00+01:00"}
    assert state["meeting"] == "2025-11-25"


async def test_with_two_contact_persons_the_last_card_counts_and_earlier_pages_stay(caller: Caller, token: str):
    person = await begun(caller, token)
    await person.tap("good")
    await person.call("PATCH", "/summary/topics/wellbeing", json={"shared": True})
    share = (await person.call("POST", "/shares")).body
    await join(person, (await invite(caller, contactName="Ali Demir"))["token"])

    opened = await caller.call("POST", f"/v1/shares/{share['shareId']}/open", json={"code": share["code"]})
    back = await join(person, token)

    assert opened.status == 200
    assert back["invitation"]["contactName"] == "Karin de Boer"


async def test_another_talks_card_cannot_be_joined(caller: Caller, talker: Person, token: str):
    await begun(caller, token)
    answer = await join(talker, token)

    check(PATCH, answer)
    assert (answer.status, problem(answer)) == (409, "InvitationUsed")
    assert "invitation" not in (await talker.reads()).body


async def test_a_meeting_after_the_talk_ends_is_said_in_plain_words(caller: Caller, talker: Person, clock: Clock):
    clock.moves(days=20)
    later = await invite(caller, meetingAt="2026-01-25T10:00")
    answer = await join(talker, later["token"])

    assert (answer.status, problem(answer)) == (409, "InvitationTooLate")


async def test_a_card_and_a_day_in_one_call_is_one_too_many(talker: Person, token: str):
    answer = await talker.call("PATCH", json={"invitation": token, "meeting": "2025-11-25"})

    assert (answer.status, answer.fields) == (400, ["invitation"])


async def test_the_answer_holds_neither_the_code_nor_the_address_of_the_contact_person(caller: Caller):
    made = await invite(caller)
    person = await begun(caller, made["token"])
    told = str([person.created.body, (await person.reads()).body])

    for secret in (made["openingCode"], "gemeente.example", "Z-2025", made["invitationId"], made["token"]):
        assert secret not in told
