"""The page that the contact person reads in a minute."""

import re

import pytest
import yaml
from hypothesis import HealthCheck, given, settings

from bot.core import briefing
from bot.core.questionnaire import CONTENT
from bot.core.summary import PARTS
from tests.core.test_summary import a_record
from tests.lives_of_chance import QUESTIONNAIRE, QUESTIONS, lines_on, made_on, page_of, records, seen
from tests.talking import TEXTS

RULES = yaml.safe_load((CONTENT / "briefing.yml").read_text("utf-8"))
MADE = [("questions", one) for one in RULES["questions"]] + [("openers", one) for one in RULES["openers"]]
INVITED = {"contactName": "M. Jansen", "reference": "W-118", "meetingAt": "2026-12-07T09:30:00+00:00"}
ANY = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def block(page, name):
    found = next(one for one in page["blocks"] if one["id"] == name)
    return [line["lineId"] for group in found["groups"] for line in group["lines"]]


def asks(page):
    return [one["text"] for one in page["questions"]["items"]]


def openers(page):
    return [one["text"] for one in page["openers"]["items"]]


def test_the_page_reads_from_the_wish_to_what_goes_well():
    blocks = [one["id"] for one in page_of(a_record())["blocks"]]

    assert blocks == ["first", "discuss", "avoid", "consider", "well", "after"]


def test_it_says_for_which_meeting_in_amsterdam_time():
    facts = page_of(a_record(goals_first="home") | {"invitation": INVITED})["meeting"]["facts"]

    told = {fact["label"]: fact["text"] for fact in facts}
    assert told == {"Wanneer": "maandag 7 december 2026, 10.30 uur", "Gesprek met": "M. Jansen", "Kenmerk": "W-118"}


def test_without_an_invitation_nothing_is_said_of_a_moment():
    assert page_of(a_record(goals_first="home") | {"meeting": "2026-12-07"})["meeting"]["facts"] == []


def test_who_comes_along_and_whether_they_talk_alone_first_stand_at_the_top():
    page = page_of(a_record(meeting_how="phone", meeting_alone="yes", meeting_company="family_friend"))

    order = [line["lineId"] for line in page["meeting"]["lines"]]
    assert order == ["meeting_company", "meeting_alone", "meeting_how"]


def test_the_wish_comes_before_its_reason_its_step_and_what_it_needs():
    page = page_of(a_record(goals_step="talk", goals_need="time", goals_why="own_life", goals_first="home"))

    assert block(page, "first") == ["goals_first", "goals_why", "goals_need", "goals_step"]


def test_a_good_week_is_nothing_to_take_into_account():
    good = page_of(a_record(wellbeing_week="good", topics={"wellbeing": True}))
    bad = page_of(a_record(wellbeing_week="bad", topics={"wellbeing": True}))

    assert (block(good, "well"), block(bad, "consider")) == (["wellbeing_week"], ["wellbeing_week"])


def test_who_has_nobody_to_talk_to_does_not_read_that_this_goes_well():
    page = page_of(a_record(people_talk="nobody", menu="topics:people", topics={"people": True}))

    assert block(page, "consider") == ["people_talk"]


@ANY
@given(records())
def test_everything_visible_stands_on_the_page_exactly_once(record):
    shared = [line for section in seen(record) for line in section["lines"]]
    shown = lines_on(page_of(record))

    assert sorted((one["lineId"], one["text"]) for one in shown) == sorted(
        (one["lineId"], one["text"]) for one in shared
    )


@ANY
@given(records())
def test_every_question_and_opener_is_made_of_a_line_on_the_page(record):
    page = page_of(record)

    assert {one["lineId"] for one in made_on(page)} <= {line["lineId"] for line in lines_on(page)}
    assert all(len(page[kind]["items"]) <= 3 for kind in ("questions", "openers"))


def test_the_most_important_question_comes_first():
    page = page_of(
        a_record(goals_first="rest", goals_need="time", meeting_discuss="work", meeting_company="interpreter")
    )

    assert [one["lineId"] for one in page["questions"]["items"]] == [
        "goals_first",
        "meeting_discuss",
        "meeting_company",
    ]


def test_two_lines_about_the_same_give_one_question():
    page = page_of(a_record(goals_first="home", meeting_discuss="housing"))

    assert [one["lineId"] for one in page["questions"]["items"]] == ["goals_first"]


def test_own_words_are_quoted_whole_or_not_at_all():
    short = page_of(a_record(goals_first={"text": "een droog huis"}))
    long = page_of(a_record(goals_first={"text": "een droog huis " * 20}))

    assert asks(short) == ["Ik schreef: “een droog huis” Hoe kunt u daarbij helpen?"]
    assert asks(long) == ["Wat kunnen we doen voor mijn belangrijkste wens?"]


@pytest.mark.parametrize("words", ["ik wil [naam] zien", "أريد بيتا", "ክሕግዝ"])
def test_masked_words_and_letters_that_paper_lacks_are_not_said_again(words):
    page = page_of(a_record(goals_first={"text": words}))

    assert made_on(page)
    assert not [one for one in made_on(page) if words in one["text"]]


