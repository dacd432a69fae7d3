"""The keyring: lost, swapped, rotated; and what its holder can and cannot do."""

import pytest

from bot.core.errors import KeyringWrong, MasterKeyWrong
from bot.store import masterkey
from bot.store.masterkey import MasterKeyFile
from bot.store.store import Store
from tests.store.builders import CHEAP, PAGE, a_change, rows, shared


def ids_of(path):
    return list(masterkey.read(path).keys)


def test_a_lost_keyring_stops_the_start_with_one_clear_line(sqlite_places):
    Store.open(sqlite_places, scrypt_cost=CHEAP).close()
    (sqlite_places.data_dir / "keys.db").unlink()

    with pytest.raises(KeyringWrong, match="KEYRING_URL is not the keyring of DATABASE_URL"):
        Store.open(sqlite_places, scrypt_cost=CHEAP)


def test_every_guess_of_a_resume_code_costs_the_slow_step(store, talk, places):
    stretched = store._keyring.stretch(talk.resume_code)

    (row,) = rows(places.database_url)["conversations"]
    assert bytes(row["resume_index"]) == stretched.index
    assert stretched.index != stretched.secret
    assert stretched != store._keyring.stretch(f"{int(talk.resume_code) ^ 1:016d}")


def test_rotating_locks_every_key_anew_and_talks_shares_and_codes_go_on(store, talk, places):
    share = shared(store, talk)
    (old,) = ids_of(places.master_key_file)

    MasterKeyFile(places.master_key_file).rotate()

    assert store.relock() == 3  # a talk, a share and the index key
    tables = rows(places.keyring_url)
    assert old not in {row["master_id"] for name in ("keys", "share_keys", "own_keys") for row in tables[name]}
    assert store.open_share(share.share_id, share.code) == PAGE
    assert store.unlock(talk.conversation_id, talk.token) == talk.data_key
    assert store.resume(talk.resume_code).data_key == talk.data_key


def test_a_process_that_serves_takes_the_new_key_without_a_restart(store, places):
    MasterKeyFile(places.master_key_file).rotate()
    talk = store.create("web")

    newest = ids_of(places.master_key_file)[0]
    by_id = {row["conversation_id"]: row["master_id"] for row in rows(places.keyring_url)["keys"]}
    assert by_id[talk.conversation_id] == newest


def test_relocking_stops_nowhere_half_way_and_may_run_again(store, places):
    talks = [store.create("web") for _ in range(3)]
    MasterKeyFile(places.master_key_file).rotate()

    assert [store.relock(), store.relock()] == [4, 0]
    assert [store.unlock(talk.conversation_id, talk.token) for talk in talks] == [talk.data_key for talk in talks]


def test_the_key_before_stays_in_the_file_until_the_next_rotation(places):
    file = MasterKeyFile(places.master_key_file)
    seen = [ids_of(places.master_key_file)[0]]
    for _ in range(2):
        file.rotate()
        file.drop_old()
        seen.insert(0, ids_of(places.master_key_file)[0])

    assert ids_of(places.master_key_file) == seen[:2]
    assert places.master_key_file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("broken", ["", "a not*base64\n", None])
def test_a_key_file_that_breaks_while_serving_does_not_stop_the_talks(store, talk, places, broken):
    places.master_key_file.unlink()
    if broken is not None:
        places.master_key_file.write_text(broken)

    assert store.unlock(talk.conversation_id, talk.token) == talk.data_key
    store.commit(a_change(store, talk))


def test_a_file_without_the_key_that_locked_the_keyring_stops_the_start(places):
    Store.open(places, scrypt_cost=CHEAP).close()
    places.master_key_file.unlink()
    masterkey.create_for_first_try(places.master_key_file)

    with pytest.raises(MasterKeyWrong, match="the keyring needs master key"):
        Store.open(places, scrypt_cost=CHEAP)
