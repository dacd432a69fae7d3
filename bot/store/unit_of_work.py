"""One turn's changes to a conversation, committed together or not at all."""

import base64
import copy
import hashlib
from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.core import summary
from bot.core.errors import LineUnknown, NothingToShare, ShareUnknown
from bot.core.questionnaire import Questionnaire
from bot.core.state import given
from bot.core.talk import Talk
from bot.core.texts import Choice, Texts
from bot.store import shares
from bot.store.retention import RETENTION_DAYS
from bot.store.store import Store
from bot.store.values import Change, Reply, SealedShare, Stored

SHARE_DAYS = 30  # design, section 5: a shared page lives 30 days when no meeting date is known
CONSENTS = ("consent", "remember", "health_consent", "share")

Message = dict[str, Any]

_current: ContextVar["UnitOfWork | None"] = ContextVar("unit_of_work", default=None)


def current() -> "UnitOfWork | None":
    """The unit of the turn that runs now; None in `rasa shell` and `rasa run`, which keep nothing of ours."""
    return _current.get()


def begin(unit: "UnitOfWork") -> None:
    """Make this the unit of the turn that runs now, in this task and what it calls."""
    _current.set(unit)


@dataclass(frozen=True)
class Content:
    """What is asked and how it is said."""

    questionnaire: Questionnaire
    texts: Texts


