"""What is published tells nothing about one person, to whoever knows neither all others nor the running counts.

A world is how many people chose what; a person is what they chose, or None when they said no. What one may conclude of
a person is every choice that this person has in some world with the same two published tables. So nothing is told when
for every world and every person in it there is another world, with the same two tables, in which that person

* said no (or said yes, if it was no), also for who knows of everybody that they spoke in that quarter, and when;
* answered another thing to one question, also for who knows all their other answers, their yes, and how many said yes.

Which worlds there are is tried out in full for few people, with fewer than ten for "small"; the real figures are tried
by `test_with_the_real_figures…`. Each kind of test is shown to fail without the part of the rule that it is about.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations_with_replacement, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core import insight
from bot.core.numbers import EVERYONE, pairs

Choice = tuple[str, ...]  # the items that one person chose
World = Mapping[Choice, int]
Publish = Callable[[Mapping[Any, int]], Any]
SMALL = {"fewest": 3, "step": 3}  # as 10 and 5 are: what is shown is a whole number of steps
QUESTIONS = [[["a=1"], ["b=1"]], [["a=1", "a=2"], ["b=1"]], [["a=1"], ["b=1"], ["c=1"]]]
PEOPLE = {2: 14, 3: 10}  # by number of questions; more take minutes


def counts_of(people: Sequence[Choice | None] | World) -> dict[Any, int]:
    counts: Counter[Any] = Counter()
    for choice, number in Counter(people).items():
        for pair in pairs(choice) if choice is not None else ():
            counts[pair] += number
    return counts


def published(counts: Mapping[Any, int]) -> Any:
    return tuple(insight.table(counts, **SMALL).items())


def only_rounded(counts: Mapping[Any, int]) -> Any:
    """Small counts left out and the others rounded, without a look at what is left."""
    shown = {pair: number for pair, number in counts.items() if number >= SMALL["fewest"]}
    return tuple(sorted((pair, round(number / SMALL["step"])) for pair, number in shown.items()))


def exact(counts: Mapping[Any, int]) -> Any:
    return tuple(sorted(counts.items()))


def choices(questions: list[list[str]]) -> list[Choice]:
    """Everything that one person can choose: one answer a question, or none."""
    return [tuple(filter(None, one)) for one in product(*([None, *question] for question in questions))]


def other_answers(choice: Choice, question: list[str]) -> list[Choice]:
    """The same person with another answer to one question, or with none."""
    rest = [item for item in choice if item not in question]
    return [one for item in [None, *question] if (one := tuple(sorted(filter(None, [*rest, item])))) != choice]


def worlds(questions: list[list[str]]) -> Iterator[tuple[Choice, ...]]:
    for number in range(1, PEOPLE[len(questions)] + 1):
        yield from combinations_with_replacement(choices(questions), number)


def read_answers(publish: Publish, questions: list[list[str]]) -> list[Any]:
    """The people whose answer to one question can be read, by who knows their other answers and how many said yes."""
    possible: dict[Any, set[Choice]] = defaultdict(set)
    for world in worlds(questions):
        possible[len(world), publish(counts_of(world))] |= set(world)
    return [
        (seen, choice, question)
        for seen, found in possible.items()
        for choice in found
        for question in questions
        if not found & set(other_answers(choice, question))
    ]


def read_yeses(publish: Publish, is_fixed: bool, others: int = 5) -> list[Any]:
    """The worlds in which the tables before and after the last one to speak tell whether that one said yes.

    Worlds in which nobody else said the opposite are left out: who knows that of all others needs no table.

    Args:
        is_fixed: a table is of a quarter that is over, and stays as it is; else each look counts anew.
        others: how many spoke in that quarter before the last one; this is known.
    """
    everybody, possible = [None, *choices(QUESTIONS[0])], defaultdict(set)
    seen_in = {}
    for before in combinations_with_replacement(everybody, others):
        for last in everybody:
            seen = (() if is_fixed else publish(counts_of(before))), publish(counts_of([*before, last]))
            possible[seen].add(last is None)
            seen_in[before, last] = seen
    return [
        world
        for world, seen in seen_in.items()
        if any((one is None) != (world[1] is None) for one in world[0]) and len(possible[seen]) == 1
    ]


@pytest.mark.parametrize("questions", QUESTIONS, ids=len)
def test_no_answer_of_anybody_can_be_read(questions):
    assert read_answers(published, questions) == []


@pytest.mark.parametrize("publish", [exact, only_rounded])
def test_exact_counts_tell_answers_and_so_do_rounded_ones_whose_rest_is_small(publish):
    assert read_answers(publish, QUESTIONS[0]) != []


def test_no_yes_and_no_no_can_be_read_of_quarters_that_are_over():
    assert read_yeses(published, is_fixed=True) == []


@pytest.mark.parametrize("publish", [exact, only_rounded, published])
def test_a_table_that_is_counted_anew_at_each_look_tells_the_yes_between_two_looks(publish):
    assert read_yeses(publish, is_fixed=False) != []


def moved(world: Counter[Choice], *moves: tuple[Choice, Choice]) -> Counter[Choice] | None:
    """The world in which some people chose something else; None where there are no such people."""
    other = Counter(world)
    for before, after in moves:
        other[before] -= 1
        other[after] += 1
    return other if min(other.values()) >= 0 else None


def another_world(world: Counter[Choice], choice: Choice, question: list[str], everything: list[Choice]) -> Any:
    """A world of as many people, with the same table, in which one who chose this answered the question otherwise."""
    seen = insight.table(counts_of(world))
    changes = [(one, other) for one in everything for other in everything if one != other and world[one]]
    for number in range(3):  # of other people who chose something else as well
        for own in other_answers(choice, question):
            for more in combinations_with_replacement(changes, number):
                other = moved(world, (choice, own), *more)
                if other is not None and insight.table(counts_of(other)) == seen:
                    return other
    return None


@settings(max_examples=40, deadline=None, derandomize=True, database=None)
@given(st.data())
def test_with_the_real_figures_too_there_is_another_world_for_every_answer(data):
    questions = data.draw(st.sampled_from(QUESTIONS))
    everything = choices(questions)
    sizes = st.lists(st.integers(0, 40), min_size=len(everything), max_size=len(everything))
    world = Counter(dict(zip(everything, data.draw(sizes), strict=True)))
    choice = data.draw(st.sampled_from([one for one in everything if world[one]] or [()]))

    for question in questions if world[choice] else ():
        assert another_world(world, choice, question, everything), (world, choice, question)


def two_counts(everyone: int, wishing: int) -> dict[Any, int]:
    return {(EVERYONE, EVERYONE): everyone, (EVERYONE, "a=1"): wishing}


def unseen(table: Publish) -> float:
    """The share of worlds in which one more yes changes nothing that is seen, for who knows all others."""
    sizes = list(product(range(80, 120), range(30, 50)))
    same = [table(two_counts(n, a)) == table(two_counts(n + 1, a + 1)) for n, a in sizes]
    return sum(same) / len(same)


def test_rounding_hides_one_person_in_most_worlds_even_from_who_knows_all_others():
    assert unseen(insight.table) == pytest.approx(0.64)  # four of five of each number that the person is in
    assert unseen(exact) == 0


def test_fewer_than_ten_are_not_shown_and_the_rest_is_rounded_to_five():
    shown = [insight.table(two_counts(100, number)).get((EVERYONE, "a=1")) for number in (9, 10, 12, 13, 17, 18)]

    assert shown == [None, 10, 10, 15, 15, 20]
    assert insight.table(two_counts(9, 0)) == {}


def test_what_nearly_everybody_chose_is_not_shown_and_takes_no_other_count_along():
    counts = two_counts(35, 30) | {(EVERYONE, "a=2"): 10}

    assert insight.table(counts) == {(EVERYONE, EVERYONE): 35, (EVERYONE, "a=2"): 10}


def test_two_that_nearly_always_come_together_are_not_shown_together():
    together = {("a=1", "b=1"): 25}
    counts = two_counts(100, 30) | {(EVERYONE, "b=1"): 40}

    assert ("a=1", "b=1") not in insight.table(counts | together)
    assert insight.table(counts | {("a=1", "b=1"): 20})["a=1", "b=1"] == 20
