"""The memory of one gateway beside others: the later state stays, and the hour is counted from the last word."""

from typing import Any

import pytest

from bot.store.values import Reply
from bot.web.held import KEPT, Held, Holding


def a_state(version: int, count: int, whose: Any = "taken") -> Held:
    return Held(words={"question": "q", "text": f"{version}.{count}"}, version=version, count=count, whose=whose)


@pytest.fixture
def holding() -> Holding:
    return Holding(lambda: KEPT * 2)


@pytest.mark.parametrize(
    ("here", "comes", "stays"),
    [
        (a_state(3, 1, "own"), a_state(3, 2), "3.2"),
        (a_state(4, 1, "own"), a_state(3, 9), "4.1"),
        (a_state(3, 1, "own"), a_state(4, 1, "spare"), "4.1"),
    ],
)
def test_the_later_state_stays(holding: Holding, here: Held, comes: Held, stays: str):
    holding.take("a", here, holding.clock())
    holding.take("a", comes, holding.clock())

    assert holding.of("a").words == {"question": "q", "text": stays}


def test_a_copy_that_comes_back_does_not_take_the_say_away(holding: Holding):
    holding.take("a", a_state(3, 1, "own"), holding.clock())
    holding.take("a", a_state(3, 1, "spare"), holding.clock())

    assert holding.of("a").whose == "own"


def test_what_is_lent_stays_as_a_copy_until_it_is_forgotten(holding: Holding):
    holding.keep("a", {"words": {"question": "q"}}, version=3)
    holding.lend("a")
    assert (holding.of("a").whose, holding.owned()) == ("spare", [])

    holding.forget("a", 2)
    assert holding.of("a").words
    holding.forget("a", 3)
    assert holding.of("a").words is None


def test_the_hour_is_counted_from_the_last_word_wherever_it_was_said(holding: Holding):
    holding.take("old", a_state(3, 1), holding.clock() - KEPT)
    holding.take("young", a_state(3, 1), holding.clock() - KEPT + 1)
    holding.keep("new", {"words": {}})

    assert list(holding._held) == ["young", "new"]
    held, seconds = holding.lend("young") or (None, 0)
    assert held
    assert seconds == KEPT - 1


def test_words_of_another_gateway_fit_their_own_version_only():
    assert [a_state(3, 1, whose).fits(4) for whose in ("own", "taken", "spare")] == [True, False, False]


def test_a_state_survives_the_way_to_another_gateway(holding: Holding):
    holding.keep("a", {"record": {"seq": 1}, "messages": [{"id": "1"}]}, Reply("m1", "f", {"messages": []}), version=1)
    sent = holding.of("a")

    assert Held.of_json(sent.json(), "own") == sent