class UnitOfWork:
    """A copy of the record that a turn may change, and the messages, shares and effects that go with it."""

    def __init__(self, store: Store, stored: Stored, data_key: bytes, content: Content, now: datetime) -> None:
        """Begin with the conversation as it was loaded.

        `effects` takes what the turn does outside its record (`share`, `withdraw`, `erase`), done when it commits.
        """
        self.record: dict[str, Any] = copy.deepcopy(stored.record)
        self.effects: list[str] = []
        self.messages: list[dict[str, Any]] = []
        self._store, self._stored, self._data_key = store, stored, data_key
        self._content, self._now = content, now
        self._new_shares: list[SealedShare] = []
        self._withdrawn: list[str] = []

    @property
    def resume_code(self) -> str:
        """The person's own code, in groups of four digits."""
        code = self.record["resumeCode"]
        return " ".join(code[i : i + 4] for i in range(0, len(code), 4))

    @property
    def end_date(self) -> str:
        """The day on which everything is erased when nothing more is said, day-month-year."""
        return (self._now + timedelta(days=RETENTION_DAYS)).strftime("%d-%m-%Y")

    @property
    def has_consent(self) -> bool:
        """Whether the person said yes to keeping what they type."""
        return given(self.record, "consent")

    @property
    def shareable(self) -> bool:
        """Whether there is a line that would be shared."""
        return bool(summary.visible(self.sections()))

    def sections(self, slots: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        """The person's page, with these slots or the record's own."""
        record = self.record if slots is None else {**self.record, "tracker": {"slots": slots}}
        return summary.build(record, self._content.questionnaire, self._content.texts)

    @property
    def texts(self) -> Texts:
        """The bot's sentences."""
        return self._content.texts

    def say(self, text: str, kind: str = "info", choices: Sequence[Choice] = (), sender: str = "bot") -> Message:
        """Add a message to the conversation.

        Args:
            sender: `bot` or `person`.

        Returns:
            The message as the API shows it.
        """
        return self.add(self.message(text, kind, choices, sender))

    def message(self, text: str, kind: str = "info", choices: Sequence[Choice] = (), sender: str = "bot") -> Message:
        """A numbered message as the API shows it, not yet part of the conversation."""
        self.record["seq"] = self.record.get("seq", 0) + 1
        at = self._now.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        shown = [choice.json() for choice in choices]
        return {"id": str(self.record["seq"]), "at": at, "from": sender, "text": text, "kind": kind, "choices": shown}

    def add(self, message: Message) -> Message:
        """Add a message that was made before."""
        self.messages.append(message)
        return message

    def farewell(self) -> list[Message]:
        """Say that all is gone here, and what stays known when a page was shared."""
        keys = ["utter_erased", "utter_erased_shared"] if self.record.get("shares") else ["utter_erased"]
        return [self.say(self.texts.get(key).text) for key in keys]

    def keep_slots(self, slots: Mapping[str, Any], loop: str | None = None) -> None:
        """Take over the dialogue's slots, and log each consent that changed with the version of its text."""
        before = Talk(self.record.get("tracker", {}).get("slots", {}))
        after = Talk(slots)
        for name in CONSENTS:
            answer = after.answer(name)
            if answer and answer.value and answer != before.answer(name):
                self.log_consent(name, answer.value.endswith("_yes"))
        self.record["tracker"] = {"slots": dict(slots), "loop": loop}

    def edit_line(self, line_id: str, changes: Mapping[str, Any]) -> None:
        """Change a line.

        Args:
            changes: `text` (other words), `shared` (may it go along), `names` (True lets names of people be read).

        Raises:
            LineUnknown: the page has no such line.
        """
        self._edit(line_id, changes)

    def remove_line(self, line_id: str) -> None:
        """Take a line off the page until its answer changes.

        Raises:
            LineUnknown: the page has no such line.
        """
        self._edit(line_id, {"removed": True})

    def share_topic(self, topic: str, shared: bool) -> None:
        """Let all lines of a topic be shared, or none.

        Raises:
            LineUnknown: the questionnaire has no such topic.
        """
        if topic not in self._content.questionnaire.by_id:
            raise LineUnknown(topic)
        self.record.setdefault("topicsShared", {})[topic] = shared
        for question in self._content.questionnaire.by_id[topic].questions:
            self.record.get("edits", {}).get(question.id, {}).pop("shared", None)

    def share(self) -> dict[str, Any]:
        """Share the page as it is now.

        Returns:
            `{"shareId", "code", "expiresAt"}`; the code is not kept anywhere.

        Raises:
            NothingToShare: no line would be shared.
        """
        expires_at = self._now + timedelta(days=SHARE_DAYS)
        page = self._page(self._now, expires_at)
        if not page["sections"]:
            raise NothingToShare
        sealed = shares.seal(page, expires_at)
        self._new_shares.append(sealed)
        kept = {"shareId": sealed.share_id, "key": base64.b64encode(sealed.key).decode()}
        self.record.setdefault("shares", []).append(
            {**kept, "sharedAt": page["sharedAt"], "expiresAt": page["expiresAt"]}
        )
        return {"shareId": sealed.share_id, "code": sealed.code, "expiresAt": page["expiresAt"]}

    def withdraw(self, share_id: str) -> None:
        """Close one shared page.

        Raises:
            ShareUnknown: this conversation did not share it.
        """
        if share_id not in {share["shareId"] for share in self.record.get("shares", ())}:
            raise ShareUnknown
        self._withdrawn.append(share_id)

    def withdraw_all(self) -> None:
        """Close every shared page."""
        self._withdrawn += [share["shareId"] for share in self.record.get("shares", ())]

    def commit(self, reply: Reply | None = None) -> None:
        """Write everything in one transaction; shared pages follow what changed on the page.

        Raises:
            LostRace: somebody else changed the conversation meanwhile; load it and begin again.
            ConversationUnknown: it was erased meanwhile.
            DatabaseDown: nothing was written.
        """
        if "erase" in self.effects:
            self._store.erase(self._stored.conversation_id)
            return
        self._store.commit(
            Change(
                conversation_id=self._stored.conversation_id,
                data_key=self._data_key,
                version=self._stored.version,
                record=self.record,
                messages=self.messages,
                reply=reply,
                new_shares=self._new_shares,
                renewed=self._renewed(),
                withdrawn=self._withdrawn,
            )
        )

    def _renewed(self) -> list[tuple[str, bytes]]:
        before = summary.visible(summary.build(self._stored.record, self._content.questionnaire, self._content.texts))
        if before == summary.visible(self.sections()):
            return []
        old = self._stored.record.get("shares", ())
        return [(s["shareId"], shares.reseal(s["shareId"], base64.b64decode(s["key"]), self._live(s))) for s in old]

    def _live(self, share: Mapping[str, Any]) -> dict[str, Any]:
        sections = summary.visible(self.sections())
        return {"sections": sections, "sharedAt": share["sharedAt"], "expiresAt": share["expiresAt"]}

    def _page(self, shared_at: datetime, expires_at: datetime) -> dict[str, Any]:
        stamp = {"sharedAt": _iso(shared_at), "expiresAt": _iso(expires_at)}
        return {"sections": summary.visible(self.sections()), **stamp}

    def _edit(self, line_id: str, changes: Mapping[str, Any]) -> None:
        if line_id not in {line["lineId"] for section in self.sections() for line in section["lines"]}:
            raise LineUnknown(line_id)
        answer = Talk(self.record["tracker"]["slots"]).answer(line_id)
        mark = summary.fingerprint(answer) if answer else ""
        edits = self.record.setdefault("edits", {})
        kept = edits.get(line_id, {}) if edits.get(line_id, {}).get("of") == mark else {}
        edits[line_id] = {**kept, **changes, "of": mark}

    def log_consent(self, name: str, given: bool) -> None:
        """Record a yes or no, with the version of the text that asked for it."""
        asked = self._content.texts.raw("utter_ask_" + name).text
        version = hashlib.sha256(asked.encode()).hexdigest()[:12]
        entry = {"name": name, "given": given, "textVersion": version, "at": _iso(self._now)}
        self.record.setdefault("consents", []).append(entry)


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
