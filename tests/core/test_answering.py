"""What happens to an answer."""

from itertools import pairwise

import pytest

from bot.core.answering import MOST_WORDS_OF_YES
from bot.core.talk import Talk
from tests.talking import ROUTE, after, begun, says, tapped_to, taps, walk


def test_own_words_are_kept_as_they_are():
    talk = begun()
    outcome = says(talk, "Ik was moe, maar zondag was fijn.")

    assert outcome.slots["wellbeing_week"]["text"] == "Ik was moe, maar zondag was fijn."


def test_the_words_of_a_button_count_as_the_button():
    assert says(begun(), "gaat wel!").slots["wellbeing_week"] == {"value": "so_so"}


@pytest.mark.parametrize(("step", "words"), [("consent", "hoe bedoel je"), ("remember", "blauw")])
def test_words_that_are_no_answer_never_get_the_same_reply_twice_running(step: str, words: str):
    talk, replies = tapped_to(step), []
    for _ in range(5):
        outcome = says(talk, words)
        replies.append(outcome.says)
        talk = after(talk, outcome)

    assert all(one != other for one, other in pairwise(replies))


def test_no_to_a_question_about_worries_is_the_answer_no():
    talk = tapped_to("menu")
    talk = walk(talk, "topics:money")

    assert says(talk, "nee hoor", intent="deny").slots["money_worries"] == {"value": "no"}


@pytest.mark.parametrize("refusal", ["nee", "nu liever niet", "nee dank u"])
def test_a_short_refusal_skips_and_claims_nothing(refusal: str):
    outcome = says(begun(), refusal, intent="deny")

    assert outcome.slots["wellbeing_week"] == {"skipped": True}


def test_a_longer_no_tells_something_and_is_kept():
    outcome = says(begun(), "nee het was weer geen goede week", intent="deny")

    assert outcome.slots["wellbeing_week"]["text"] == "nee het was weer geen goede week"


@pytest.mark.parametrize("label", ["Ik wil een mens", "ja nee klaar", "Nee, klaar"])
def test_the_label_of_a_command_is_no_answer_to_consent(label: str):
    outcome = says(Talk({"consent": {"value": "consent_no"}}), label)

    assert "consent" not in outcome.slots


def test_yes_to_an_open_question_invites_to_tell_and_changes_nothing():
    outcome = says(begun(), "ja", intent="affirm")

    assert outcome.says == ("utter_affirm_open",)
    assert "wellbeing_week" not in outcome.slots


def test_doubtful_words_wait_until_the_person_says_what_they_are():
    doubted = after(begun(), says(begun(), "stoppen", doubt="pause"))

    assert ROUTE.waiting(doubted).id == "doubt"
    assert walk(doubted, "as_answer").answer("wellbeing_week").text == "stoppen"


def test_words_typed_at_a_doubt_join_the_answer():
    doubted = after(begun(), says(begun(), "stoppen", doubt="pause"))
    told = after(doubted, says(doubted, "met roken bedoel ik"))

    assert told.answer("wellbeing_week").text == "stoppen\nmet roken bedoel ik"


def test_words_about_health_wait_for_their_own_yes():
    talk = begun()
    kept = after(talk, says(talk, "mijn rug doet zeer", health=True))

    assert ROUTE.waiting(kept).question_id == "health_consent"
    assert walk(kept, "health_yes").answer("wellbeing_week").text == "mijn rug doet zeer"


def test_words_about_health_are_dropped_after_a_no():
    talk = begun()
    kept = after(talk, says(talk, "mijn rug doet zeer", health=True))
    dropped = walk(kept, "health_no")

    assert "rug" not in str(dropped.slots)
    assert ROUTE.waiting(dropped).id != "wellbeing_week"


@pytest.mark.parametrize(
    ("words", "picked"), [("geld en schulden graag", ("money",)), ("wonen en werk", ("housing", "work"))]
)
def test_topics_can_be_picked_in_words(words, picked):
    menu = tapped_to("menu")

    assert after(menu, says(menu, words)).picked == picked


def test_picking_topics_again_replaces_the_selection_and_shows_the_page_anew():
    talk = walk(tapped_to("summary"), "menu", "topics:work")

    assert talk.picked == ("work",)
    assert talk.answer("summary") is None


def test_not_being_understood_is_never_said_in_the_same_words_twice():
    menu = tapped_to("menu")
    once = says(menu, "blabla")
    twice = says(after(menu, once), "blabla")

    assert once.says != twice.says


def test_sharing_an_empty_page_says_so_and_goes_on_waiting():
    from tests.talking import ANSWERING, Said

    share = tapped_to("share")
    outcome = ANSWERING.answer(Said("ja", value="share_yes"), ROUTE.waiting(share), share, shareable=False)

    assert outcome.says == ("utter_nothing_to_share",)
    assert not outcome.effects


