"""Secrets told while something breaks: the engine, the database, a race, an end."""

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlalchemy import update

from bot.store.clock import utc_now
from bot.store.tables import conversations
from bot.store.values import Created
from tests.secrets.bot import Bot
from tests.secrets.person import Person, begun
from tests.store.builders import a_change


def erased(bot: Bot, word: str) -> None:
    person = begun(bot).answers(f"het gaat goed door {word}")
    assert person.call("DELETE").status == 204


def erased_in_the_talk(bot: Bot, word: str) -> None:
    person = begun(bot).answers(f"het gaat goed door {word}")
    assert person.taps("erase", "erase_yes").call("GET").status in (401, 404)


def expired(bot: Bot, word: str) -> None:
    person = begun(bot).answers(f"het gaat goed door {word}")
    over = update(conversations).where(conversations.c.id == person.id).values(expires_at=utc_now() - timedelta(days=1))
    with bot.store() as store:
        with store._database.writing() as connection:
            connection.execute(over)
        assert store.expire().erased == 1
    assert person.call("GET").status in (401, 404)


def lost_race(bot: Bot, word: str) -> None:
    person = begun(bot)
    with bot.store() as store:
        talk = Created(person.id, person.token, person.resume_code, store.unlock(person.id, person.token))
        before = store.load(talk.conversation_id, talk.data_key).version
        with bot.halfway(lambda: person.says(f"het gaat goed door {word}")) as answers:
            store.commit(a_change(store, talk))
        assert answers[0].status == 200
        assert store.load(talk.conversation_id, talk.data_key).version == before + 2


def database_away(bot: Bot, word: str) -> None:
    answers, cries = begun(bot), begun(bot)
    says = (
        lambda: answers.says(f"het gaat goed door {word}", messageId=word),
        lambda: cries.says(f"ik wil dood, {word}", messageId=word),
    )
    with bot.no_database(), ThreadPoolExecutor() as pool:
        assert [answer.status for answer in pool.map(lambda say: say(), says)] == [503, 503]


def engine_crashed(bot: Bot, word: str) -> None:
    """Once during a turn; other answers wait until there is an engine again."""
    speaks, waits, is_ill, cries, new = begun(bot), begun(bot), begun(bot), begun(bot), Person(bot)
    with bot.halfway(lambda: speaks.says(f"het gaat goed door {word}", messageId=word)) as answers:
        os.kill(bot.engine, signal.SIGSEGV)
    assert answers[0].json["pending"] is True
    assert waits.says(f"het gaat goed door {word}").json["pending"] is True
    assert is_ill.says(f"ik heb een depressie en {word}").status == 200
    assert cries.says(f"ik wil dood, {word}").status == 200
    assert new.says(f"wie leest dit, {word}").status == 200
    bot.wait_until_ready()
    assert word in str(speaks.call("GET").json)
    assert word in str(waits.call("GET").json)
    assert is_ill.call("GET").status == 200


FAILING = (erased, erased_in_the_talk, expired, lost_race, database_away)
