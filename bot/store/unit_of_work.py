"""One turn's changes to a conversation, committed together or not at all."""

import json
from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.core import numbers, summary, terms
from bot.core.errors import LineUnknown, MeetingWrong
from bot.core.hours import AMSTERDAM
from bot.core.quarters import quarter_of
from bot.core.questionnaire import Questionnaire
from bot.core.state import given
from bot.core.talk import Answer, Talk
from bot.core.texts import Choice, Texts
from bot.store import consents, invitations, keeping
from bot.store.clock import iso
from bot.store.numbers import Counted
from bot.store.sharing import Sharing
from bot.store.store import Store
from bot.store.values import Change, Renewed, Reply, Stored

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
        """Begin with a conversation as loaded; `effects` (share, withdraw, count, erase, forget) follow its commit."""
        # It is JSON, and read anew in a quarter of the time that `copy.deepcopy` takes.
        self.record: dict[str, Any] = json.loads(json.dumps(stored.record))
        self.sharing = Sharing(self.record, now, content.questionnaire, content.texts, store.mails.is_on)
        self.effects: list[str] = []
        self.messages: list[dict[str, Any]] = []
        self.counted: Counted | None = None
        self._store, self._stored, self._data_key, self._content, self._now = store, stored, data_key, content, now
        self._stamp_end()

    @property
    def resume_code(self) -> str:
        """The person's own code, in groups of four digits."""
        code = self.record["resumeCode"]
        return " ".join(code[i : i + 4] for i in range(0, len(code), 4))

    @property
    def end_date(self) -> str:
        """The day on which everything is erased when nothing more is said, day-month-year."""
        return self.ends.talk.astimezone(AMSTERDAM).strftime("%d-%m-%Y")

    @property
    def ends(self) -> terms.Ends:
        """When the talk ends, and its token, if this is the last word."""
        return terms.ends(self.record, datetime.fromisoformat(self.record["createdAt"]), self._now)

    @property
    def has_consent(self) -> bool:
        """Whether the person said yes to keeping what they type."""
        return given(self.record, "consent")

    @property
    def held(self) -> dict[str, Any] | None:
        """What stays in memory only: all before the first yes, and words about health until their own yes."""
        return keeping.in_memory(self.record, self.messages)

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
        """Add a message of `sender` (`bot` or `person`) to the conversation, and give it as the API shows it."""
        return self.add(self.message(text, kind, choices, sender))

    def message(self, text: str, kind: str = "info", choices: Sequence[Choice] = (), sender: str = "bot") -> Message:
        """A numbered message as the API shows it, not yet part of the conversation."""
        self.record["seq"] = self.record.get("seq", 0) + 1
        at, shown = iso(self._now), [choice.json() for choice in choices]
        return {"id": str(self.record["seq"]), "at": at, "from": sender, "text": text, "kind": kind, "choices": shown}

    def add(self, message: Message) -> Message:
        """Add a message that was made before."""
        self.messages.append(message)
        return message

    def farewell(self) -> list[Message]:
        """Say that all is gone here, and what stays known when a page was shared."""
        keys = ("utter_erased", "utter_erased_shared") if self.record.get("shares") else ("utter_erased",)
        return [self.say(self.texts.get(key).text) for key in keys]

    def keep_slots(self, slots: Mapping[str, Any], loop: str | None = None) -> None:
        """Take over the dialogue's slots, log each consent that changed, and drop edits of answers that changed."""
        before, after = Talk(self.record.get("tracker", {}).get("slots", {})), Talk(slots)
        for name, is_yes, key in consents.changed(before, after):
            self._log(name, is_yes, key)
        self.record["edits"] = keeping.living_edits(self.record, slots)
        self.record["tracker"] = {"slots": dict(slots), "loop": loop}
        self._stamp_end()

    def edit_line(self, line_id: str, changes: Mapping[str, Any]) -> None:
        """Change a line.

        Args:
            changes: `text` (other words), `shared` (may it go along), `names` (True lets names of people be read).

        Raises:
            LineUnknown: the page has no such line.
        """
        self._edit(line_id, changes)
        if changes.get("shared") is False:
            self.sharing.hide([line_id])

    def remove_line(self, line_id: str) -> None:
        """Take a line off the page until its answer changes; raises as `edit_line` does."""
        self._edit(line_id, {"removed": True})

    def share_topic(self, topic: str, shared: bool) -> None:
        """Let all lines of a topic be shared, or none.

        Raises:
            LineUnknown: the questionnaire has no such topic.
        """
        if topic not in self._content.questionnaire.by_id:
            raise LineUnknown(topic)
        questions = [question.id for question in self._content.questionnaire.by_id[topic].questions]
        keeping.share_topic(self.record, topic, questions, shared)
        if not shared:
            self.sharing.hide(questions)

    def share(self, lines: Sequence[str] | None = None) -> dict[str, Any]:
        """Share the page as it is now, or one of its own with these lines; see `Sharing.share`."""
        share = self.sharing.share(self.sections(), self.ends.talk, lines)
        self._log("share", True, consents.of_sharing(lines, self.sharing.to))
        if lines is None:
            self._answer_share("share_yes")
        return share

    def withdraw(self, share_id: str) -> None:
        """Close one shared page; see `Sharing.withdraw`."""
        self.sharing.withdraw(share_id)
        self._log("share", False, consents.SHARE)
        was_shared = Talk(self.record["tracker"]["slots"]).said("share", "share_yes")
        if was_shared and all("lines" in share for share in self.sharing.open):
            self._answer_share("share_no")

    def withdraw_all(self) -> None:
        """Close every shared page."""
        self.sharing.withdraw_all()
        self._log("share", False, consents.SHARE)

    def count(self) -> None:
        """Add what was chosen to the numbers for policy."""
        chosen = numbers.items(Talk(self.record["tracker"]["slots"]), self.sections(), self._content.questionnaire)
        self.counted = Counted(quarter_of(self._now), self.texts.facts["municipality_name"] or "", chosen)

    def meet_on(self, day: date | None) -> None:
        """Keep the day of the meeting, by which talk and pages end.

        Raises:
            MeetingWrong: it is past, or later than anything is kept.
        """
        created = datetime.fromisoformat(self.record["createdAt"])
        if day is not None and not terms.can_be_meeting(day, created, self._now):
            raise MeetingWrong
        self.record["meeting"] = day and day.isoformat()
        self._stamp_end()
        self.sharing.move_ends(self.ends.talk)

    def commit(self, reply: Reply | None = None) -> None:
        """Write everything in one transaction; shared pages follow what changed on the page.

        Before the first yes nothing is written: see `held`.

        Raises:
            LostRace, ConversationUnknown, DatabaseDown: nothing was written.
        """
        if "erase" in self.effects:
            self._store.erase(self._stored.conversation_id)
        elif self.has_consent:
            self._store.commit(self._change(reply))

    def _change(self, reply: Reply | None) -> Change:
        return Change(
            conversation_id=self._stored.conversation_id,
            data_key=self._data_key,
            version=self._stored.version,
            record=keeping.on_disk(self.record, self._stored.record),
            ends=self.ends,
            messages=self.messages,
            reply=reply,
            new_shares=self.sharing.new,
            renewed=self._renewed(),
            withdrawn=self.sharing.withdrawn,
            claims=invitations.to_claim(self._stored.record, self.record),
            mails=self.sharing.mails,
            forget_messages="forget" in self.effects,
            counted=self.counted,
        )

    def _renewed(self) -> list[Renewed]:
        if not self._stored.record.get("shares"):
            return []  # the page need not be built, twice, to see whether it changed
        before = summary.build(self._stored.record, self._content.questionnaire, self._content.texts)
        return self.sharing.renewed(self._stored.record, before, self.sections())

    def _edit(self, line_id: str, changes: Mapping[str, Any]) -> None:
        if line_id not in summary.line_ids(self.sections()):
            raise LineUnknown(line_id)
        mark = summary.mark_of(self.record, line_id)
        edits = self.record.setdefault("edits", {})
        kept = edits.get(line_id, {})
        edits[line_id] = {**(kept if kept.get("of") == mark else {}), **changes, "of": mark}

    def allow_health(self, line_id: str) -> None:
        """Log that the person saved words about health in a line, under a text that says so."""
        self.record["edits"][line_id]["health"] = True
        self._log("health_line", True, consents.LINE)

    def _answer_share(self, value: str) -> None:
        # what was done on the page is known in the talk, which then does not ask it again
        tracker = self.record["tracker"]
        self.record["tracker"] = {**tracker, "slots": {**tracker["slots"], "share": Answer(value).slot()}}

    def _stamp_end(self) -> None:
        self.record["endsAt"] = iso(self.ends.talk, "seconds")

    def _log(self, name: str, is_yes: bool, key: str) -> None:
        entry = consents.entry(name, is_yes, key, self.texts, iso(self._now, "seconds"))
        self.record.setdefault("consents", []).append(entry)
