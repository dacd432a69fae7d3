"""Conversations in citizens' Dutch, one file a subject, against the trained agent.

Where the bot is not sure that words are an answer it keeps them and asks; a story then says that they are, as a person
would, unless it is about the doubt itself.

A step of a story is one of: `types`, `taps`, `comes_back` (after the meeting), `asks` (the question that waits now),
`hears` (words in the last reply), `page` (lines of the person's own page) and `nowhere` (words that must not be on the
page).
"""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conversations.conftest import Person

pytestmark = pytest.mark.slow
STORIES = sorted(Path(__file__).parent.glob("stories/*.yml"))


def _check(person: Person, step: str, said: Any) -> None:
    if step == "asks":
        assert person.asked == said, person.heard
    elif step == "hears":
        assert said.lower() in person.heard.lower()
    elif step == "page":
        assert {line: person.page.get(line) for line in said} == said
    elif step == "nowhere":
        assert said.lower() not in str(person.page).lower()
    else:
        raise AssertionError(f"no such step: {step}")


def _stories() -> list[Any]:
    return [
        pytest.param(story, id=f"{path.stem}: {story['story']}")
        for path in STORIES
        for story in yaml.safe_load(path.read_text("utf-8"))
    ]


@pytest.mark.parametrize("story", _stories())
def test_the_conversation_goes_as_told(person: Person, story: dict[str, Any]):
    for step in story["steps"]:
        for kind, said in step.items():
            if kind == "types":
                person.answers(said)
            elif kind == "taps":
                person.taps(*([said] if isinstance(said, str) else said))
            elif kind == "comes_back":
                person.comes_back_after_the_meeting()
            else:
                _check(person, kind, said)


def test_every_topic_has_a_conversation():
    from bot.core import questionnaire

    assert {topic.id for topic in questionnaire.load().topics} <= {path.stem for path in STORIES}
