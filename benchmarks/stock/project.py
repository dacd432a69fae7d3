"""The files of the stock bot: domain, rules, stories, sentences and configuration, as `rasa init` lays them out."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml

from benchmarks.stock.content import FOR_COMMANDS, Content, response

ROOT = Path(__file__).parent.parent.parent
ACTIONS = Path(__file__).parent / "actions.py"
FORM = "talk_form"
BUTTONS = ("choose", "continue", "safe_yes")  # intents that only buttons send
ANSWERS = ("answer", "affirm", "deny", "dont_know", "skip")  # intents that answer the question that waits
OTHERS = ("greet", "goodbye", "pause", "resume", "cry")
RENAMED = {"back": "go_back"}  # Rasa's own `back` undoes a turn
VERSION = "3.1"
IN_FORM = {"active_loop": FORM}
NO_FORM: dict[str, Any] = {"active_loop": None}
BEGIN = [{"action": FORM}, IN_FORM]
STOP = [{"action": "action_deactivate_loop"}, NO_FORM]


class _Plain(yaml.SafeDumper):
    """Writes every part in full, as people do, without `&id001`."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


@dataclass(frozen=True)
class Size:
    """How much the stock bot learns from.

    Args:
        examples: sentences of an intent at most.
        answers: sentences that answer, of which our data holds ten times as many as of another intent.
        epochs: by part, where it is not what `rasa init` gives; the speed of a turn does not depend on it.
        options: more options of `rasa train`.
    """

    examples: int
    answers: int
    epochs: Mapping[str, int]
    options: tuple[str, ...] = ()


FEW_EPOCHS = {"DIETClassifier": 3, "ResponseSelector": 1, "UnexpecTEDIntentPolicy": 1, "TEDPolicy": 1}
# With all our sentences and its own number of epochs it trains for hours on two cores, and a turn is no slower.
SMALL = Size(10, 50, FEW_EPOCHS, ("--skip-validation", "--augmentation", "0"))


def write(folder: Path, size: Size) -> None:
    """Write the project into an empty folder."""
    content = Content()
    (folder / "data").mkdir(parents=True)
    (folder / "actions").mkdir()
    files = {
        "config.yml": config(size.epochs),
        "domain.yml": domain(content),
        "data/nlu.yml": {"version": VERSION, "nlu": sentences(size)},
        "data/rules.yml": {"version": VERSION, "rules": rules()},
        "data/stories.yml": {"version": VERSION, "stories": stories()},
        "credentials.yml": {"rest": None},
    }
    for name, held in files.items():
        (folder / name).write_text(yaml.dump(held, Dumper=_Plain, allow_unicode=True, sort_keys=False), "utf-8")
    (folder / "actions" / "__init__.py").touch()
    (folder / "actions" / "actions.py").write_text(ACTIONS.read_text("utf-8"), "utf-8")
    (folder / "actions" / "steps.json").write_text(json.dumps(content.steps), "utf-8")
    (folder / "meanings.json").write_text(json.dumps(content.meanings()), "utf-8")


def config(epochs: Mapping[str, int]) -> dict[str, Any]:
    """The pipeline and policies that the installed Rasa fills in for a project of `rasa init`."""
    rasa = Path(str(find_spec("rasa").origin)).parent  # type: ignore[union-attr]  # it is installed
    default = rasa / "engine" / "recipes" / "config_files" / "default_config.yml"
    held: dict[str, Any] = yaml.safe_load(default.read_text("utf-8"))
    for part in held["pipeline"] + held["policies"]:
        part.update({"epochs": epochs[part["name"]]} if part["name"] in epochs else {})
    return {**held, "language": "nl", "assistant_id": "stock"}


def domain(content: Content) -> dict[str, Any]:
    """Intents, slots, the form and the responses."""
    slots = [step["slot"] for step in content.steps]
    commands = [intent for intent in FOR_COMMANDS if intent != "nlu_fallback"]
    ignored = [*commands, *OTHERS]
    return {
        "version": VERSION,
        "intents": [*ignored, *ANSWERS, *BUTTONS],
        "entities": ["value"],
        "slots": {step["slot"]: _slot(step) for step in content.steps},
        "forms": {FORM: {"required_slots": slots, "ignored_intents": ignored}},
        "responses": {name: [response(text)] for name, text in content.responses.items()},
        "actions": ["validate_talk_form", "action_ask_summary", "action_share"],
        "session_config": {"session_expiration_time": 60, "carry_over_slots_to_new_session": True},
    }


