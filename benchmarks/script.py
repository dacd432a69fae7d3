"""The scripted conversation: what a person says at each turn, and what a right reply to it looks like."""

from dataclasses import dataclass

from benchmarks.words import ANSWERS, COMMANDS, Parts


@dataclass(frozen=True)
class Turn:
    """One thing that the person says.

    Args:
        asks: the id of the question that must wait after it.
        choice: the value of a tapped choice, or empty where the person types.
        words: what is typed, in parts.
        tells: what the reply must hold beside the question: help, a share, or information.
    """

    asks: str
    choice: str = ""
    words: Parts = ()
    tells: str = ""

    @property
    def kind(self) -> str:
        """How the person says it."""
        return "choice" if self.choice else "text"


Script = tuple[Turn, ...]


def taps(choice: str, asks: str, tells: str = "") -> Turn:
    """A tapped choice, and the question after it."""
    return Turn(asks, choice=choice, tells=tells)


def answers(question: str, asks: str) -> Turn:
    """An answer in own words to this question, and the question after it."""
    return Turn(asks, words=ANSWERS[question])


def asks_for(command: str, asks: str, tells: str = "") -> Turn:
    """A typed command or a cry for help, and the question after it."""
    return Turn(asks, words=COMMANDS[command], tells=tells)


FIRST = "consent"  # waits at the welcome
LINE = "goals_first"  # its answer is on a shared page by itself, so the opened page must show it
TOPICS = "topics:preferences,daily_life,money,housing,people,work"

# 45 turns: 27 choices and 18 texts, from the welcome to a shared page.
SCRIPT: Script = (
    taps("consent_yes", "remember"),
    taps("remember_no", "wellbeing_week"),
    answers("wellbeing_week", "wellbeing_good"),
    taps("home", "wellbeing_need"),
    answers("wellbeing_need", "menu"),
    taps(TOPICS, "preferences_like"),
    answers("preferences_like", "preferences_good_at"),
    taps("hands", "preferences_tiring"),
    taps("explain", "preferences_tiring", "info"),
    answers("preferences_tiring", "daily_life_day"),
    taps("so_so", "daily_life_hard"),
    answers("daily_life_hard", "daily_life_wish"),
    taps("rhythm", "money_worries"),
    taps("sometimes", "money_hard"),
    answers("money_hard", "money_help"),
    taps("yes", "money_wish"),
    answers("money_wish", "housing_place"),
    asks_for("pause", "paused"),
    taps("resume", "housing_place", "info"),
    taps("bad", "housing_hard"),
    answers("housing_hard", "housing_wish"),
    asks_for("cry", "safety", "help"),
    taps("safe_yes", "safety", "help"),
    taps("continue", "housing_wish"),
    taps("repair", "people_talk"),
    taps("friend", "people_alone"),
    answers("people_alone", "people_wish"),
    taps("club", "work_wish"),
    answers("work_wish", "work_kind"),
    taps("outside", "work_hard"),
    taps("skip", "work_need"),
    answers("work_need", "goals_first"),
    answers("goals_first", "goals_why"),
    taps("feel_better", "goals_need"),
    taps("why", "goals_need", "info"),
    answers("goals_need", "goals_step"),
    taps("make_plan", "meeting_discuss"),
    answers("meeting_discuss", "meeting_avoid"),
    taps("nothing", "meeting_company"),
    answers("meeting_company", "meeting_alone"),
    taps("no", "meeting_how"),
    taps("office", "summary"),
    taps("continue", "share"),
    asks_for("privacy", "share", "info"),
    taps("share_yes", "numbers", "share"),
)
