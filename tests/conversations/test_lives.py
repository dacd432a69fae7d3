"""Twelve invented lives give twelve pages; that of Johan is talked through the trained agent."""

from typing import Any

import pytest

from tests.conversations.conftest import Person
from tests.conversations.test_johan import DAMP, STAIRS, johan, share
from tests.lives import LIVES, Life, shared_page
from tests.lives_of_chance import lines_on, made_on

__all__ = ["johan"]  # a fixture


@pytest.mark.parametrize("life", LIVES, ids=lambda life: life.name.partition(",")[0])
def test_what_they_share_is_on_their_page_and_nothing_else(life: Life, store: Any, content: Any):
    page = shared_page(life, store, content)
    briefing, sections = page["briefing"], page["sections"]
    shared = {line["lineId"] for section in sections for line in section["lines"]}

    assert sorted(line["lineId"] for line in lines_on(briefing)) == sorted(shared)
    assert not shared & set(life.hides)
    assert {one["lineId"] for one in made_on(briefing)} <= shared
    assert briefing["openers"]["items"]


@pytest.mark.slow
def test_johan_is_asked_about_a_dry_place_and_never_about_work(johan: Person):
    briefing = johan.opens_page(share(johan.shares_topic("wellbeing", "housing", "health")))["briefing"]

    assert {DAMP, STAIRS} <= {line["text"] for line in lines_on(briefing)}
    assert briefing["questions"]["items"][0]["text"] == "Hoe kan de gemeente mij helpen met wonen?"
    assert not [one for one in made_on(briefing) if "werk" in one["text"]]
