"""A dip and a silence are seen where they are, and nowhere else."""

import random

import pytest

from benchmarks.wide_counts import Phase, counted
from benchmarks.wide_people import Balancer, Taken

CALM, HURT = Phase("calm", 0.0, 10.0, {}), Phase("hurt", 10.0, 20.0, {"not answered": 2})


def turns(first: float, last: float, each: float = 0.1) -> list[Taken]:
    """A turn every tenth of a second."""
    return [Taken(first + number * each, 0.05, 0) for number in range(round((last - first) / each))]


def test_three_seconds_without_turns_are_a_dip_and_a_silence_of_three_seconds():
    calm, hurt = counted([CALM, HURT], [*turns(0, 12), *turns(15, 20)])

    assert (calm["dipSeconds"], hurt["dipSeconds"]) == (0.0, 3.0)
    assert hurt["silenceSeconds"] == pytest.approx(3.1, abs=0.11)
    assert (calm["turnsPerSecond"], hurt["turnsPerSecond"]) == (10.0, 7.0)


def test_a_few_turns_less_are_no_dip():
    _, hurt = counted([CALM, HURT], [*turns(0, 10), *turns(10, 20, 0.125)])

    assert hurt["dipSeconds"] == 0.0


def test_a_message_that_somebody_waited_for_is_counted():
    _, hurt = counted([CALM, HURT], [*turns(0, 20), Taken(15.0, 3.0, 1)])

    assert (hurt["over2s"], hurt["longestMs"]) == (1, 3000)


def test_a_balancer_prefers_machines_that_can_talk_and_another_one_than_failed():
    balancer = Balancer(None, ["a", "b"], random.Random(1))  # type: ignore[arg-type]
    assert {balancer.pick() for _ in range(20)} == {"a", "b"}

    balancer.alive, balancer.able = {"a", "b"}, {"b"}
    assert {balancer.pick() for _ in range(20)} == {"b"}
    assert balancer.pick(but="b") == "a"
