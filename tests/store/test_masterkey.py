"""The master key file: trouble is noticed at start and told in one line without the key."""

import base64

import pytest

from bot.core.errors import MasterKeyMissing, MasterKeyWrong
from bot.store import masterkey
from bot.store.store import Store
from tests.store.builders import CHEAP

KEY = base64.b64encode(b"k" * 32).decode()
OTHER = base64.b64encode(b"o" * 32).decode()


def test_the_first_line_locks_and_every_line_unlocks(tmp_path):
    old, both = tmp_path / "old", tmp_path / "both"
    old.write_text(f"a {KEY}\n")
    both.write_text(f"# rotated\nb {OTHER}\n\na {KEY}\n")

    sealed = masterkey.read(old).lock(b"words", "place")

    assert masterkey.read(both).current == "b"
    assert masterkey.read(both).unlock("a", sealed, "place") == b"words"


def test_a_missing_file_has_a_name(tmp_path):
    with pytest.raises(MasterKeyMissing, match=r"nowhere\.key"):
        masterkey.read(tmp_path / "nowhere.key")


def test_a_file_without_keys_is_a_missing_key(tmp_path):
    (tmp_path / "empty.key").write_text("# nothing yet\n")

    with pytest.raises(MasterKeyMissing, match=r"empty\.key"):
        masterkey.read(tmp_path / "empty.key")


@pytest.mark.parametrize("line", ["a", f"a {KEY} b", "a not*base64", "a c2hvcnQ=", f"a {KEY}\na {OTHER}", "\xe9"])
def test_a_broken_file_names_itself_but_shows_no_key(tmp_path, line):
    path = tmp_path / "broken.key"
    path.write_text(line, "latin-1")

    with pytest.raises(MasterKeyWrong, match=r"broken\.key") as trouble:
        masterkey.read(path)
    assert "\n" not in str(trouble.value)
    assert KEY not in str(trouble.value)


def test_the_key_for_a_first_try_is_private_and_never_overwritten(tmp_path):
    path = tmp_path / "new" / "master.key"

    assert masterkey.create_for_first_try(path)
    first = path.read_text()

    assert not masterkey.create_for_first_try(path)
    assert (path.read_text(), path.stat().st_mode & 0o777) == (first, 0o600)
    assert list(path.parent.iterdir()) == [path]


def test_another_master_key_stops_the_start(places):
    Store.open(places, scrypt_cost=CHEAP).close()
    places.master_key_file.write_text(f"other {OTHER}\n")

    with pytest.raises(MasterKeyWrong):
        Store.open(places, scrypt_cost=CHEAP)


def test_other_bytes_under_the_same_id_stop_the_start(places):
    Store.open(places, scrypt_cost=CHEAP).close()
    same_id = masterkey.read(places.master_key_file).current
    places.master_key_file.write_text(f"{same_id} {OTHER}\n")

    with pytest.raises(MasterKeyWrong):
        Store.open(places, scrypt_cost=CHEAP)


def test_a_new_key_above_the_old_one_opens_what_was_there(places):
    before = Store.open(places, scrypt_cost=CHEAP)
    talk = before.create("web")
    before.close()
    places.master_key_file.write_text(f"newer {OTHER}\n{places.master_key_file.read_text()}")

    after = Store.open(places, scrypt_cost=CHEAP)

    assert after.unlock(talk.conversation_id, talk.token) == talk.data_key
    after.close()
