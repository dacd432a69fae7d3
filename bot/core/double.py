"""A command and a question in one message: "sla maar over, maar waarom wil je dat weten" skips and tells why."""

from collections.abc import Iterable

from bot.core.meaning import Ranking
from bot.core.route import Step

COMMANDS = {"skip", "pause", "back", "show_summary"}
COMMAND_SURE, QUESTION_SURE = 0.7, 0.5  # how sure each part must be; chosen on data/development/doubles.jsonl
# What is asked, and the text that answers it before the command is carried out.
TEXTS = {
    "ask_privacy": "utter_privacy",
    "ask_consequences": "utter_consequences",
    "ask_purpose": "utter_purpose",
    "ask_duration": "utter_duration",
    "bot_challenge": "utter_bot",
    "faq_benefit": "utter_faq_benefit",
}
OF_THE_MOMENT = ("explain_why", "ask_human")  # answered by the step that waits, and by the hour
ANSWERED_BY_THE_COMMAND = ("dont_understand", "ask_example", "frustration")  # who leaves the question needs no more
QUESTIONS = {*TEXTS, *OF_THE_MOMENT, *ANSWERED_BY_THE_COMMAND}


def double(rankings: Iterable[Ranking]) -> tuple[str, str] | None:
    """The command and the question in a message's parts; None when they do not hold both.

    Args:
        rankings: for each part its intents with their chances between 0 and 1, best first.
    """
    best = [ranking[0] for ranking in rankings if ranking]
    command = next((name for name, sure in best if name in COMMANDS and sure >= COMMAND_SURE), None)
    question = next((name for name, sure in best if name in QUESTIONS and sure >= QUESTION_SURE), None)
    return (command, question) if command and question else None


def answers(question: str, step: Step, is_open: bool) -> tuple[str, ...]:
    """The keys of the texts that answer the question beside a command.

    Args:
        question: an intent out of `QUESTIONS`.
        step: the step that waits.
        is_open: whether the municipality answers its telephone now.
    """
    text = {**TEXTS, "explain_why": step.why, "ask_human": human(is_open)}.get(question)
    return (text,) if text else ()


def human(is_open: bool) -> str:
    """The text that says whom to call.

    Args:
        is_open: whether the municipality answers its telephone now.
    """
    return "utter_human" if is_open else "utter_human_closed"
