"""A cry for help, from the first words until the person says that the talk goes on; no engine takes part."""

import asyncio
from typing import Any

from bot.core.state import erased
from bot.sense.masking import show
from bot.sense.sensing import Sensed
from bot.web.engine_turn import Entry
from bot.web.help_steps import STEPS, say_help
from bot.web.help_words import is_worrying, meaning
from bot.web.talks import WAITS, Draft, State
from bot.web.turns import Turn

# Taps that a stage takes; with any other tap the talk goes on, but not while safety is asked.
LIGHT = {"concern": ("concern_ok", "concern_help"), "keep": ("keep_no",), "erase": ("erase_no",)}
LABELS = ("utter_ask_safety", "utter_safe_yes", "utter_ask_keep", "utter_ask_concern", "utter_ask_erase")


async def cry(turn: Turn, sensed: Sensed) -> State:
    """Answer a cry for help, keep the words apart, and ask whether the person is safe."""
    draft = turn.draft()
    draft.record["help"] = {"signals": list(sensed.signals), "stage": "safety", **_words(turn, sensed)}
    draft.record["concerns"] = 0
    # The words themselves stay apart until the person says what they are: they may be read over a shoulder.
    say_help(draft)
    draft.bot("utter_ask_safety")
    return await turn.finish(draft)


async def typed(turn: Turn, sensed: Sensed | None) -> State | None:
    """Answer words without a cry while a help turn waits; None when there is none, or the talk goes on."""
    waiting = turn.opened.help
    if waiting is None or waiting["stage"] == "keep":
        return None
    step = meaning(turn.said.words, waiting)
    if step == "pause" or (waiting["stage"] == "erase" and step is None):
        return None
    draft = _answering(turn)
    if sensed and (turn.opened.given("health_consent") or not sensed.health):
        _keep_said(turn, draft, show(sensed.masked, sensed.names))
    if step == "erase_yes":
        return await _erase(turn)
    if waiting["stage"] == "concern" and step is None:
        is_worrying_still = (sensed and sensed.concern) or is_worrying(turn.said.words)
        step = "concern_help" if is_worrying_still else "concern_ok"
    STEPS[step or "care"](draft)
    return await turn.finish(draft)


async def chosen(turn: Turn, choice: str) -> State | Entry | None:
    """Answer a tap while a help turn waits.

    Returns:
        The state; or words that the engine gets as the answer; or None when the talk goes on with this choice.
    """
    waiting = turn.opened.help
    if waiting is None:
        return None
    if choice == "erase_yes" and waiting.get("erasing"):
        return await _erase(turn)
    if waiting["stage"] in WAITS:
        return await _wait(turn, choice)
    if waiting["stage"] == "keep" and choice == "keep_yes" and not waiting.get("words"):
        return await _answer(turn, choice, "lost")
    if waiting["stage"] == "keep" and choice == "keep_yes":
        return Entry(text=waiting["words"], names=waiting["names"], answerAnyway=True)
    return await _answer(turn, choice, choice) if choice in LIGHT[waiting["stage"]] else None


async def ask_erase(turn: Turn) -> State:
    """Ask whether all may be erased while no engine answers: erasing must not wait for one."""
    draft = turn.draft()
    draft.record["help"] = {"signals": [], "words": None, "names": [], "stage": "erase", "erasing": True}
    draft.bot("utter_ask_erase")
    return await turn.finish(draft)


async def _wait(turn: Turn, choice: str) -> State:
    is_asked_here = choice in STEPS and choice not in ("keep_no", "concern_ok", "concern_help")
    return await _answer(turn, choice, choice if is_asked_here else "wait")


async def _answer(turn: Turn, choice: str, step: str) -> State:
    draft = _answering(turn)
    label = _label(draft, choice)
    if label:
        _keep_said(turn, draft, label)
    STEPS[step](draft)
    return await turn.finish(draft)


def _answering(turn: Turn) -> Draft:
    draft = turn.draft()
    draft.record["help"].pop("erasing", None)  # asked again by its own step only
    return draft


async def _erase(turn: Turn) -> State:
    await asyncio.to_thread(turn.gateway.store.erase, turn.opened.id)
    return erased(turn.draft().unit.farewell())


def _words(turn: Turn, sensed: Sensed) -> dict[str, Any]:
    """The words that may turn out to be an answer: the first ones, and none before consent."""
    before = turn.opened.help or {}
    if before.get("words") or not turn.opened.given("consent"):
        return {name: before[name] for name in ("words", "names", "health") if name in before} or {
            "words": None,
            "names": [],
        }
    words = {"words": sensed.masked, "names": [list(span) for span in sensed.names]}
    # Not asked yet, and not the moment to ask: such words stay in memory.
    return words | ({"health": True} if sensed.health and not turn.opened.given("health_consent") else {})


def _keep_said(turn: Turn, draft: Draft, text: str) -> None:
    if turn.opened.given("consent"):
        draft.person(text)


def _label(draft: Draft, choice: str) -> str | None:
    buttons = (button for key in LABELS for button in draft.texts.raw(key).choices)
    return next((button.label for button in buttons if button.value == choice), None)
