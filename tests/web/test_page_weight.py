"""The pages are light: every file comes packed, is kept by the browser, and holds no more than the pages use."""

import gzip
import re
import shutil
from pathlib import Path

import pytest

from bot.web import packed, pages
from tests.web.caller import Caller, Person

FILES = packed.load(pages.STATIC)
PACKED = {"Accept-Encoding": "gzip, deflate, br"}
UNPACKED = {"Accept-Encoding": "identity"}


@pytest.mark.parametrize("name", FILES.by_name)
async def test_every_file_comes_packed_for_who_takes_it_packed(caller: Caller, name: str):
    answer = await caller.call("GET", f"{FILES.place}/{name}", headers=PACKED)

    assert (answer.status, answer.headers["Content-Encoding"]) == (200, "gzip")
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.body.encode() == FILES.by_name[name].plain
    assert int(answer.headers["Content-Length"]) < len(FILES.by_name[name].plain)


async def test_who_cannot_unpack_gets_files_and_pages_as_they_are(caller: Caller):
    for path in ("/static/chat.js", "/embed.js", "/"):
        answer = await caller.call("GET", path, headers=UNPACKED)

        assert "Content-Encoding" not in answer.headers
        assert answer.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    "path", ["/", "/embed", "/s/abc", "/hulp", "/weg", "/gesprek-aanvragen", "/medewerker/uitnodigen", "/nothing"]
)
async def test_every_page_comes_packed_and_is_kept_nowhere(caller: Caller, path: str):
    headers = (await caller.call("GET", path, headers=PACKED | {"Accept": "text/html"})).headers

    assert (headers["Content-Encoding"], headers["Vary"]) == ("gzip", "Accept-Encoding")
    assert headers["Cache-Control"] == "no-store"


async def test_what_holds_words_and_tokens_is_never_packed(person: Person):
    typed = await person.call("POST", "/messages", json={"text": "geheim " * 50}, headers=PACKED)

    for answer in (person.created, typed, await person.call("GET", headers=PACKED)):
        assert "Content-Encoding" not in answer.headers


async def test_a_file_is_kept_for_ever_under_the_stamp_of_now_only(caller: Caller):
    kept, others = FILES.place, ("/static", "/static/v-000000000000", "/static/v-0000")

    assert "immutable" in (await caller.call("GET", f"{kept}/chat.js")).headers["Cache-Control"]
    answers = [await caller.call("GET", f"{place}/chat.js") for place in others]
    assert [(one.status, one.headers["Cache-Control"]) for one in answers[:2]] == [(200, "no-cache")] * 2
    assert answers[2].status == 404


async def test_a_packed_file_is_not_taken_for_the_plain_one(caller: Caller):
    first = await caller.call("GET", "/static/chat.js", headers=PACKED)
    known = {"If-None-Match": first.headers["ETag"]}

    assert (await caller.call("GET", "/static/chat.js", headers=PACKED | known)).status == 304
    assert (await caller.call("GET", "/static/chat.js", headers=UNPACKED | known)).status == 200


@pytest.mark.parametrize(
    "path", ["/", "/embed", "/s/abc", "/hulp", "/weg", "/gesprek-aanvragen", "/medewerker/uitnodigen"]
)
async def test_a_page_names_files_of_now_only(caller: Caller, path: str):
    page = (await caller.call("GET", path)).body
    named = re.findall(r'(?:src|href)="(/static/[^"]+)"', page)

    assert len(named) >= 3
    assert [one for one in named if one.removeprefix(f"{FILES.place}/") not in FILES.by_name] == []


def test_the_stamp_changes_when_a_municipality_brings_its_own_theme(tmp_path: Path):
    own = shutil.copytree(pages.STATIC, tmp_path / "static")
    theme = own / "theme.css"
    theme.write_text(theme.read_text("utf-8") + "\n.voorgesprek-theme { --vg-deep: #000; }\n", "utf-8")

    loaded = packed.load(own)

    assert loaded.stamp != FILES.stamp
    assert b"--vg-deep: #000" in gzip.decompress(loaded.by_name["pages.css"].packed)


@pytest.mark.parametrize("name", ["chat.css.map", "vendor/notes.txt", "vendor/utrecht.css.gz"])
async def test_only_what_is_for_browsers_is_served(tmp_path: Path, name: str):
    own = shutil.copytree(pages.STATIC, tmp_path / "static")
    (own / name).write_bytes(b"not for browsers")

    assert packed.load(own).by_name.keys() == FILES.by_name.keys()


def test_every_class_of_the_library_that_pages_use_has_its_styles():
    sources = [path.read_text("utf-8") for path in (*pages.TEMPLATES.glob("*.html"), *pages.STATIC.glob("*.js"))]
    used = {name for source in sources for name in re.findall(r"utrecht-[a-z0-9_-]*[a-z0-9]", source)}
    styles = FILES.by_name["vendor/utrecht.css"].plain.decode()

    assert len(used) > 20
    assert [name for name in sorted(used) if not re.search(rf"\.{name}(?![\w-])", styles)] == []


def test_the_library_is_named_with_its_licence():
    assert "EUPL-1.2" in FILES.by_name["pages.css"].plain.decode().splitlines()[0]
