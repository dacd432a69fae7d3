"""A played conversation, through the real gateway and the trained engine, leaves the record that the data map tells."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import yaml

from bot.core.invitations import Invited
from bot.core.talk import answer_of
from bot.sense.sensing import Sense
from bot.settings import Settings
from bot.store import masterkey
from bot.store.store import Store
from bot.web.app import make_app
from bot.web.content import Content
from tests.served import NO_LIMITS
from tests.store.builders import CHEAP
from tests.talkers import trained_agent
from tests.web.caller import Caller, Person
from tests.web.cards import with_card
from tests.web.inviting import opens
from tests.wiring import written

pytestmark = pytest.mark.slow

MAPPED = set(yaml.safe_load((written.ROOT / "docs/data-map.yml").read_text("utf-8"))["record"])
IN_WHATSAPP = {"shareToShow"}
FROM_A_CARD = {"shares.to"}
TURKISH = "Merhaba, ben çok hastayım ve param yok, ne yapmalıyım bilmiyorum"
CRY = "ik wil niet meer leven"
ILL = "ik heb een depressie"
LINE = "wellbeing_week"


class EngineHere:
    """The trained engine in this process, as the gateway calls it."""

    def __init__(self, store: Store, content: Content) -> None:
        from bot.engine.server import Engine  # here: importing Rasa takes ten seconds

        self._engine = Engine(trained_agent(), store, content, "blank")

    async def turn(self, turn: Mapping[str, Any]) -> dict[str, Any]:
        return await self._engine.take(turn)

    async def health(self) -> dict[str, Any]:
        return {"status": "ok", "nlu": "blank"}

    async def close(self) -> None:
        """Nothing is open."""


@pytest.fixture
def settings(tmp_path) -> Settings:
    masterkey.create_for_first_try(tmp_path / "master.key")
    return Settings.from_env({"DATA_DIR": str(tmp_path), **NO_LIMITS})


@pytest.fixture
def store(settings: Settings):
    opened = Store.open(settings, scrypt_cost=CHEAP)
    yield opened
    opened.close()


@pytest.fixture
async def person(aiohttp_client: Any, settings: Settings, store: Store) -> Person:
    content = Content.load()
    app = make_app(settings, store, EngineHere(store, content), Sense(), content)
    caller = Caller(await aiohttp_client(app))
    made = store.invitations.make(Invited("Karin", "k@gemeente.example", datetime.now(UTC) + timedelta(days=9), "Z-1"))
    store.invitations.keep([made])
    return Person(caller, await with_card(caller, made.token))


async def played(person: Person, day: str) -> None:
    """Consent, a cry for help and its end, words about health, every kind of answer and edit, a meeting, a share."""
    await person.tap("consent_yes", "remember_no")
    await person.type(TURKISH)
    await person.type(CRY)
    await person.tap("safe_yes", "continue")
    await person.type("…")
    await person.type("…")
    await person.type(ILL)
    await person.tap("health_yes", "skip")
    await person.call("PATCH", json={"meeting": day})
    await person.call("PATCH", f"/summary/lines/{LINE}", json={"text": ILL, "shared": True, "names": True})
    await person.call("POST", "/shares", json={"lines": [LINE]})
    share = await person.call("POST", "/shares")
    await opens(person.caller, share, "read", name="Sanne")
    await person.reads()
    await person.call("DELETE", f"/summary/lines/{LINE}")
    await person.call("DELETE", f"/shares/{share['shareId']}")


def keys_of(record: Mapping[str, Any]) -> set[str]:
    """The keys of the record and, after a dot, those of one entry of its lists and tables."""
    entries = {
        "answer": [slot for slot in record["tracker"]["slots"].values() if answer_of(slot)],
        "edits": record["edits"].values(),
        **{name: record[name] for name in ("consents", "shares")},
        "invitation": [record["invitation"]],
    }
    return set(record) | {f"{name}.{key}" for name, each in entries.items() for entry in each for key in entry}


async def test_the_record_of_a_played_conversation_has_the_keys_of_the_data_map(person: Person, store: Store):
    await played(person, (datetime.now(UTC) + timedelta(days=7)).date().isoformat())
    stored = store.load(person.id, store.unlock(person.id, person.token))

    assert keys_of(stored.record) == MAPPED - IN_WHATSAPP - FROM_A_CARD
