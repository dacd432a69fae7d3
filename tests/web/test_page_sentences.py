"""The sentences of the pages: short, in the u-form, and without the words we never use."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

TEMPLATES = sorted(Path("bot/web/templates").glob("*.html"))
LONGEST = 12  # words a sentence, and most have far fewer
NEVER = re.compile(r"\b(klant\w*|cliënt\w*|kansrijk|kansarm|zelfredzaam\w*|je|jij|jouw|jullie|u moet)\b", re.IGNORECASE)


class Texts(HTMLParser):
    """Collects every piece of text of a page, one an element."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.texts.append(" ".join(data.split()))


def sentences(template: Path) -> list[str]:
    source = re.sub(r"{#.*?#}|{%.*?%}", "", template.read_text("utf-8"), flags=re.DOTALL)
    reader = Texts()
    reader.feed(re.sub(r"{{.*?}}", "iets", source))
    return [s for text in reader.texts for s in re.split(r"(?<=[.?!:])\s", text) if s]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_sentence_is_long(template: Path):
    assert [s for s in sentences(template) if len(s.split()) > LONGEST] == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_word_that_we_never_use(template: Path):
    assert [s for s in sentences(template) if NEVER.search(s)] == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_script_or_style_inside_a_page(template: Path):
    source = template.read_text("utf-8")

    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*\ssrc=)|\|\s*safe", source)


@pytest.mark.parametrize("script", sorted(Path("bot/web/static").glob("*.js")), ids=lambda path: path.name)
def test_scripts_write_text_and_never_html(script: Path):
    source = script.read_text("utf-8")

    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|\.style\b", source)
    assert len(source.splitlines()) < 300


def test_the_scan_sees_the_pages():
    assert "Niemand ziet deze pagina zonder uw ja." in sentences(Path("bot/web/templates/_summary.html"))
