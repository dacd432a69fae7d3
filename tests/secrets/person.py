"""Somebody who talks to a served bot and tells secrets."""

from typing import Any

from tests.secrets.bot import Answer, Bot

# How to say that words are an answer: to doubt, to worry, to the questions after a cry, and to a wish to keep them.
MEANT = ("as_answer", "concern_ok", "keep_yes", "safe_yes", "health_yes")


class Person:
    """One conversation, from its welcome on."""

    def __init__(self, bot: Bot, card: str | None = None) -> None:
        self.bot = bot
        made = bot.send("POST", "/v1/conversations", {"channel": "web", "invitation": card}, own=True).json
        self.path, self.token = f"/v1/conversations/{made['conversationId']}", made["token"]
        self.id, self.resume_code = made["conversationId"], made["resumeCode"]

    @property
    def headers(self) -> dict[str, str]:
        """What belongs to each request."""
        return {"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"}

    def call(self, method: str, path: str = "", body: Any = None, **headers: str) -> Answer:
        """Call something of this conversation; header names are written with underscores."""
        more = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.bot.send(method, self.path + path, body, {**self.headers, **more}, own=True)

    def says(self, text: Any = None, **more: Any) -> Answer:
        """Type words, or tap a `choice`."""
        return self.call("POST", "/messages", more if text is None else {"text": text, **more})

    def answers(self, text: str) -> "Person":
        """Type words, and say that they are an answer that may be kept, whatever the bot asks about them first."""
        state = self.says(text).json
        while True:
            offered = [choice["value"] for choice in state["messages"][-1]["choices"]]
            tap = next((tap for tap in MEANT if tap in offered), None)
            if tap is None:
                return self
            state = self.says(choice=tap).json

    def taps(self, *choices: str) -> "Person":
        """Tap buttons, one after another."""
        for choice in choices:
            assert self.says(choice=choice).status == 200, choice
        return self

    @property
    def asked(self) -> str:
        """The question that waits."""
        return str(self.call("GET").json["question"]["id"])

    @property
    def page(self) -> str:
        """All lines of their own page."""
        sections = self.call("GET", "/summary").json["sections"]
        return "\n".join(line["text"] for section in sections for line in section["lines"])


def begun(bot: Bot) -> Person:
    """Somebody who said yes to keeping; an open question waits."""
    return Person(bot).taps("consent_yes", "remember_no")
