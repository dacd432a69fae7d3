"""Who steals database, keyring, master key and code, but no token and no code, reads none of 40 unshared talks."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import update

from bot.core.errors import ConversationUnknown, TokenWrong
from bot.store import crypto
from bot.store.store import Store
from bot.store.tables import conversations, keys, messages
from bot.store.values import Created, Reply
from tests.store.builders import CHEAP, Places, a_change, a_message
from tests.store.thief import SHORTCUTS, Row, Thief

pytestmark = pytest.mark.slow
MANY = 40
UNKNOWN_DIGITS = 3


@dataclass(frozen=True)
class Told:
    """A talk, and what its person said in it."""

    talk: Created
    secret: str


@pytest.fixture
def told(store: Store) -> list[Told]:
    """Forty talks that nobody shared, each with a secret of its own in every place for words."""
    return [tells(store, f"INDIFFERENT-TABLE-{number}") for number in range(MANY)]


def tells(store: Store, secret: str) -> Told:
    talk = store.create("web")
    reply = Reply("m1", "f", {"text": secret})
    record = {"words": secret, "resumeCode": talk.resume_code}
    store.commit(a_change(store, talk, record=record, messages=[a_message(secret)], reply=reply))
    return Told(talk, secret)


def test_who_holds_the_token_or_the_code_reads_all_forty(told: list[Told], store: Store):
    def read(talk: Created, data_key: bytes) -> str:
        return str(store.load(talk.conversation_id, data_key).record["words"])

    by_token = [read(one.talk, store.unlock(one.talk.conversation_id, one.talk.token)) for one in told]
    by_code = [read(one.talk, store.resume(one.talk.resume_code).data_key) for one in told]

    assert by_token == by_code == [one.secret for one in told]


@pytest.mark.parametrize("shortcut", SHORTCUTS, ids=lambda shortcut: shortcut.__name__)
def test_no_shortcut_opens_one_of_forty(told: list[Told], places: Places, shortcut: Any):
    thief = Thief(places)

    assert len(thief.talks) == MANY
    assert thief.reads(shortcut) == []


def test_the_thief_reads_all_with_the_right_keys(told: list[Told], places: Places):
    right = {one.talk.conversation_id: one.talk for one in told}
    thief = Thief(places)

    def by_data_key(_: Thief, row: Row) -> Iterator[bytes]:
        yield right[row["id"]].data_key

    def by_token(_: Thief, row: Row) -> Iterator[bytes]:
        yield crypto.key_from_token(right[row["id"]].token, bytes(row["salt"]))

    assert len(thief.reads(by_data_key)) == len(thief.reads(by_token)) == MANY


@pytest.fixture
def scrypts(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The cost of every slow step that is taken from here on."""
    costs: list[int] = []
    real = crypto.scrypt

    def counted(words: bytes, salt: bytes, n: int, *others: int) -> bytes:
        costs.append(n)
        return real(words, salt, n, *others)

    monkeypatch.setattr(crypto, "scrypt", counted)
    return costs


def test_codes_of_three_digits_would_be_found_and_every_guess_costs_the_slow_step(
    told: list[Told], store: Store, places: Places, scrypts: list[int]
):
    thief, one = Thief(places), told[7]
    known = one.talk.resume_code[:-UNKNOWN_DIGITS]
    by_index = {bytes(row["resume_index"]): row for row in thief.talks}

    guesses = [known + f"{number:0{UNKNOWN_DIGITS}d}" for number in range(10**UNKNOWN_DIGITS)]
    hits = [(by_index[found.index], found) for found in map(store._keyring.stretch, guesses) if found.index in by_index]

    ((row, found),) = hits
    assert one.secret in thief.opens(crypto.derived(found.secret, "code", bytes(row["salt"])), row)
    assert scrypts == [CHEAP] * len(guesses)


def test_the_slow_step_of_a_code_is_as_slow_as_promised(places: Places, scrypts: list[int]):
    store = Store.open(places)
    talk = store.create("web")
    store.resume(talk.resume_code)
    store.close()

    assert scrypts == [crypto.SCRYPT_COST] * 2
    assert crypto.SCRYPT_COST >= 2**14


def with_a_token_of_my_own(store: Store, victim: Created, mine: Created) -> None:
    change(store, conversations, victim, token_hash=crypto.plain_hash(mine.token))


