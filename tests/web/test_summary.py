"""The person's page over HTTP: every line can be read, changed, hidden and taken off."""

from typing import Any

import pytest

from tests.web.caller import Answer, Person


@pytest.fixture
async def writer(talker: Person) -> Person:
    """Somebody with two lines on the page."""
    await talker.type("Ik was vaak moe.")
    await talker.tap("home")
    return talker


def lines(answer: Answer) -> dict[str, Any]:
    sections = answer.body.get("sections", [answer.body])
    return {line["lineId"]: line for section in sections for line in section["lines"]}


async def test_an_empty_page_is_a_page(person: Person):
    answer = await person.call("GET", "/summary")

    assert (answer.status, answer.body) == (200, {"sections": []})


async def test_every_line_of_wellbeing_starts_hidden(writer: Person):
    shown = lines(await writer.call("GET", "/summary"))

    assert shown["wellbeing_week"]["text"] == "Ik was vaak moe."
    assert not any(line["shared"] for line in shown.values())


async def test_a_fact_carries_the_mark_whatever_the_question_was(talker: Person):
    await talker.type("Ik help op zaterdag in de winkel van mijn broer.")

    assert lines(await talker.call("GET", "/summary"))["wellbeing_week"]["marked"]


async def test_an_ordinary_line_carries_no_mark(writer: Person):
    assert not any(line["marked"] for line in lines(await writer.call("GET", "/summary")).values())


async def test_a_topic_goes_along_with_one_tap(writer: Person):
    section = await writer.call("PATCH", "/summary/topics/wellbeing", json={"shared": True})

    assert section.status == 200
    assert section["topic"] == "wellbeing"
    assert all(line["shared"] for line in lines(section).values())


async def test_a_topic_without_lines_has_none(writer: Person):
    section = await writer.call("PATCH", "/summary/topics/work", json={"shared": True})

    assert (section.status, section["lines"]) == (200, [])


async def test_names_are_read_once_the_person_lets_them(talker: Person):
    await talker.type("Karin helpt mij.")

    line = await talker.call("PATCH", "/summary/lines/wellbeing_week", json={"names": True})

    assert (line["text"], line["hiddenNames"]) == ("Karin helpt mij.", False)


@pytest.mark.parametrize("names", [False, "yes", 1])
async def test_names_that_are_read_cannot_be_hidden_that_way(writer: Person, names: Any):
    answer = await writer.call("PATCH", "/summary/lines/wellbeing_week", json={"names": names})

    assert (answer.status, answer.fields) == (400, ["names"])


async def test_an_unknown_topic_is_not_found(writer: Person):
    assert (await writer.call("PATCH", "/summary/topics/secrets", json={"shared": True})).status == 404


@pytest.mark.parametrize("body", [{}, {"shared": "yes"}, {"shared": 1}, {"shared": None}])
async def test_a_topic_goes_along_or_not(writer: Person, body: dict[str, Any]):
    answer = await writer.call("PATCH", "/summary/topics/wellbeing", json=body)

    assert (answer.status, answer.fields) == (400, ["shared"])


async def test_a_line_can_be_shown_and_hidden(writer: Person):
    for shared in (True, False):
        line = await writer.call("PATCH", "/summary/lines/wellbeing_week", json={"shared": shared})
        assert (line.status, line["shared"]) == (200, shared)


async def test_a_line_can_be_changed(writer: Person):
    line = await writer.call("PATCH", "/summary/lines/wellbeing_week", json={"text": "Ik sliep slecht."})

    assert (line["lineId"], line["text"]) == ("wellbeing_week", "Ik sliep slecht.")
    assert lines(await writer.call("GET", "/summary"))["wellbeing_week"]["text"] == "Ik sliep slecht."


async def test_numbers_in_a_changed_line_are_masked(writer: Person):
    line = await writer.call("PATCH", "/summary/lines/wellbeing_week", json={"text": "Bel 123456782."})

    assert line["text"] == "Bel [bsn]."


async def test_a_cry_in_a_changed_line_is_answered_too(writer: Person):
    line = await writer.call("PATCH", "/summary/lines/wellbeing_week", json={"text": "ik wil dood"})

    assert any("113" in text for text in line["help"])


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, [""]),
        ({"text": " "}, ["text"]),
        ({"text": "🙂"}, ["text"]),
        ({"text": 4, "shared": "no"}, ["shared", "text"]),
        ({"text": "x" * 1001}, ["text"]),
    ],
)
async def test_a_line_tells_all_that_is_wrong(writer: Person, body: dict[str, Any], fields: list[str]):
    answer = await writer.call("PATCH", "/summary/lines/wellbeing_week", json=body)

    assert (answer.status, answer.fields) == (400, fields)


@pytest.mark.parametrize("line", ["nonsense", "goals_first"])
@pytest.mark.parametrize("method", ["PATCH", "DELETE"])
async def test_a_line_that_is_not_on_the_page_is_not_found(writer: Person, method: str, line: str):
    answer = await writer.call(method, f"/summary/lines/{line}", json={"shared": True})

    assert answer.status == 404


async def test_a_line_can_be_taken_off(writer: Person):
    assert (await writer.call("DELETE", "/summary/lines/wellbeing_week")).status == 204

    assert "wellbeing_week" not in lines(await writer.call("GET", "/summary"))


async def test_a_line_that_was_taken_off_is_gone(writer: Person):
    await writer.call("DELETE", "/summary/lines/wellbeing_week")

    assert (await writer.call("DELETE", "/summary/lines/wellbeing_week")).status == 404
