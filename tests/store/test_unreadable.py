"""Database, keyring and master key together still do not show what a person said."""

import base64
import json

import pytest
from sqlalchemy import update

from bot.core.errors import TokenWrong
from bot.core.invitations import Invited
from bot.store import codes, crypto, masterkey
from bot.store.numbers import Counted
from bot.store.phones import Sender
from bot.store.readings import Reader, Reading
from bot.store.store import Store
from bot.store.tables import conversations
from bot.store.values import Delivered, Mail, Reply
from tests.store.builders import CHEAP, MEETING, NOON, a_change, a_message, a_share, raw_bytes, rows, shared

SECRET = "INDIFFERENT-TABLE"
CLEAR = {
    "conversations": {"id", "channel", "version", "created_at", "last_word_at", "expires_at", "token_ends_at"},
    "audit": {"seq", "at", "event", "actor"},
    "messages": {"conversation_id", "seq", "at"},
    "turns": {"conversation_id", "version"},
    "shares": {
        "conversation_id", "created_at", "expires_at", "opened_at", "withdrawn_at", "wrong_codes",
        "wrong_in_a_row", "locked_until", "mailed_at",
    },
    "mails": {"conversation_id", "made_at", "not_before", "tries"},
    "phones": {"conversation_id", "heard_at"},
    "opt_ins": {"seq", "how", "invited_at"},
    # counters: how many chose what, of nobody
    "counts": {"quarter", "municipality", "item", "beside", "number"},
    "published": {"quarter", "municipality", "numbers"},
    "inbox": {"said_at", "received_at", "claimed_until"},
    "invitations": {"id", "ends_at", "withdrawn_at"},
    "outbox": {"seq", "urgent", "made_at", "not_before", "tries"},
}  # fmt: skip


@pytest.fixture
def told(store, talk):
    """A conversation in which the secret stands everywhere it can stand."""
    share = shared(store, talk, a_share({"sections": [SECRET]}))
    record = {"words": SECRET, "resumeCode": talk.resume_code}
    reply = Reply(SECRET, SECRET, {"text": SECRET})
    mail = Mail(share.share_id, SECRET, SECRET)
    store.commit(a_change(store, talk, record=record, messages=[a_message(SECRET)], reply=reply, mails=[mail]))
    reading = Reading(Reader(SECRET), is_read=True, line=SECRET)
    store.open_share(share.share_id, share.code, address=SECRET, reading=reading)
    told_by_phone(store, talk)
    invited(store)
    others_were_counted(store)
    return talk, share


def invited(store):
    made = store.invitations.make(Invited(SECRET, SECRET, MEETING, SECRET))
    store.invitations.keep([made])
    talk = store.create("web", store.invitations.open(made.token))
    store.commit(a_change(store, talk, claims=made.invitation_id))


def others_were_counted(store):
    """Two yeses to counting: in a quarter that is over, and in the one that runs."""
    for quarter in ("2025-3", "2025-4"):
        store.commit(a_change(store, store.create("web"), counted=Counted(quarter, "hier", ("goals_first=rest",))))
        store.numbers.close()


def told_by_phone(store, talk):
    """The same in what a channel of others leaves behind."""
    sender = Sender(SECRET, SECRET)
    store.phones.link(talk.conversation_id, talk.data_key, sender, NOON)
    store.phones.invited(sender, "paper", NOON)
    store.post.receive([Delivered(SECRET, NOON, SECRET, {"text": SECRET})])
    phone = store.phones.find(sender, NOON)
    store.post.send([store.post.letter(sender, {"body": SECRET})], phone, {"choices": [SECRET]})
    store.post.taken(store.post.due()[0], SECRET)
    store.links.make(talk.conversation_id, talk.data_key, NOON)


def test_no_word_token_code_or_key_is_on_disk(told, places):
    talk, share = told
    secrets = [SECRET, talk.token, talk.resume_code, share.share_id, base64.b64encode(talk.data_key).decode()]
    on_disk = raw_bytes(places)

    found = [secret for secret in secrets if secret.encode() in on_disk]

    assert found == []
    assert talk.data_key not in on_disk
    assert share.key not in on_disk


def test_the_search_sees_what_is_there(told, places):
    assert told[0].conversation_id.encode() in raw_bytes(places)


def test_what_stands_in_clear_are_ids_times_and_counters_only(told, places):
    for table, found in rows(places.database_url).items():
        readable = {name for name, value in found[0].items() if not isinstance(value, bytes | memoryview | None)}
        assert readable <= CLEAR[table], table


def test_the_master_key_alone_opens_no_conversation(told, places):
    talk, _ = told
    master = masterkey.read(places.master_key_file)
    row = rows(places.keyring_url)["keys"][0]
    record = bytes(rows(places.database_url)["conversations"][0]["record"])

    for column in ("by_token", "by_code"):
        inner = master.unlock(row["master_id"], bytes(row[column]), column, talk.conversation_id)
        for guess in (inner[:32], inner[12:44], inner[-32:], *master.keys.values()):
            with pytest.raises(crypto.SealBroken):
                crypto.unseal_json(guess, record, "conversations", talk.conversation_id, 2)


def test_who_rewrites_the_token_hash_still_has_no_key(told, store):
    talk, _ = told
    mine = codes.new_token()
    with store._database.writing() as connection:
        connection.execute(update(conversations).values(token_hash=crypto.plain_hash(mine)))

    with pytest.raises(TokenWrong):
        store.unlock(talk.conversation_id, mine)


def test_a_row_put_in_another_conversation_does_not_open(told, store):
    talk, _ = told
    other = store.create("web")
    with store._database.writing() as connection:
        connection.exec_driver_sql(
            "UPDATE conversations SET record = (SELECT record FROM conversations WHERE version = 2)"
        )

    with pytest.raises(crypto.SealBroken):
        store.load(other.conversation_id, talk.data_key)


def test_an_erased_key_is_wiped_from_the_files_too(sqlite_places):
    store = Store.open(sqlite_places, scrypt_cost=CHEAP)
    talk = store.create("web")
    row = rows(sqlite_places.keyring_url)["keys"][0]
    assert row["by_code"] in raw_bytes(sqlite_places)

    store.erase(talk.conversation_id)

    assert row["by_code"] not in raw_bytes(sqlite_places)
    assert row["by_token"] not in raw_bytes(sqlite_places)


def test_what_is_printed_of_a_conversation_shows_no_secret(told, store):
    talk, _ = told
    printed = repr([talk, store.resume(talk.resume_code), store.load(talk.conversation_id, talk.data_key)])
    printed += repr(a_change(store, talk, messages=[a_message(SECRET)]))

    assert not [secret for secret in (SECRET, talk.token, talk.resume_code, json.dumps(SECRET)) if secret in printed]