def with_my_lock_in_place_of_theirs(store: Store, victim: Created, mine: Created) -> None:
    """Lock my own data key anew, as if it were the victim's, and open the victim's talk by my token."""
    with_a_token_of_my_own(store, victim, mine)
    salt = row_of(store, conversations, victim).salt
    store._keyring.replace_token(victim.conversation_id, salt, mine.token, mine.data_key)


def with_their_lock_in_my_row(store: Store, victim: Created, mine: Created) -> None:
    row = row_of(store, keys, victim)
    change(store, keys, mine, by_token=row.by_token, by_code=row.by_code)


def with_their_record_in_my_row(store: Store, victim: Created, mine: Created) -> None:
    row = row_of(store, conversations, victim)
    change(store, conversations, mine, record=row.record, version=row.version)


def with_their_messages_in_my_talk(store: Store, victim: Created, mine: Created) -> None:
    change(store, messages, mine, ciphertext=row_of(store, messages, victim).ciphertext)


def with_their_id_on_my_row(store: Store, victim: Created, mine: Created) -> None:
    row = row_of(store, conversations, mine)
    change(store, conversations, victim, token_hash=row.token_hash, salt=row.salt)


SWAPS = (
    with_a_token_of_my_own,
    with_my_lock_in_place_of_theirs,
    with_their_lock_in_my_row,
    with_their_record_in_my_row,
    with_their_messages_in_my_talk,
    with_their_id_on_my_row,
)


@pytest.mark.parametrize("swap", SWAPS, ids=lambda swap: swap.__name__)
def test_rows_put_elsewhere_show_none_of_forty(told: list[Told], store: Store, swap: Any):
    mine = tells(store, "MINE").talk
    seen = []
    for one in told:
        swap(store, one.talk, mine)
        seen += [what_opens(store, id_, mine) for id_ in (one.talk.conversation_id, mine.conversation_id)]

    assert not [one.secret for one in told if one.secret in f"{seen}"]


def test_what_is_tried_with_rows_shows_a_person_their_own(told: list[Told], store: Store):
    assert all(what_opens(store, one.talk.conversation_id, one.talk).count(one.secret) == 5 for one in told)


def what_opens(store: Store, conversation_id: str, mine: Created) -> str:
    """All that the program itself shows of a talk to who holds another's token, code and data key."""
    ways: tuple[Callable[[], object], ...] = (
        lambda: store.load(conversation_id, store.unlock(conversation_id, mine.token)).record,
        lambda: store.messages(conversation_id, store.unlock(conversation_id, mine.token)),
        lambda: store.load(conversation_id, mine.data_key).record,
        lambda: store.messages(conversation_id, mine.data_key),
        lambda: vars(store.reply(conversation_id, mine.data_key, "m1") or ConversationUnknown()),
    )
    return "".join(_tried(way) for way in ways)


def _tried(way: Callable[[], object]) -> str:
    try:
        return str(way())
    except (crypto.SealBroken, TokenWrong, ConversationUnknown) as refused:
        return type(refused).__name__


def test_an_older_row_under_the_present_version_opens_for_nobody(told: list[Told], store: Store, places: Places):
    before = [row_of(store, conversations, one.talk).record for one in told]
    for one, record in zip(told, before, strict=True):
        store.commit(a_change(store, one.talk, record={"words": "OTHER"}))
        change(store, conversations, one.talk, record=record)

    for one in told:
        with pytest.raises(crypto.SealBroken):
            store.load(one.talk.conversation_id, one.talk.data_key)
    assert [thief for shortcut in SHORTCUTS if (thief := Thief(places).reads(shortcut))] == []


@pytest.mark.parametrize("version", [0, 1, 3])
def test_another_version_number_opens_nothing(told: list[Told], store: Store, places: Places, version: int):
    for one in told:
        change(store, conversations, one.talk, version=version)
    thief = Thief(places)

    assert [thief.opens(key, row) for row in thief.talks for key in thief.master.keys.values()] == [""] * MANY


def row_of(store: Store, table: Any, talk: Created) -> Any:
    with database_of(store, table).reading() as connection:
        return connection.execute(table.select().where(id_of(table) == talk.conversation_id)).first()


def change(store: Store, table: Any, talk: Created, **values: object) -> None:
    with database_of(store, table).writing() as connection:
        connection.execute(update(table).where(id_of(table) == talk.conversation_id).values(values))


def database_of(store: Store, table: Any) -> Any:
    return store._keyring.database if table is keys else store._database


def id_of(table: Any) -> Any:
    return table.c.id if table is conversations else table.c.conversation_id