@pytest.mark.parametrize(("value", "told"), [("yes", True), ("dont_know", True), ("no", False)])
def test_talking_alone_first_is_not_to_be_said_where_the_other_is(value, told):
    (line,) = page_of(a_record(meeting_company="family_friend", meeting_alone=value))["meeting"]["lines"][1:]

    assert ("note" in line) is told


@pytest.mark.parametrize("words", ["niks", "Geen idee!", "weet ik niet", "nee", "...", "🙂"])
def test_who_has_nothing_to_say_is_not_quoted_saying_so(words):
    assert made_on(page_of(a_record(goals_first={"text": words}))) == []


@pytest.mark.parametrize("words", ["weer 200 euro overhouden", "ik moet werken van jullie", "mijn schuld is 3000"])
def test_amounts_and_duty_are_not_said_again_in_an_opener(words):
    (said,) = openers(page_of(a_record(preferences_like={"text": words})))

    assert words not in said


def test_a_changed_line_is_quoted_as_it_was_changed():
    from bot.core.summary import fingerprint
    from bot.core.talk import Answer

    edits = {"goals_first": {"of": fingerprint(Answer("home")), "text": "beneden wonen"}}

    assert asks(page_of(a_record(edits, goals_first="home")))[0].startswith("Ik schreef: “beneden wonen”")


@pytest.mark.parametrize(
    ("avoid", "answers"),
    [
        ("work", {"goals_first": "work_learning"}),
        ("health", {"goals_first": "health"}),
        ("family", {"people_wish": "visit"}),
        ({"text": "over werk, dat gaat toch niet meer"}, {"work_wish": "few_hours"}),
        ({"text": "niet over me scheiding aub"}, {"goals_first": {"text": "na de scheiding weer rust"}}),
        ({"text": "over schulden liever niet"}, {"goals_first": "money"}),
        ({"text": "de verhuizing"}, {"goals_first": {"text": "verhuizen naar beneden"}}),
    ],
)
def test_nothing_is_made_of_what_they_would_rather_not_discuss(avoid, answers):
    topics = dict.fromkeys(("work", "people"), True)

    page = page_of(a_record(meeting_avoid=avoid, menu="topics:work,people", topics=topics, **answers))

    assert made_on(page) == []
    assert len(lines_on(page)) == 1 + len(answers)


def test_who_may_be_asked_anything_gets_every_question():
    assert asks(page_of(a_record(meeting_avoid="nothing", goals_first="work_learning")))


def test_a_hidden_wish_not_to_discuss_something_steers_nothing():
    edits = {"meeting_avoid": {"shared": False, "of": ""}}

    hidden = page_of(a_record(edits, meeting_avoid="work", goals_first="work_learning"))

    assert hidden == page_of(a_record(goals_first="work_learning"))


def test_a_page_from_before_the_briefing_shows_its_lines_and_makes_nothing_of_them():
    old = briefing.of_old(seen(a_record(goals_first={"text": "rust"}, meeting_company="alone")), QUESTIONNAIRE, TEXTS)

    assert {line["lineId"] for line in lines_on(old)} == {"goals_first", "meeting_company"}
    assert made_on(old) == []


def test_a_line_of_another_kind_stands_on_the_page_too():
    line = {"lineId": "after_step", "label": "De stap", "text": "Het was een goede stap.", "ownWords": False}
    page = briefing.build({}, [{"topic": "after", "title": "Na het gesprek", "lines": [line]}], QUESTIONNAIRE, TEXTS)

    assert [one["lineId"] for one in lines_on(page)] == ["after_step"]


# --- the tables ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "rule"), MADE, ids=lambda one: one if isinstance(one, str) else one["line"])
def test_every_rule_has_its_line_its_values_and_its_sentences(kind, rule):
    question, said = QUESTIONS[rule["line"]], TEXTS.raw(rule["text"])

    assert set(said.lines) - {"long"} <= set(question.values)
    assert set(rule.get("about", {})) - {"own"} <= set(question.values)
    assert "{words}" in said.text or "long" not in said.lines or rule["line"] == "goals_first"


def test_every_moved_value_and_every_part_exists():
    for line, values in RULES["moved"].items():
        assert set(values) <= set(QUESTIONS[line].values), line
    assert {part for one in RULES["blocks"] for part in one.get("parts", ())} == set(PARTS)
    assert set(RULES["bare"]) | set(RULES["meeting"]) <= set(QUESTIONS)
    assert set(QUESTIONS["meeting_avoid"].values) - {"nothing"} <= set(RULES["avoid"])


OPENERS = [(rule["line"], said) for rule in RULES["openers"] for said in TEXTS.raw(rule["text"]).lines.values()]
HEAVY = (
    r"\b(waarom|oorzaak|schuld\w*|moet\w*|plicht|verplicht|hoort|euro|hoeveel|bedrag|betaal\w*|sollicit\w*|uitkering)\b"
)


@pytest.mark.parametrize(("line", "said"), OPENERS)
def test_an_opener_is_an_open_question_without_cause_guilt_amount_or_duty(line, said):
    assert said.endswith("?")
    assert not re.search(HEAVY, said, re.IGNORECASE)
    assert not re.match(r"(bent|hebt|kunt|gaat|doet) u\b", said, re.IGNORECASE), "can be answered with yes or no"
