"""How a conversation begins in Rasa's own shell."""

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.session import ActionBegin, ActionSessionStart

TRACKER = Tracker("x", {}, {"intent": {"name": "greet"}}, [], False, None, {}, "")


def test_development_says_that_there_is_no_gateway_in_front():
    said = CollectingDispatcher()
    ActionSessionStart().run(said, TRACKER, {})

    assert [message["response"] for message in said.messages] == ["utter_development"]


def test_the_texts_get_their_names_and_numbers():
    events = ActionSessionStart().run(CollectingDispatcher(), TRACKER, {})

    assert "municipality_phone" in {event.get("name") for event in events}


def test_first_words_that_are_no_greeting_are_welcomed_too():
    said = CollectingDispatcher()

    assert ActionBegin().run(said, TRACKER, {})[0]["name"] == "talk_form"
    assert said.messages[0]["response"] == "utter_welcome"
