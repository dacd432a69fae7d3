"""Texts, questions, slots, actions and class paths are joined by strings: each must find its other half."""

import importlib
import re
from pathlib import Path

import pytest
import yaml

from bot.core import help as helplines
from bot.core import questionnaire, texts
from bot.core.route import FIXED
from bot.core.texts import placeholders
from tests.talking import ROUTE, TEXTS

ROOT = Path(__file__).parent.parent.parent
DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text("utf-8"))
QUESTIONS = questionnaire.load().questions
# Filled by the action that says the text.
FIELDS = {
    "utter_duration": {"answered", "of"},
    "utter_paused": {"resume_code", "end_date"},
    "utter_invitation_joined": {"contact", "day", "time"},
    "utter_whatsapp_link": {"link"},
    "utter_whatsapp_code": {"site"},
    "utter_whatsapp_one": {"choice"},
    "utter_share_read": {"reader"},
    "utter_share_read_line": {"reader", "line"},
    **{key: {"words"} for key in TEXTS if key.startswith(("utter_page_question_", "utter_page_opener_"))},
}
INVITED = {"contact_name"}  # of every text in other words, where sharing sends the contact person an e-mail
SAID_BY_RASA = re.compile(r"\butter_\w+")


def _sources() -> str:
    files = [*ROOT.glob("bot/**/*.py"), *ROOT.glob("actions/*.py"), *ROOT.glob("data/rules/*.yml")]
    return "\n".join(path.read_text("utf-8") for path in [*files, *ROOT.glob("bot/content/*.yml")])


def _named() -> set[str]:
    return set(SAID_BY_RASA.findall(_sources())) - {"utter_ask_", "utter_action", "utter_message", "utter_explain_"}


def _asked() -> set[str]:
    """The form finds these by the name of the step: utter_ask_<step>, which is Rasa's own rule."""
    return {"utter_ask_" + step for step in [*QUESTIONS, *FIXED]}


def test_every_text_that_is_named_exists():
    assert {key for key in _named() | _asked() if key not in TEXTS} == set()


def test_every_text_is_used():
    assert set(TEXTS) - _named() - _asked() == set()


@pytest.mark.parametrize("channel", ["web", "whatsapp"])
def test_other_words_for_who_is_invited_have_the_same_buttons_and_are_no_twin(channel):
    said = TEXTS.on(channel)
    for key, invited in texts.INVITED.items():
        assert said.raw(invited).choices == said.raw(key).choices, key
        assert said.raw(invited).text != said.raw(key).text


def test_the_scan_sees_something():
    assert {"utter_welcome", "utter_explain_health_hard", "utter_help_suicide"} <= _named()


def test_no_text_has_a_second_variation_or_a_twin():
    for key, variants in DOMAIN["responses"].items():
        channels = [variant.get("channel") for variant in variants]
        assert channels in ([None], [None, "whatsapp"]), key


@pytest.mark.parametrize("channel", ["web", "whatsapp"])
def test_a_text_asks_only_for_facts_that_somebody_gives(channel):
    facts, said = set(helplines.load().placeholders()), TEXTS.on(channel)
    for key in said:
        given = INVITED if key in texts.INVITED.values() else FIELDS.get(key, set())
        assert set(placeholders(said.raw(key).text)) <= facts | given, key


def test_a_text_for_whatsapp_has_the_buttons_of_the_other_one():
    said = TEXTS.on("whatsapp")

    assert [key for key in TEXTS if said.raw(key).choices != TEXTS.raw(key).choices] == []


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=lambda q: q.id)
def test_every_question_can_be_answered_by_its_buttons_alone(question):
    asked = TEXTS.raw("utter_ask_" + question.id)

    assert tuple(choice.value for choice in asked.choices) == question.values
    assert set(asked.lines) == set(question.values)
    assert all(asked.lines.values())
    assert asked.label


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=lambda q: q.id)
def test_every_question_has_its_own_explanation_reason_and_example(question):
    told = [TEXTS.raw(key).text for key in (question.explain, question.why, question.example)]

    assert len(set(told)) == 3
    assert all(told)
    assert question.example.startswith("utter_example_" + question.id)


def test_no_two_questions_share_an_explanation():
    told = [TEXTS.raw(q.explain).text for q in QUESTIONS.values()]

    assert len(set(told)) == len(told)


@pytest.mark.parametrize("step", FIXED.values(), ids=lambda step: step.id)
def test_every_fixed_step_offers_only_values_it_takes_or_that_lead_on(step):
    from bot.core.choices import is_known

    for choice in TEXTS.raw("utter_ask_" + step.id).choices:
        assert choice.value in step.values or is_known(choice.value, ROUTE.questionnaire), choice


def test_domain_has_a_slot_for_every_step_and_fact_and_no_other():
    facts = set(helplines.load().placeholders())
    steps = {*QUESTIONS, *FIXED} - {"paused", "doubt", "health_words"}
    flags = {"said", "erasing", "paused", "doubt", "health_words", "menu_screen", "cursor", "missed", "leaves_out"}
    flags |= {"met", "earlier"}

    assert set(DOMAIN["slots"]) == facts | steps | flags


def test_no_slot_influences_the_dialogue_rules():
    assert all(slot["influence_conversation"] is False for slot in DOMAIN["slots"].values())


def test_domain_lists_exactly_the_actions_that_exist():
    from rasa_sdk.executor import ActionExecutor

    executor = ActionExecutor()
    executor.register_package("actions")

    assert set(executor.actions) == set(DOMAIN["actions"])


def test_the_form_lets_every_command_through_and_keeps_answers():
    intents = {next(iter(intent)) for intent in DOMAIN["intents"]}

    assert set(DOMAIN["forms"]["talk_form"]["ignored_intents"]) == intents - {"answer", "affirm", "deny"}


def test_every_command_has_a_rule():
    rules = "\n".join(path.read_text("utf-8") for path in ROOT.glob("data/rules/*.yml"))

    for intent in DOMAIN["forms"]["talk_form"]["ignored_intents"]:
        assert f"intent: {intent}\n" in rules, intent


def test_every_intent_has_training_sentences():
    data = [yaml.safe_load(path.read_text("utf-8")) for path in ROOT.glob("data/nlu/*.yml")]

    assert {item["intent"] for group in data for item in group["nlu"]} == {next(iter(i)) for i in DOMAIN["intents"]}


@pytest.mark.slow
def test_every_class_that_the_configuration_names_can_be_imported():
    config = yaml.safe_load((ROOT / "config.yml").read_text("utf-8"))
    own = [part["name"] for part in config["pipeline"] if part["name"].startswith("bot.")]

    assert own
    for path in own:
        module, name = path.rsplit(".", 1)
        assert hasattr(importlib.import_module(module), name), path
