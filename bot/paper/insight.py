"""The numbers for policy as a table for a spreadsheet, and as one page of charts for who looks rather than reads."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import jinja2

from bot.core.moments import MONTHS
from bot.core.numbers import EVERYONE, TOPIC, Pair, question_of
from bot.core.quarters import first_day_after, words
from bot.core.questionnaire import Questionnaire
from bot.core.texts import Texts

TEMPLATES = Path(__file__).parent / "templates"
COLUMNS = ("kwartaal", "gemeente", "onderwerp", "keuze", "samen_met_onderwerp", "samen_met_keuze", "aantal")
MOST_PAIRS = 30  # on the page; the spreadsheet has all


@dataclass(frozen=True)
class Bar:
    """One row of a chart: how many people chose it."""

    text: str
    number: int


@dataclass(frozen=True)
class Overlap:
    """Two choices that come together: how many people each has, and how many both."""

    first: Bar
    second: Bar
    both: int


@dataclass(frozen=True)
class Quarter:
    """The published numbers of one quarter and municipality."""

    quarter: str
    municipality: str
    numbers: Mapping[Pair, int]

    @property
    def everyone(self) -> int:
        """How many people said yes to being counted, rounded; 0 when they were too few to show anything."""
        return self.numbers.get((EVERYONE, EVERYONE), 0)

    @property
    def months(self) -> str:
        """Which months they are."""
        return words(self.quarter)


class Insight:
    """Writes what was published in the words of the questionnaire."""

    def __init__(self, questionnaire: Questionnaire, texts: Texts) -> None:
        """Use these questions and texts; what they do not know any more keeps its own name."""
        self._questionnaire, self._texts = questionnaire, texts

    def table(self, quarters: Sequence[Quarter]) -> str:
        """All numbers as CSV, one a line."""
        out = StringIO()
        writer = csv.writer(out)
        writer.writerow(COLUMNS)
        for one in quarters:
            for (item, beside), number in one.numbers.items():
                first, second = sorted((item, beside), key=lambda name: name == EVERYONE)
                place = (one.quarter, one.municipality)
                writer.writerow([*place, *self._named(first), *(self._named(second) if second else ("", "")), number])
        return out.getvalue()

    def page(self, quarters: Sequence[Quarter], running: str, municipality: str) -> str:
        """One page that needs nothing beside it.

        Args:
            running: the quarter of which nothing is shown yet, as 2026-4.
            municipality: whose page it is.
        """
        environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, undefined=jinja2.StrictUndefined
        )
        day = first_day_after(running)
        return environment.get_template("insight.html").render(
            quarters=[(one, list(self._charts(one)), self._overlaps(one)) for one in reversed(quarters)],
            running=words(running),
            since=f"{day.day} {MONTHS[day.month - 1]} {day.year}",
            municipality=municipality,
        )

    def _charts(self, one: Quarter) -> Iterator[tuple[str, list[Bar]]]:
        """The picked topics first, then the wishes and needs of each topic, the largest first."""
        charts: dict[str, list[Bar]] = {"Onderwerpen die mensen kozen": []}
        for (item, beside), number in one.numbers.items():
            if item == EVERYONE != beside:
                title, text = self._named(beside)
                charts.setdefault(title if not beside.startswith(TOPIC) else next(iter(charts)), []).append(
                    Bar(text, number)
                )
        for title, bars in charts.items():
            if bars:
                yield title, sorted(bars, key=lambda bar: (-bar.number, bar.text))

    def _overlaps(self, one: Quarter) -> list[Overlap]:
        """What comes together most often."""
        pairs = [(pair, number) for pair, number in one.numbers.items() if EVERYONE not in pair]
        pairs.sort(key=lambda pair: (-pair[1], pair[0]))
        most = pairs[:MOST_PAIRS]
        return [Overlap(self._bar(item, one), self._bar(other, one), number) for (item, other), number in most]

    def _bar(self, item: str, one: Quarter) -> Bar:
        return Bar(self._named(item)[1], one.numbers[EVERYONE, item])

    def _named(self, item: str) -> tuple[str, str]:
        """The topic of an item and what was chosen, in the words of the questionnaire."""
        if item == EVERYONE:
            return "", "Iedereen die ja zei"
        topics, questions = self._questionnaire.by_id, self._questionnaire.questions
        topic = topics.get(item.removeprefix(TOPIC))
        if topic:
            return "Onderwerp", self._texts.raw(topic.title).text
        question = questions.get(question_of(item))
        lines = self._texts.raw("utter_ask_" + question.id).lines if question else {}
        line = lines.get(item.partition("=")[2])
        if question is None or line is None:
            return "Anders", item
        return self._texts.raw(topics[question.topic].title).text, line.rstrip(".")
