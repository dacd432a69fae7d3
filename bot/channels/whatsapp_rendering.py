"""Makes one WhatsApp message of what the bot says in a turn: buttons, a list, or numbered lines.

Source of the limits: developers.facebook.com/documentation/business-messaging/whatsapp/messages, the pages
interactive-reply-buttons-messages and interactive-list-messages (seen August 2026); a list's body is kept at the
smaller limit that other pages name.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.channels.whatsapp_reading import button_id
from bot.core.questionnaire import Questionnaire
from bot.core.talk import TOPICS
from bot.core.texts import Texts

BUTTONS, BUTTON_TITLE = 3, 20
ROWS, ROW_TITLE, ROW_DESCRIPTION = 10, 24, 72
INTERACTIVE_BODY, TEXT_BODY = 1024, 4096
TOOLS = ("skip", "explain", "back")  # rows under the answers, as many as there is room for
Body = dict[str, Any]
Choices = Sequence[Mapping[str, str]]


@dataclass(frozen=True)
class Reply:
    """What is sent, and what stands on the screen then.

    Args:
        bodies: the payloads in order, without an address; more than one only where a text is too long for one.
        shown: what `whatsapp_reading` needs to know of the screen.
        urgent: whether it says whom to call.
    """

    bodies: list[Body]
    shown: dict[str, Any] = field(repr=False)
    urgent: bool = False


class Rendering:
    """Shows turns of the talk in WhatsApp."""

    def __init__(self, questionnaire: Questionnaire, texts: Texts, leaves_out: bool) -> None:
        """Prepare with the texts as WhatsApp has them.

        Args:
            leaves_out: whether sensitive topics are not offered at all.
        """
        self._questionnaire, self._texts, self._leaves_out = questionnaire, texts, leaves_out

    def needs_link(self, state: Mapping[str, Any]) -> bool:
        """Whether something of this turn is for our own page only."""
        is_summary = any(message["kind"] == "summary" for message in state["messages"])
        is_paused = (state.get("question") or {}).get("awaiting") == "paused"  # the own code is shown there
        return is_summary or is_paused or self._gives_code(state) or self._asks_unseen(state)

    def _gives_code(self, state: Mapping[str, Any]) -> bool:
        """Whether there is a link and a code to pass on; who is written to by e-mail has the code."""
        share = state.get("share") or {}
        return bool(share) and not share.get("to")

    def _asks_unseen(self, state: Mapping[str, Any]) -> bool:
        """Whether that question is what the person is to answer now, and nothing else is asked beside it."""
        others = (one for one in state["messages"] if not self._is_question(one, state))
        return self.is_unseen(state) and not any(one["choices"] for one in others)

    def is_unseen(self, state: Mapping[str, Any]) -> bool:
        """Whether the question that waits is a sensitive one, which is asked on our own page."""
        waiting = state.get("question") or {}
        question = self._questionnaire.questions.get(waiting.get("id", ""))
        return question is not None and question.sensitive and waiting["awaiting"] == question.awaiting

    def render(self, state: Mapping[str, Any], link: str | None = None) -> Reply:
        """One message of everything that the bot says in a turn.

        Args:
            state: as the API gives it.
            link: the address of our own page, for who needs it now.
        """
        unseen = self.is_unseen(state)
        messages = [
            self._said(one, state) for one in state["messages"] if not (unseen and self._is_question(one, state))
        ]
        choices = self._choices(messages)
        text = "\n\n".join(_with_link(messages, self._about_link(state, link)))
        question = (state.get("question") or {}).get("id", "")
        shown = {"question": question, "choices": list(choices), "unseen": unseen}
        urgent = any(one["kind"] == "help" for one in messages)
        return Reply(self._bodies(text, choices, state, bool(link)), shown, urgent)

    def _said(self, message: Mapping[str, Any], state: Mapping[str, Any]) -> Mapping[str, Any]:
        """A message, in other words where it is about a question that stands on our own page only."""
        question = self._questionnaire.questions.get((state.get("question") or {}).get("id", ""))
        if question and question.sensitive and message["text"] == self._texts.raw("utter_ask_doubt").text:
            return {**message, "text": self._texts.get("utter_whatsapp_ask_doubt").text}
        return message

    def _is_question(self, message: Mapping[str, Any], state: Mapping[str, Any]) -> bool:
        key = "utter_ask_" + (state.get("question") or {}).get("id", "")
        return key in self._texts and bool(message["text"] == self._texts.raw(key).text)

    def _choices(self, messages: Sequence[Mapping[str, Any]]) -> Choices:
        offered: Choices = next((one["choices"] for one in reversed(messages) if one["choices"]), ())
        if not any(choice["value"].startswith(TOPICS) for choice in offered):
            return offered
        # Here both screens of the menu are one list, so that topics of both can be picked at once.
        screens = (self._texts.raw(key).choices for key in ("utter_ask_menu", "utter_ask_menu_more"))
        topics = [one.json() for screen in screens for one in screen if self._is_offered(one.value)]
        return [*topics, *(choice for choice in offered if choice["value"] == "continue")]

    def _is_offered(self, value: str) -> bool:
        topic = self._questionnaire.by_id.get(value.removeprefix(TOPICS))
        return value.startswith(TOPICS) and not (self._leaves_out and topic is not None and topic.is_sensitive)

    def _about_link(self, state: Mapping[str, Any], link: str | None) -> list[str]:
        if not link:
            return []
        about = []
        if self._asks_unseen(state):
            about = [self._texts.get("utter_whatsapp_sensitive").text]
        elif self._gives_code(state):
            about = [self._texts.get("utter_whatsapp_shared").text]
        return [*about, self._texts.get("utter_whatsapp_link", link=link).text]

    def _bodies(self, text: str, choices: Choices, state: Mapping[str, Any], has_link: bool) -> list[Body]:
        question = state.get("question") or {}
        if not choices:
            return _texts(text)
        # With a link the message is a plain text: only there can its preview be turned off.
        if has_link and len(choices) == 1:
            hint = self._texts.get("utter_whatsapp_one", choice=choices[0]["label"].lower()).text
            return _texts(f"{text}\n\n{hint}")
        if has_link or len(text) > INTERACTIVE_BODY:
            return _texts(f"{text}\n\n{_numbered(choices)}\n{self._hint}")
        if question.get("id") == "menu":  # more than one may be picked, which only numbers can
            text = f"{text}\n\n{_numbered(choices)}"
        if _fit_buttons(choices):
            return [_buttons(text, choices, question.get("id", ""))]
        if len(choices) <= ROWS and len(text) <= INTERACTIVE_BODY:
            return [self._list(text, choices, question)]
        return _texts(text if question.get("id") == "menu" else f"{text}\n\n{_numbered(choices)}\n{self._hint}")

    @property
    def _hint(self) -> str:
        return self._texts.get("utter_whatsapp_numbers").text

    def _list(self, text: str, choices: Choices, question: Mapping[str, Any]) -> Body:
        name = question.get("id", "")
        tools = self._tools() if question.get("topic") else []
        rows = [_row(choice, name) for choice in [*choices, *tools[: ROWS - len(choices)]]]
        button = self._texts.get("utter_whatsapp_list").text
        action = {"button": button, "sections": [{"title": button, "rows": rows}]}
        return _interactive("list", text, action)

    def _tools(self) -> list[dict[str, str]]:
        labels = {choice.value: choice.label for choice in self._texts.raw("utter_navigation").choices}
        return [{"label": labels[value], "value": value} for value in TOOLS]


def screen(reply: Reply, before: Mapping[str, Any], tapped: str | None, is_voice: bool) -> dict[str, Any]:
    """What stands on the screen after a reply.

    Args:
        before: the screen so far.
        tapped: the id of the button that was tapped now.
        is_voice: whether this answers a voice note.
    """
    voices = before.get("voices", 0) + 1 if is_voice else 0
    return {**reply.shown, "voices": voices, "tapped": tapped}


def _with_link(messages: Sequence[Mapping[str, Any]], about: list[str]) -> list[str]:
    """The texts, with what is said about the link before a question, so that its buttons stand under it."""
    said = [message["text"] for message in messages]
    is_asked = len(messages) > 1 and messages[-1]["choices"]
    return [*said[:-1], *about, said[-1]] if is_asked else [*said, *about]


def text_body(text: str) -> Body:
    """A plain text, without a preview of its links: previews are fetched by others."""
    return {"type": "text", "text": {"body": text, "preview_url": False}}


def _texts(text: str) -> list[Body]:
    return [text_body(part) for part in _parts(text)]


def _parts(text: str) -> list[str]:
    """The text in pieces that fit, cut between lines where that is possible."""
    parts = []
    while len(text) > TEXT_BODY:
        cut = text.rfind("\n", 1, TEXT_BODY)
        cut = cut if cut > 0 else TEXT_BODY
        parts.append(text[:cut].strip())
        text = text[cut:].strip()
    return [*parts, text]


def _numbered(choices: Choices) -> str:
    return "\n".join(f"{number}. {choice['label']}" for number, choice in enumerate(choices, 1))


def _fit_buttons(choices: Choices) -> bool:
    titles = [choice["label"] for choice in choices]
    return len(titles) <= BUTTONS and len(set(titles)) == len(titles) and max(map(len, titles)) <= BUTTON_TITLE


def _buttons(text: str, choices: Choices, question: str) -> Body:
    buttons = [
        {"type": "reply", "reply": {"id": button_id(question, choice["value"]), "title": choice["label"]}}
        for choice in choices
    ]
    return _interactive("button", text, {"buttons": buttons})


def _row(choice: Mapping[str, str], question: str) -> dict[str, str]:
    row = {"id": button_id(question, choice["value"]), "title": choice["label"]}
    if len(choice["label"]) <= ROW_TITLE:
        return row
    title = choice["label"][: ROW_TITLE - 1].rsplit(" ", 1)[0] + "…"
    return {**row, "title": title, "description": choice["label"][:ROW_DESCRIPTION]}


def _interactive(kind: str, text: str, action: Body) -> Body:
    return {"type": "interactive", "interactive": {"type": kind, "body": {"text": text}, "action": action}}
