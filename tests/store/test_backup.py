"""A backup holds the words and no key; what was erased since cannot be read again, link and code or not."""

from dataclasses import replace

import pytest

from bot.core.errors import BackupThere, ConversationUnknown, DatabaseInUse, ShareUnknown
from bot.store.database import Database
from bot.store.store import Store
from tests.postgres import empty
from tests.store.builders import CHEAP, INVITED, PAGE, a_change, a_message, rows, shared

pytestmark = pytest.mark.slow


@pytest.fixture
def restored(places, store, tmp_path):
    """Restores a backup in place of the database, beside the keyring as it is."""

    def put_back(file, clock):
        store.close()
        if places.database_url.startswith("postgresql"):
            empty(places.database_url)
            other = places
        else:
            other = replace(places, database_url=f"sqlite:///{tmp_path}/new.db")
        opened = Store.open(other, clock, CHEAP)
        opened.restore(file)
        return opened

    return put_back


def test_a_backup_brings_back_talks_and_shares(store, talk, clock, tmp_path, restored):
    share = shared(store, talk)
    store.commit(a_change(store, talk, messages=[a_message("Ik wil werken.")]))
    file = store.backup(tmp_path / "backup")

    again = restored(file, clock)

    data_key = again.unlock(talk.conversation_id, talk.token)
    assert [one["text"] for one in again.messages(talk.conversation_id, data_key)] == ["Ik wil werken."]
    assert again.open_share(share.share_id, share.code) == PAGE


def test_a_page_that_was_opened_before_the_backup_opens_after_it_too(store, talk, clock, tmp_path, restored):
    share = shared(store, talk)
    store.open_share(share.share_id, share.code)

    again = restored(store.backup(tmp_path / "backup"), clock)

    assert again.open_share(share.share_id, share.code) == PAGE
    assert [line["event"] for line in again.audit()] == ["tried", "opened"] * 2


def test_a_backup_knows_the_cards_that_lie_on_tables(store, clock, tmp_path, restored):
    made = store.invitations.make(INVITED)
    store.invitations.keep([made])

    again = restored(store.backup(tmp_path / "backup"), clock)

    assert again.invitations.open(made.token)["openingCode"] == made.opening_code


def test_what_was_erased_after_the_backup_stays_closed(store, talk, clock, tmp_path, restored):
    share = shared(store, talk)
    file = store.backup(tmp_path / "backup")
    store.erase(talk.conversation_id)

    again = restored(file, clock)

    for way_in in (
        lambda: again.unlock(talk.conversation_id, talk.token),
        lambda: again.resume(talk.resume_code),
    ):
        with pytest.raises(ConversationUnknown):
            way_in()
    with pytest.raises(ShareUnknown):
        again.open_share(share.share_id, share.code)


def test_a_page_withdrawn_after_the_backup_stays_closed(store, talk, clock, tmp_path, restored):
    share = shared(store, talk)
    file = store.backup(tmp_path / "backup")
    store.commit(a_change(store, talk, withdrawn=[share.share_id]))

    with pytest.raises(ShareUnknown):
        restored(file, clock).open_share(share.share_id, share.code)


def test_a_backup_holds_no_table_of_the_keyring(store, talk, tmp_path):
    shared(store, talk)

    tables = rows(f"sqlite:///{store.backup(tmp_path / 'backup')}")

    assert not {"keys", "share_keys", "own_keys"} & set(tables)
    assert len(tables["conversations"]) == len(tables["shares"]) == 1


def test_a_backup_is_for_its_owner_only_and_leaves_nothing_beside_it(store, tmp_path):
    file = store.backup(tmp_path / "backup")

    assert [path.name for path in file.parent.iterdir()] == [file.name]
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_backup_never_overwrites_one(store, tmp_path):
    store.backup(tmp_path / "backup")

    with pytest.raises(BackupThere):
        store.backup(tmp_path / "backup")


def test_a_backup_is_not_put_into_a_database_in_use(store, talk, tmp_path):
    with pytest.raises(DatabaseInUse):
        store.restore(store.backup(tmp_path / "backup"))


def test_a_backup_made_while_others_write_is_of_one_moment(store, talk, tmp_path):
    database = store._database
    with database.one_moment() as source:
        before = source.exec_driver_sql("SELECT count(*) FROM conversations").scalar()
        store.create("web")
        after = source.exec_driver_sql("SELECT count(*) FROM conversations").scalar()

    assert (before, after) == (1, 1)
    assert isinstance(database, Database)
