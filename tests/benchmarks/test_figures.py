"""Percentiles, times of an open load, and what late turns cost are counted right."""

import pytest

from benchmarks.figures import Sample, by_kind, late_over_early, percentile
from benchmarks.load.plan import Plan
from benchmarks.report import BEGIN, END, filled
from benchmarks.schedule import poisson


@pytest.mark.parametrize(("percent", "value"), [(50, 50), (95, 95), (99, 99), (100, 100), (0, 1)])
def test_a_percentile_is_the_value_at_its_rank(percent: int, value: int):
    assert percentile(range(1, 101), percent) == value


def test_there_is_no_percentile_of_nothing():
    assert percentile([], 50) == 0


def test_other_calls_do_not_count_as_turns():
    found = by_kind([Sample("choice", 1, 0.01), Sample("other", 0, 9)])

    assert (found["turns"]["count"], found["turns"]["p99"]) == (1, 10)


def test_what_is_not_answered_counts_as_a_turn():
    assert by_kind([Sample("unanswered", 0, 9)])["turns"]["p50"] == 9000


def test_late_turns_are_compared_by_their_medians():
    costs = {1: (1, 2, 9), 2: (4, 4, 4), 11: (3, 4, 90), 12: (8, 8, 8)}
    samples = [Sample("choice", turn, cost) for turn, held in costs.items() for cost in held]

    assert late_over_early(samples, range(1, 3), range(11, 13)) == 2


def test_an_open_load_comes_at_its_rate():
    times = poisson(20, 100, "a")

    assert 1900 < len(times) < 2100
    assert times == sorted(times)
    assert times == poisson(20, 100, "a")


def test_a_plan_survives_the_way_to_the_generator():
    plan = Plan("product", "http://127.0.0.1:1", (1, 2), 5, rate=20)

    assert Plan.from_json(plan.json()) == plan
    assert plan.people == 20


def test_only_what_stands_between_the_marks_is_replaced():
    assert filled(f"a {BEGIN} old {END} z", "new\n") == f"a {BEGIN}\nnew\n{END} z"


def test_a_page_without_marks_is_made_anew():
    assert filled("something", "new\n").endswith(f"{BEGIN}\nnew\n{END}\n")