def test_somebody_else_is_told_where_to_turn():
    assert taps(tapped_to("meeting_how"), "someone_else").says == ("utter_someone_else",)


@pytest.mark.parametrize("value", ["interpreter", "interpreter_and_company"])
def test_who_wants_an_interpreter_is_told_where_to_ask(value):
    assert taps(tapped_to("meeting_company"), value).says == ("utter_no_interpreter",)


def test_a_yes_in_words_answers_consent():
    assert says(Talk({}), "jazeker", intent="affirm").slots["consent"] == {"value": "consent_yes"}


def test_no_in_words_erases_nothing():
    outcome = says(Talk({**begun().slots, "erasing": True}), "nee", intent="deny")

    assert outcome.says == ("utter_not_erased",)
    assert not outcome.effects


def test_more_words_at_the_question_about_health_words_join_them():
    talk = begun()
    kept = after(talk, says(talk, "mijn rug", health=True))
    more = after(kept, says(kept, "en de trap"))

    assert walk(more, "health_yes").answer("wellbeing_week").text == "mijn rug\nen de trap"


def test_skipping_the_question_about_health_words_drops_them():
    from bot.core import commands

    talk = begun()
    kept = after(talk, says(talk, "mijn rug", health=True))

    assert "rug" not in str(after(kept, commands.skip(ROUTE, kept)).slots)


def test_doubtful_words_about_health_wait_for_the_yes_to_health():
    talk = begun()
    doubted = after(talk, says(talk, "ik wil stoppen met roken", doubt="pause", health=True))

    assert ROUTE.waiting(doubted).question_id == "health_consent"


def test_health_words_added_at_a_doubt_wait_for_the_yes_to_health():
    doubted = after(begun(), says(begun(), "stoppen", doubt="pause"))
    told = after(doubted, says(doubted, "met roken", health=True))

    assert ROUTE.waiting(told).question_id == "health_consent"
    assert walk(told, "health_yes").answer("wellbeing_week").text == "stoppen\nmet roken"


def test_names_in_words_added_at_a_doubt_stay_marked():
    doubted = after(begun(), says(begun(), "stop Ali", doubt="pause", names=((5, 8),)))
    told = after(doubted, says(doubted, "zei Noor", names=((4, 8),)))

    answer = told.answer("wellbeing_week")
    assert [answer.text[start:end] for start, end in answer.names] == ["Ali", "Noor"]


def test_yes_with_a_button_is_that_button():
    talk = begun(wellbeing_week="good", wellbeing_good="home", menu="topics:people", people_talk="family")

    assert after(talk, says(talk, "ja, soms", intent="affirm")).answer("people_alone").value == "sometimes"


def test_yes_with_own_words_is_an_answer():
    talk = begun(wellbeing_week="good", wellbeing_good="home", menu="topics:people", people_talk="family")

    assert after(talk, says(talk, "savonds wel ja", intent="affirm")).answer("people_alone").text == "savonds wel ja"


@pytest.mark.parametrize("talk", [Talk({**begun().slots, "erasing": True}), tapped_to("share")], ids=["erase", "share"])
def test_a_sentence_that_may_be_misread_neither_erases_nor_shares(talk: Talk):
    assert says(talk, "druk met de kinderen maar wel gezellig", intent="affirm").effects == ()
    assert says(talk, "ja doe maar", intent="affirm").effects != ()


def test_a_long_no_keeps_everything():
    talk = Talk({**begun().slots, "erasing": True})

    assert says(talk, "nee toch maar niet hoor", intent="deny").says == ("utter_not_erased",)


LONG_YES = "ja dat zeg ik al jaren maar niemand luistert"


@pytest.mark.parametrize(
    "step", ["consent", "consent_again", "remember", "health_consent", "health_words", "share", "erase"]
)
def test_a_sentence_that_is_read_as_yes_allows_nothing(step):
    assert step in MOST_WORDS_OF_YES
    assert len(LONG_YES.split()) > MOST_WORDS_OF_YES[step]


@pytest.mark.parametrize(("words", "allows"), [("ja hoor, dat mag", True), ("ja is goed", True), (LONG_YES, False)])
def test_consent_takes_a_plain_yes_only(words, allows):
    assert ("consent" in says(Talk({}), words, intent="affirm").slots) == allows


def test_a_no_may_be_as_long_as_it_takes():
    no = "nee ik wil helemaal niet dat jullie dat allemaal gaan bewaren"

    assert says(Talk({}), no, intent="deny").slots["consent"] == {"value": "consent_no"}
