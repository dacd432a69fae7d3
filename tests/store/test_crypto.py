"""What is sealed opens only whole, with its key, in its place."""

import hashlib
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.store import crypto

# Each derivation takes 16 MB for a moment, in a thread of its own.
DERIVING = """
import resource
from concurrent.futures import ThreadPoolExecutor
from bot.store.crypto import SCRYPT_COST, key_from_code

def resident():
    return int(open("/proc/self/statm").read().split()[1]) * resource.getpagesize() / 2**20

def derive(_):
    key_from_code("482913", b"salt", SCRYPT_COST)

before = resident()
with ThreadPoolExecutor(8) as threads:
    list(threads.map(derive, range(32)))
    print(resident() - before)
"""
POWERS = st.integers(1, 10).map(lambda power: 2**power)
# No deadline: a busy machine is not a fault. The seal is a library's, so few examples will do.
quick = settings(deadline=None, max_examples=40)
keys = st.binary(min_size=32, max_size=32)
places = st.lists(st.text() | st.integers(0), max_size=3).map(tuple)
documents = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@quick
@given(keys, st.binary(), places)
def test_what_is_sealed_comes_out_the_same(key, plain, place):
    assert crypto.unseal(key, crypto.seal(key, plain, *place), *place) == plain


@quick
@given(keys, documents)
def test_a_sealed_document_comes_out_the_same(key, document):
    assert crypto.unseal_json(key, crypto.seal_json(key, document, "records"), "records") == document


@quick
@given(st.text(alphabet="0123456789"), st.binary(), POWERS)
def test_a_code_makes_the_key_that_python_s_own_scrypt_makes_of_it(code, salt, cost):
    assert crypto.key_from_code(code, salt, cost) == hashlib.scrypt(
        code.encode(), salt=salt, n=cost, r=8, p=1, dklen=32
    )


@quick
@given(keys, st.binary(), st.integers(0), st.integers(0, 7))
def test_one_changed_bit_breaks_the_seal(key, plain, position, bit):
    sealed = bytearray(crypto.seal(key, plain))
    sealed[position % len(sealed)] ^= 1 << bit

    with pytest.raises(crypto.SealBroken):
        crypto.unseal(key, bytes(sealed))


@quick
@given(keys, st.binary(), st.integers(1))
def test_a_shortened_seal_is_broken(key, plain, cut):
    sealed = crypto.seal(key, plain)

    with pytest.raises(crypto.SealBroken):
        crypto.unseal(key, sealed[: max(0, len(sealed) - cut)])


@quick
@given(keys, keys, places, places)
def test_another_key_or_another_place_does_not_open(key, other, place, elsewhere):
    sealed = crypto.seal(key, b"words", *place)
    if (key, place) == (other, elsewhere):
        return

    with pytest.raises(crypto.SealBroken):
        crypto.unseal(other, sealed, *elsewhere)


def test_half_an_emoji_in_the_input_does_not_break_the_seal():
    key = bytes(32)

    assert crypto.unseal_json(key, crypto.seal_json(key, "\ud83d")) == "\ud83d"


def test_two_sentences_of_different_length_look_alike():
    sealed = {len(crypto.seal_json(bytes(32), {"text": "a" * length})) for length in (1, 40, 900)}

    assert len(sealed) == 1


def test_a_token_gives_another_key_in_another_conversation():
    assert crypto.key_from_token("t", b"salt one") != crypto.key_from_token("t", b"salt two")


def test_threads_that_made_keys_of_codes_keep_no_room_for_them():
    done = subprocess.run([sys.executable, "-c", DERIVING], capture_output=True, text=True, check=True)

    assert float(done.stdout) < 20  # megabytes; hashlib's own scrypt leaves 128