def sentences(size: Size) -> list[dict[str, str]]:
    """Our sentences for each intent, evenly taken, and cries for help as one intent more."""
    held: dict[str, list[str]] = {}
    for file in sorted((ROOT / "data" / "nlu").glob("*.yml")):
        for group in yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader)["nlu"]:
            held.setdefault(RENAMED.get(group["intent"], group["intent"]), []).extend(group["examples"].splitlines())
    cries = map(json.loads, (ROOT / "data" / "sense" / "cries.jsonl").read_text("utf-8").splitlines())
    held["cry"] = [f"- {cry['text']}" for cry in cries if cry["signals"] == ["suicide"] and "[" not in cry["text"]]
    limits = {"answer": size.answers}
    taken = {intent: _some(lines, limits.get(intent, size.examples)) for intent, lines in held.items()}
    return [{"intent": intent, "examples": "\n".join(lines)} for intent, lines in taken.items()]


def rules() -> list[dict[str, Any]]:
    """Commands get an ordinary response; the form asks its question again by itself."""
    shared = [{"action": FORM}, NO_FORM, {"slot_was_set": [{"requested_slot": None}]}, {"action": "action_share"}]
    return [
        _rule("greet", "utter_welcome", *BEGIN),
        {"rule": "the form is done", "condition": [IN_FORM], "steps": shared},
        _rule("pause", "utter_paused", *STOP),
        _rule("goodbye", "utter_paused", *STOP),
        _rule("cry", "utter_help", *STOP),
        _rule("safe_yes", "utter_safe"),
        _rule("resume", "utter_resumed", *BEGIN),
        {**_rule("continue", "utter_resumed", *BEGIN), "condition": [NO_FORM]},
        *(_rule(intent, says) for intent, says in FOR_COMMANDS.items()),
    ]


def stories() -> list[dict[str, Any]]:
    """Whole talks, which the policies that learn need: straight on, and with each kind of interruption."""
    greeted = [{"intent": "greet"}, {"action": "utter_welcome"}, *BEGIN]
    done = [NO_FORM, {"action": "action_share"}]
    resumed = [{"intent": "resume"}, {"action": "utter_resumed"}, *BEGIN]
    paused = [{"intent": "pause"}, {"action": "utter_paused"}, *STOP]
    cried = [{"intent": "cry"}, {"action": "utter_help"}, *STOP, {"intent": "safe_yes"}, {"action": "utter_safe"}]
    asked = [[{"intent": intent}, {"action": says}, *BEGIN] for intent, says in FOR_COMMANDS.items()]
    between = {"straight on": [], "a pause": [*paused, *resumed], "a cry": [*cried, *resumed]}
    between |= {f"a question {number}": steps for number, steps in enumerate(asked)}
    return [{"story": name, "steps": [*greeted, *steps, *done]} for name, steps in between.items()]


def _slot(step: Mapping[str, Any]) -> dict[str, Any]:
    while_asked = {"conditions": [{"active_loop": FORM, "requested_slot": step["slot"]}]}
    mappings: list[dict[str, Any]] = [{"type": "from_entity", "entity": "value", "intent": "choose"}]
    named = [intent for intent in ("skip", "continue") if step["open"] or intent in step["values"]]
    mappings += [{"type": "from_intent", "intent": name, "value": name} for name in named]
    if step["open"]:
        mappings.append({"type": "from_text", "not_intent": [*BUTTONS, "skip"]})
    filled = [{**mapping, **while_asked} for mapping in mappings]
    return {"type": "text", "influence_conversation": False, "mappings": filled}


def _rule(intent: str, says: str, *after: dict[str, Any]) -> dict[str, Any]:
    return {"rule": f"{intent} is heard", "steps": [{"intent": intent}, {"action": says}, *after]}


def _some(lines: list[str], most: int) -> list[str]:
    return lines[:: -(-len(lines) // most)]
