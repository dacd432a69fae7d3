"""What the gateway says at each step of a help turn; every step is a tap, or words that mean the same."""

from collections.abc import Callable, Mapping

from bot.web.talks import Draft

# Signals about tonight and today: "bel 112" is said only for the case that there is danger as well.
WITHOUT_DANGER = ("homeless_tonight", "acute_need")


def say_help(draft: Draft, with_way_on: bool = False) -> None:
    """Say whom to call: the full text the first time, the numbers alone after that.

    Args:
        with_way_on: put the button that goes on with the talk under it.
    """
    told = draft.record.setdefault("helpTold", [])
    keys = draft.help_keys(draft.record["help"]["signals"], told)
    draft.record["helpTold"] = sorted({*told, *draft.record["help"]["signals"]})
    for key in keys[:-1]:
        draft.bot(key)
    draft.bot(keys[-1], draft.texts.raw("utter_safe_yes").choices if with_way_on else None)


def _safe_yes(draft: Draft) -> None:
    draft.record["help"] |= {"stage": "safety", "safe": True, "answered": True}
    draft.bot("utter_safe_yes")


def _safe_no(draft: Draft) -> None:
    draft.record["help"] |= {"stage": "stay", "answered": True}
    first = next(iter(draft.record["help"]["signals"]), "")
    draft.bot("utter_safe_no_danger" if first in WITHOUT_DANGER else "utter_safe_no")
    say_help(draft, with_way_on=True)


def _care(draft: Draft) -> None:
    draft.record["help"] |= {"answered": True}
    if draft.record["help"].get("safe"):
        draft.bot("utter_safe_yes")
        return
    stays = draft.record["help"]["stage"] == "stay"
    say_help(draft, with_way_on=stays)
    if not stays:
        draft.bot("utter_ask_safety")


def _wait(draft: Draft) -> None:
    asks_safety = draft.record["help"]["stage"] == "safety" and not draft.record["help"].get("safe")
    draft.bot("utter_ask_safety") if asks_safety else _care(draft)


def _explain(draft: Draft) -> None:
    draft.bot("utter_explain_safety")
    _wait(draft)


def _human(draft: Draft) -> None:
    draft.bot(draft.human_key)
    _wait(draft)


def _go_on(draft: Draft) -> None:
    waiting = draft.record["help"]
    draft.record["help"] = None
    if waiting.get("words") and not waiting.get("answered"):
        draft.bot("utter_misread")
    draft.ask_again()
    question = draft.record.get("question") or {}
    if waiting.get("words") and question.get("awaiting") == "open":
        draft.record["help"] = {**waiting, "stage": "keep"}
        draft.bot("utter_ask_keep")


def _keep_no(draft: Draft) -> None:
    draft.record["help"] = None
    draft.bot("utter_not_kept")
    draft.ask_again()


def _lost(draft: Draft) -> None:
    draft.record["help"] = None
    draft.bot("utter_health_words_lost")
    draft.ask_again()


def _concern_ok(draft: Draft) -> None:
    draft.record["help"] = None
    draft.bot("utter_concern_ok")
    draft.ask_again()


def _concern_help(draft: Draft) -> None:
    # The words are an answer already, and which help is wanted was not said: every line that is open.
    draft.record["help"] = {"signals": [], "words": None, "names": [], "stage": "safety"}
    say_help(draft)
    draft.bot("utter_ask_safety")


def _erase(draft: Draft) -> None:
    draft.record["help"]["erasing"] = True
    draft.bot("utter_ask_erase")


def _erase_no(draft: Draft) -> None:
    draft.bot("utter_not_erased")
    if draft.record["help"]["stage"] == "erase":  # asked here only because no engine answered
        draft.record["help"] = None
        draft.ask_again()
    else:
        _wait(draft)


STEPS: Mapping[str, Callable[[Draft], None]] = {
    "safe_yes": _safe_yes,
    "safe_no": _safe_no,
    "continue": _go_on,
    "keep_no": _keep_no,
    "concern_ok": _concern_ok,
    "concern_help": _concern_help,
    "explain": _explain,
    "why": _explain,
    "repeat": _care,
    "human": _human,
    "erase": _erase,
    "erase_no": _erase_no,
    "care": _care,
    "lost": _lost,
    "wait": _wait,
}
