"""Hidden leaves no trace: the page is the same as if it had never been answered."""

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.lives_of_chance import QUESTIONS, hiding, mark, never_answering, page_of, records, seen, with_follow_ups

ANY = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
SOME = st.sets(st.sampled_from(sorted(QUESTIONS)), min_size=1, max_size=6)


@ANY
@given(records(), SOME)
def test_hiding_lines_gives_the_page_of_who_never_answered(record, some):
    hidden = with_follow_ups(some)

    assert seen(hiding(record, hidden)) == seen(never_answering(record, hidden))
    assert page_of(hiding(record, hidden)) == page_of(never_answering(record, hidden))


@ANY
@given(records(), SOME)
def test_no_page_holds_a_word_of_a_hidden_line(record, some):
    page = json.dumps(page_of(hiding(record, some)))

    assert [question for question in some if mark(question) in page] == []


@ANY
@given(records())
def test_a_topic_that_does_not_go_along_leaves_the_page_of_who_never_picked_it(record):
    hidden = {one.id for one in QUESTIONS.values() if not record["topicsShared"][one.topic]}

    assert page_of(record) == page_of(never_answering(record, hidden))


@ANY
@given(records())
def test_the_proof_sees_the_words_that_are_shared(record):
    page = json.dumps(page_of(record))
    shared = [line for section in seen(record) for line in section["lines"] if line["ownWords"]]

    assert all(mark(line["lineId"]) in page for line in shared)
