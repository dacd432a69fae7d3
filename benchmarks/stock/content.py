"""What the stock bot asks and says, taken from our questionnaire and our texts."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from benchmarks.stock.payloads import payload
from bot.core import help as helplines
from bot.core import questionnaire
from bot.core.questionnaire import Question, Topic
from bot.core.route import FIXED
from bot.core.texts import Text, Texts

TOPICS_BEFORE, TOPICS_AFTER = ("first",), ("menu", "last")

# What an ordinary response says to a command: the key of the text in our domain.
RESPONSES = {
    "thanks": "utter_thanks",
    "frustration": "utter_frustration",
    "bot_challenge": "utter_bot",
    "out_of_scope": "utter_out_of_scope",
    "faq_benefit": "utter_faq_benefit",
    "ask_privacy": "utter_privacy",
    "ask_consequences": "utter_consequences",
    "ask_human": "utter_human",
    "ask_purpose": "utter_purpose",
    "explain_why": "utter_why_consent",
    "dont_understand": "utter_explain_consent",
    "ask_example": "utter_example_consent",
}
SENTENCES = {  # commands that need more than a response in our bot, and have none in a plain one
    "utter_asked_again": "Ik vraag het nog een keer.",
    "utter_a_while": "Het duurt ongeveer tien minuten.",
    "utter_on_your_page": "Dat kan straks, op uw pagina.",
    "utter_rephrase": "Dat begrijp ik niet. Kunt u het anders zeggen?",
}
SENTENCE_FOR = {
    "repeat": "utter_asked_again",
    "ask_duration": "utter_a_while",
    "go_back": "utter_on_your_page",
    "change_answer": "utter_on_your_page",
    "show_summary": "utter_on_your_page",
    "share_summary": "utter_on_your_page",
    "stop_sharing": "utter_on_your_page",
    "delete_data": "utter_on_your_page",
    "nlu_fallback": "utter_rephrase",
}
FOR_COMMANDS = {**{intent: f"utter_{intent}" for intent in RESPONSES}, **SENTENCE_FOR}

# The fixed moments of the talk: the name in the stock bot and the text of ours.
MOMENTS = {
    "utter_welcome": "utter_welcome",
    "utter_paused": "utter_paused",
    "utter_resumed": "utter_resumed",
    "utter_help": "utter_help_suicide",
    "utter_safe": "utter_safe_yes",
    "utter_shared": "utter_ask_numbers",
    "utter_ask_consent": "utter_ask_consent",
    "utter_ask_remember": "utter_ask_remember",
    "utter_ask_health_consent": "utter_ask_health_consent",
    "utter_ask_menu": "utter_ask_menu",
    "utter_ask_summary": "utter_ask_summary",
    "utter_ask_share": "utter_ask_share",
}
# What a reply with one of these texts asks, and what it tells beside.
MEANS = {
    "utter_paused": ("paused", "info"),
    "utter_help": ("safety", "help"),
    "utter_safe": ("safety", "help"),
    "utter_shared": ("numbers", "share"),
}
FIELDS: dict[str, str | int] = {"resume_code": "1234 5678 9012 3456", "end_date": "31 december", "minutes": 10}


class Content:
    """The questions in their order, and the responses by name."""

    def __init__(self) -> None:
        """Read our questionnaire and texts."""
        self.questionnaire = questionnaire.load()
        self._texts = Texts.load(helplines.load().placeholders())

    @cached_property
    def steps(self) -> list[dict[str, Any]]:
        """Every slot of the form, with its values and when it is asked."""
        return [
            *(_fixed("consent"), _fixed("remember")),
            *self._asked(*TOPICS_BEFORE),
            _fixed("menu"),
            *self._asked(*TOPICS_AFTER),
            *(_fixed("summary"), _fixed("share")),
        ]

    @cached_property
    def responses(self) -> dict[str, Text | str]:
        """All responses: ours with their buttons, and plain sentences."""
        asked = {f"utter_ask_{name}": f"utter_ask_{name}" for name in self.questionnaire.questions}
        said = {f"utter_{intent}": key for intent, key in RESPONSES.items()}
        ours = {name: self._text(key) for name, key in {**MOMENTS, **asked, **said}.items()}
        return {**ours, **SENTENCES}

    def meanings(self) -> dict[str, tuple[str, str]]:
        """By text: the question that it asks and what it tells, for who checks the replies."""
        asks = {f"utter_ask_{step['slot']}": (step["slot"], "") for step in self.steps}
        return {words(self.responses[name]): meaning for name, meaning in {**asks, **MEANS}.items()}

    def _asked(self, *offered: str) -> Iterator[dict[str, Any]]:
        for when in offered:
            for topic in self.questionnaire.offered(when):
                picked = topic.id if when == "menu" else None
                if topic.consent:
                    yield {**_fixed(topic.consent), "topic": picked}
                yield from (_question(topic, question, picked) for question in topic.questions)

    def _text(self, key: str) -> Text:
        return self._texts.get(key, **FIELDS)


def response(text: Text | str) -> Mapping[str, Any]:
    """A response as a Rasa domain holds it."""
    braced = words(text).replace("{", "{{").replace("}", "}}")
    if isinstance(text, str) or not text.choices:
        return {"text": braced}
    sends = [(choice.label, payload(choice.value)) for choice in text.choices]
    return {
        "text": braced,
        "buttons": [{"title": label, "payload": sent.replace("{", "{{").replace("}", "}}")} for label, sent in sends],
    }


def words(text: Text | str) -> str:
    """What a response says."""
    return text if isinstance(text, str) else text.text


def _fixed(step: str) -> dict[str, Any]:
    return {"slot": step, "open": False, "values": list(FIXED[step].values), "topic": None, "when": None}


def _question(topic: Topic, question: Question, picked: str | None) -> dict[str, Any]:
    when = question.when
    return {
        "slot": question.id,
        "open": True,
        "values": list(question.values),
        "topic": picked,
        "consent": topic.consent,
        "when": when and {"slot": when.question, "values": list(when.values), "own_words": when.own_words},
    }
