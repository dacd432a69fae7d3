"""What a provider delivers is answered once, and what is to be sent is sent in order, whoever stops half way."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from bot.store.phones import Sender
from bot.store.retention import LATE, LEASE, REPEATS
from bot.store.values import Delivered
from tests.store.builders import rows

ANN, BEN = Sender("31611111111"), Sender("31622222222")


def a_message(clock, name="wamid.1", **more):
    return Delivered(name, clock.now, **{"address": ANN.number, "content": {"text": "hoi"}, **more})


def send(store, *bodies, to=ANN, urgent=False):
    store.post.send([store.post.letter(to, body, urgent) for body in bodies])


def due(store):
    return [letter.body["body"] for letter in store.post.due()]


def test_a_message_is_new_once(store, clock):
    one = a_message(clock)

    assert [len(store.post.receive([one, one])), store.post.receive([one])] == [1, []]


def test_a_message_may_come_again_for_a_week(store, clock):
    (mark,) = store.post.receive([a_message(clock)])
    store.post.answer(mark, [])
    clock.now += REPEATS - timedelta(minutes=1)
    store.expire()

    assert store.post.receive([a_message(clock)]) == []


def test_only_the_first_answer_is_sent(store, clock):
    (mark,) = store.post.receive([a_message(clock)])

    assert store.post.answer(mark, [store.post.letter(ANN, "een")])
    assert not store.post.answer(mark, [store.post.letter(ANN, "twee")])
    assert due(store) == ["een"]


def test_what_a_process_left_behind_is_another_ones(store, clock):
    (mark,) = store.post.receive([a_message(clock)])
    assert store.post.waiting() == []
    clock.now += LEASE
    (left,) = store.post.waiting()

    assert (left.mark, left.content) == (mark, {"text": "hoi"})
    assert store.post.waiting() == []


def test_words_that_were_not_kept_are_taken_when_they_are_delivered_again(store, clock):
    store.post.receive([a_message(clock, content=None)])
    assert store.post.receive([a_message(clock, content=None)]) == []
    clock.now += LEASE

    assert store.post.waiting() == []
    assert len(store.post.receive([a_message(clock, content=None)])) == 1


def test_each_person_gets_one_message_at_a_time_in_order(store):
    send(store, "een", "twee")
    send(store, "drie", to=BEN)
    letters = store.post.due()
    assert [letter.body["body"] for letter in letters] == ["een", "drie"]
    assert store.post.due() == []
    store.post.taken(letters[0], "wamid.out")

    assert due(store) == ["twee"]


def test_what_is_put_off_keeps_the_rest_waiting(store, clock):
    send(store, "een", "twee")
    (first,) = store.post.due()
    store.post.postpone(first, clock.now + timedelta(seconds=30))
    clock.now += timedelta(seconds=29)
    assert due(store) == []
    clock.now += timedelta(seconds=1)

    assert due(store) == ["een"]


def test_what_is_urgent_overtakes(store):
    send(store, "een")
    send(store, "hulp", urgent=True)

    assert due(store) == ["hulp"]


def test_what_came_back_is_sent_again(store, clock):
    send(store, "een")
    store.post.taken(store.post.due()[0], "wamid.out")
    assert store.post.came_back("wamid.out").body["body"] == "een"
    clock.now += LEASE

    assert due(store) == ["een"]


def test_what_arrived_is_gone(store):
    send(store, "een")
    store.post.taken(store.post.due()[0], "wamid.out")
    store.post.arrived(["wamid.out", "wamid.other"])

    assert store.post.came_back("wamid.out") is None


def test_after_a_day_nothing_is_sent_and_no_words_are_left(store, clock, places):
    send(store, "een")
    store.post.receive([a_message(clock)])
    clock.now += LATE
    store.post.forget_old(clock.now)

    assert (due(store), store.post.waiting()) == ([], [])


def test_letting_go_of_a_row_that_is_gone_takes_no_other(store, clock):
    send(store, "een")
    (first,) = store.post.due()
    store.post.drop(first)
    clock.now += timedelta(seconds=1)
    send(store, "twee")
    store.post.drop(first)

    assert due(store) == ["twee"]


def test_of_two_processes_only_one_takes_a_message_and_only_one_sends_a_reply(store, clock):
    send(store, *(f"bericht {number}" for number in range(5)), to=ANN)
    send(store, *(f"bericht {number}" for number in range(5, 10)), to=BEN)
    with ThreadPoolExecutor(8) as many:
        taken = list(many.map(lambda _: store.post.receive([a_message(clock)]), range(8)))
        letters = [letter for due in many.map(lambda _: store.post.due(), range(8)) for letter in due]

    assert sorted(map(len, taken)) == [0] * 7 + [1]
    assert sorted(letter.body["body"] for letter in letters) == ["bericht 0", "bericht 5"]


def test_what_the_same_person_said_before_and_nobody_answered_is_known(store, clock):
    (first,) = store.post.receive([a_message(clock)])
    store.post.receive([a_message(clock, "wamid.2", address=BEN.number)])
    clock.now += timedelta(seconds=1)
    (second,) = store.post.receive([a_message(clock, "wamid.3")])

    assert [store.post.earlier(first), store.post.earlier(second)] == [[], [first]]
    store.post.answer(first, [])
    assert store.post.earlier(second) == []


def test_after_its_answer_nothing_tells_whose_message_it_was(store, clock, places):
    (mark,) = store.post.receive([a_message(clock)])
    store.post.answer(mark, [])

    assert [row["person"] for row in rows(places.database_url)["inbox"]] == [None]


def test_what_the_provider_has_is_not_sent_again_though_its_answer_was_lost(store, clock):
    send(store, "een")
    (letter,) = store.post.due()
    store.post.confirmed([(letter.reference, "wamid.out")])
    clock.now += LEASE

    assert due(store) == []


def test_an_answer_that_comes_after_the_refusal_does_not_lose_the_message(store, clock):
    send(store, "een")
    (letter,) = store.post.due()
    store.post.confirmed([(letter.reference, "wamid.out")])
    back = store.post.came_back("wamid.out")
    store.post.postpone(back, clock.now + timedelta(seconds=4))
    store.post.taken(letter, "wamid.out")
    clock.now += timedelta(seconds=4)

    assert due(store) == ["een"]
