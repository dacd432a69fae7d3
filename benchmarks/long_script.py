"""A conversation of more than 200 turns, in which the same kinds of turns come again every five."""

from itertools import pairwise

from benchmarks.script import Script, Turn, answers, asks_for, taps

TOPICS = "preferences,daily_life,health,money,housing,people,work,learning_language,control"
# Every step of a talk about every topic, in the order of the questionnaire; all are answered in own words but these.
TAPPED = {"menu": f"topics:{TOPICS}", "health_consent": "health_yes"}
_BY_TOPIC = (
    "wellbeing_week wellbeing_good wellbeing_need menu",
    "preferences_like preferences_good_at preferences_tiring",
    "daily_life_day daily_life_hard daily_life_wish",
    "health_consent health_hard health_well health_care health_need",
    "money_worries money_hard money_help money_wish",
    "housing_place housing_hard housing_wish",
    "people_talk people_alone people_wish",
    "work_wish work_kind work_hard work_need",
    "learning_language_wish learning_language_how learning_language_letters",
    "control_self control_helpers control_wish",
    "goals_first goals_why goals_need goals_step",
    "meeting_discuss meeting_avoid meeting_company meeting_alone meeting_how summary",
)
STEPS = tuple(step for steps in _BY_TOPIC for step in steps.split())
LENGTH = 210
EARLY, LATE = range(5, 16), range(195, 206)  # turns, counted from 1; 38 times five apart


def _step(step: str, following: str) -> list[Turn]:
    answer = taps(TAPPED[step], following) if step in TAPPED else answers("anything", following)
    asked = [taps("explain", step, "info"), asks_for("duration", step, "info"), taps("why", step, "info")]
    return [*asked, taps("example", step, "info"), answer]


def _turns() -> list[Turn]:
    begin = [taps("consent_yes", "remember"), taps("remember_no", STEPS[0])]
    return begin + [turn for step, following in pairwise(STEPS) for turn in _step(step, following)]


LONG_SCRIPT: Script = tuple(_turns()[:LENGTH])
