"""The page of the contact person over HTTP: looked at ahead, opened, and on paper."""

from datetime import timedelta
from typing import Any

import pypdfium2
import pytest

from bot.core.talk import Answer
from bot.store import shares as sealing
from bot.store.unit_of_work import Content, UnitOfWork
from tests.lives_of_chance import lines_on
from tests.store.builders import NOON, another_code
from tests.web.caller import Answer as Reply
from tests.web.caller import Caller, Person
from tests.web.test_openapi import check
from tests.web.test_shares import opened, share, sharer

__all__ = ["share", "sharer"]  # fixtures


def texts(briefing: dict[str, Any]) -> list[str]:
    return [line["text"] for line in lines_on(briefing)]


@pytest.fixture
async def together(sharer: Person, store: Any, content: Any) -> Person:
    """Somebody who comes with another person, and would first like to talk alone."""
    key = store.unlock(sharer.id, sharer.token)
    unit = UnitOfWork(store, store.load(sharer.id, key), key, Content(content.questionnaire, content.texts), NOON)
    slots = unit.record["tracker"]["slots"]
    said = {"meeting_company": Answer("family_friend").slot(), "meeting_alone": Answer("yes").slot()}
    unit.keep_slots({**slots, **said})
    unit.commit()
    return sharer


async def on_paper(caller: Caller, share: Reply, code: str | None = None) -> Any:
    sent = {"code": code or share["code"], "name": "M. Jansen"}
    return await caller.client.post(f"/v1/shares/{share['shareId']}/pdf", json=sent)


def words(pdf: bytes) -> str:
    return " ".join(sheet.get_textpage().get_text_range() for sheet in pypdfium2.PdfDocument(pdf))


async def test_the_look_ahead_is_the_page_that_the_contact_person_opens(sharer: Person, caller: Caller, share: Reply):
    ahead = await sharer.call("GET", "/briefing")

    check("GET /v1/conversations/{conversationId}/briefing", ahead)
    check("POST /v1/shares/{shareId}/open", await opened(caller, share))
    assert texts(ahead.body) == ["Ik was vaak moe."]
    assert (await opened(caller, share))["briefing"] == ahead.body


async def test_the_look_ahead_is_for_the_person_alone(sharer: Person, caller: Caller):
    for path in ("briefing", "briefing.pdf"):
        answer = await caller.call("GET", f"/v1/conversations/{sharer.id}/{path}")
        assert answer.status == 401


async def test_a_shared_page_is_made_anew_when_a_line_changes(sharer: Person, caller: Caller, share: Reply):
    await sharer.call("PATCH", "/summary/lines/wellbeing_week", json={"text": "Ik sliep slecht."})

    assert texts((await opened(caller, share))["briefing"]) == ["Ik sliep slecht."]


async def test_a_page_sealed_before_there_was_a_briefing_still_opens_on_screen_and_on_paper(
    sharer: Person, caller: Caller, share: Reply, store: Any, monkeypatch: pytest.MonkeyPatch
):
    seal = sealing.reseal

    def without(share_id: str, key: bytes, page: dict[str, Any]) -> bytes:
        return seal(share_id, key, {name: page[name] for name in ("sections", "sharedAt", "expiresAt")})

    monkeypatch.setattr(sealing, "reseal", without)
    await sharer.call("PATCH", "/summary/lines/wellbeing_week", json={"text": "Zo ging het."})

    assert texts((await opened(caller, share))["briefing"]) == ["Zo ging het."]
    assert "Zo ging het." in words(await (await on_paper(caller, share)).read())


async def test_the_page_comes_as_a_pdf_under_a_name_that_tells_nothing(caller: Caller, share: Reply):
    answer = await on_paper(caller, share)

    assert (answer.status, answer.content_type) == (200, "application/pdf")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="pagina.pdf"'
    assert answer.headers["Cache-Control"] == "no-store"
    said = words(await answer.read())
    assert "Ik was vaak moe." in said
    assert "Gedeeld op" in said


async def test_the_paper_is_opened_and_refused_as_the_page_is(caller: Caller, sharer: Person, share: Reply, clock: Any):
    assert (await on_paper(caller, share, another_code(share["code"]))).status == 403
    assert (await on_paper(caller, share)).status == 200
    assert (await sharer.call("GET", "/shares"))["shares"][0]["openedAt"]
    clock.now += timedelta(days=31)
    assert (await on_paper(caller, share)).status == 410


async def test_talking_alone_first_is_covered_for_the_person_and_plain_for_the_contact_person(
    together: Person, caller: Caller
):
    mine = (await together.call("GET", "/summary"))["sections"]
    covered = {line["lineId"]: line["covered"] for section in mine for line in section["lines"]}
    theirs = (await opened(caller, await together.call("POST", "/shares"))).body

    assert [line for line, is_covered in covered.items() if is_covered] == ["meeting_alone"]
    assert "Ik wil eerst even alleen praten." in texts(theirs["briefing"])
    assert "covered" not in str(theirs)


async def test_the_persons_own_paper_leaves_out_what_is_covered_and_theirs_does_not(together: Person, caller: Caller):
    head = {"Authorization": f"Bearer {together.token}"}
    mine = await caller.client.get(f"/v1/conversations/{together.id}/briefing.pdf", headers=head)
    theirs = await on_paper(caller, await together.call("POST", "/shares"))

    said = words(await mine.read())
    assert "familie of een vriend" in said
    assert "alleen praten" not in said
    assert "alleen praten" in words(await theirs.read())
