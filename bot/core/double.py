"""A command and a question in one message: "sla maar over, maar waarom wil je dat weten" skips and tells why."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from bot.core.route import Step

Ranking = Sequence[tuple[str, float]]
COMMANDS = {"skip", "pause", "back", "show_summary"}
COMMAND_SURE, QUESTION_SURE = 0.7, 0.5  # how sure each part must be; chosen on data/development/doubles.jsonl
# What is asked, and the text that answers it before the command is carried out; None: the command says enough.
ANSWERS: Mapping[str, Callable[[Step, bool], str] | None] = {
    "explain_why": lambda step, is_open: step.why,
    "ask_privacy": lambda step, is_open: "utter_privacy",
    "ask_consequences": lambda step, is_open: "utter_consequences",
    "ask_purpose": lambda step, is_open: "utter_purpose",
    "ask_human": lambda step, is_open: human(is_open),
    "ask_duration": lambda step, is_open: "utter_duration",
    "bot_challenge": lambda step, is_open: "utter_bot",
    "faq_benefit": lambda step, is_open: "utter_faq_benefit",
    "dont_understand": None,
    "ask_example": None,
    "frustration": None,
}


def double(rankings: Iterable[Ranking]) -> tuple[str, str] | None:
    """The command and the question in a message's parts; None when they do not hold both.

    Args:
        rankings: for each part its intents with their chances between 0 and 1, best first.
    """
    best = [ranking[0] for ranking in rankings if ranking]
    command = next((name for name, sure in best if name in COMMANDS and sure >= COMMAND_SURE), None)
    question = next((name for name, sure in best if name in ANSWERS and sure >= QUESTION_SURE), None)
    return (command, question) if command and question else None


def answers(question: str, step: Step, is_open: bool) -> tuple[str, ...]:
    """The keys of the texts that answer the question beside a command.

    Args:
        question: an intent out of `ANSWERS`.
        step: the step that waits.
        is_open: whether the municipality answers its telephone now.
    """
    text = ANSWERS[question]
    return (text(step, is_open),) if text else ()


def human(is_open: bool) -> str:
    """The text that says whom to call.

    Args:
        is_open: whether the municipality answers its telephone now.
    """
    return "utter_human" if is_open else "utter_human_closed"
