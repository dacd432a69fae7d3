"""What gateways tell each other is for them alone, once, and now."""

import os

import pytest

from bot.core.errors import PeerUnknown
from bot.store.crypto import PAGE_BYTES
from bot.store.envelopes import FRESH_SECONDS, Envelopes
from tests.store.builders import Clock

KEY = os.urandom(32)
SECRET = {"words": "geheime schulden"}


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def here(clock: Clock) -> Envelopes:
    return Envelopes(KEY, clock)


@pytest.fixture
def there(clock: Clock) -> Envelopes:
    return Envelopes(KEY, clock)


def test_another_gateway_opens_it_and_its_answer_comes_back(here: Envelopes, there: Envelopes):
    mark, sealed = here.seal(SECRET)
    letter = there.open(sealed)

    assert letter.content == SECRET
    assert here.answered(mark, there.answer(letter, {"held": 1})) == {"held": 1}


def test_on_the_way_no_word_can_be_read_and_its_length_tells_little(here: Envelopes):
    short, long = here.seal({})[1], here.seal(SECRET)[1]

    assert b"geheime" not in long
    assert len(short) == len(long) > PAGE_BYTES


def test_it_opens_once(here: Envelopes, there: Envelopes):
    _, sealed = here.seal(SECRET)
    there.open(sealed)

    with pytest.raises(PeerUnknown):
        there.open(sealed)


@pytest.mark.parametrize("seconds", [31, -31])
def test_what_was_sealed_at_another_time_stays_closed(here: Envelopes, there: Envelopes, clock: Clock, seconds: int):
    _, sealed = here.seal(SECRET)
    clock.moves(seconds=seconds)

    with pytest.raises(PeerUnknown):
        there.open(sealed)


def test_clocks_may_differ_a_little(here: Envelopes, there: Envelopes, clock: Clock):
    _, sealed = here.seal(SECRET)
    clock.moves(seconds=-FRESH_SECONDS)

    assert there.open(sealed).content == SECRET


@pytest.mark.parametrize("change", [lambda raw: raw[:-1], lambda raw: raw + b"x", lambda raw: b"", lambda raw: b"{}"])
def test_what_was_changed_on_the_way_stays_closed(here: Envelopes, there: Envelopes, change):
    with pytest.raises(PeerUnknown):
        there.open(change(here.seal(SECRET)[1]))


def test_who_has_another_keyring_opens_nothing(here: Envelopes, clock: Clock):
    with pytest.raises(PeerUnknown):
        Envelopes(os.urandom(32), clock).open(here.seal(SECRET)[1])


def test_the_answer_to_one_letter_is_none_to_another(here: Envelopes, there: Envelopes):
    answer = there.answer(there.open(here.seal({"ask": "a"})[1]), SECRET)
    mark, sealed = here.seal({"ask": "b"})
    there.open(sealed)

    with pytest.raises(PeerUnknown):
        here.answered(mark, answer)


def test_an_answer_is_no_letter(here: Envelopes, there: Envelopes):
    answer = there.answer(there.open(here.seal(SECRET)[1]), SECRET)

    with pytest.raises(PeerUnknown):
        here.open(answer)


def test_a_letter_shows_no_word_in_a_log(here: Envelopes, there: Envelopes):
    assert "geheime" not in repr(there.open(here.seal(SECRET)[1]))
