"""Before the yes nothing that somebody typed is kept; after a no, and after a yes, what was promised holds."""

import json

import pytest

from bot.store.store import Store
from tests.web.caller import Person
from tests.web.fakes import FakeEngine

WORDS = "Karin heet ik en dit is geheim"
CRY = "hij slaat mij, dit is geheim"


def all_that_is_kept(store: Store, person: Person) -> str:
    key = store.unlock(person.id, person.token)
    stored = store.load(person.id, key)
    reply = store.reply(person.id, key, "m1")
    return json.dumps([stored.record, store.messages(person.id, key), reply and [reply.fingerprint, reply.state]])


@pytest.mark.parametrize("is_down", [False, True])
@pytest.mark.parametrize("text", [WORDS, CRY, CRY + " maar het gaat", "geheim 🙂", "geheim " * 1000])
async def test_before_consent_no_typed_word_is_kept(
    person: Person, store: Store, engine: FakeEngine, text: str, is_down: bool
):
    engine.is_down = is_down

    await person.say(text=text, messageId="m1")

    assert "geheim" not in all_that_is_kept(store, person)


async def test_before_consent_words_in_a_help_turn_are_not_kept_either(person: Person, store: Store):
    await person.type(CRY)

    await person.type("nog iets geheims")

    assert "geheim" not in all_that_is_kept(store, person)


async def test_after_a_no_no_typed_word_is_kept(person: Person, store: Store):
    await person.tap("consent_no")

    await person.type(WORDS)
    await person.type(CRY)

    assert "geheim" not in all_that_is_kept(store, person)


async def test_after_a_no_yes_is_still_open(person: Person):
    await person.tap("consent_no")

    assert (await person.tap("consent_yes"))["question"]["id"] == "remember"


async def test_after_a_yes_words_are_kept(talker: Person, store: Store):
    await talker.type(WORDS)

    assert "geheim" in all_that_is_kept(store, talker)


async def test_what_is_kept_cannot_be_read_in_the_files(talker: Person, settings):
    await talker.type("vlinderdasje")
    await talker.type("hij slaat mij met een vlinderdasje")

    files = [path.read_bytes() for path in settings.data_dir.glob("*.db*")]
    assert files
    assert not any(b"vlinderdasje" in content for content in files)


async def test_the_page_is_told_that_it_may_remember(person: Person):
    await person.tap("consent_yes", "remember_yes")

    assert (await person.reads())["remember"] is True


async def test_the_page_is_not_told_so_after_a_no(talker: Person):
    assert "remember" not in (await talker.reads()).body
