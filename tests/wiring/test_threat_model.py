"""The threat model says what the code does: its numbers, its headers, and tests that are really there."""

import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from aiohttp.test_utils import make_mocked_request

from bot.settings import Settings
from bot.web import middlewares
from tests.wiring.constants import of_code

ROOT = Path(__file__).parent.parent.parent
MODEL = (ROOT / "docs/threat-model.md").read_text("utf-8")
SECURITY = (ROOT / "SECURITY.md").read_text("utf-8")
NUMBER = re.compile(r"^\| (?P<what>[^|]+) \| (?P<number>\d+) \| (?P<unit>\w+) \| `(?P<constant>[^`]+)` \|$", re.M)
HEADER = re.compile(r"^\| `(?P<name>[A-Z][A-Za-z-]+)` \| (?P<value>.+) \|$", re.M)
TEST = re.compile(r"`(?P<file>tests/[\w/]+\.py)::(?P<name>test_\w+)`")
FILE = re.compile(r"`((?:bot|scripts|docs)/[\w/.]+)`")
THREAT = re.compile(r"^### (?P<title>\d.*?)\n(?P<body>.*?)(?=^##)", re.M | re.S)
PATHS = ("/", "/embed", "/static/chat.js", "/v1/conversations")


def headers_of_code() -> dict[str, set[str]]:
    """Each header that an answer can carry, with the values it can have."""
    settings = Settings.from_env({"PUBLIC_URL": "https://voorgesprek.example"})
    found: dict[str, set[str]] = {}
    for path in PATHS:
        for name, value in (middlewares.FIXED | middlewares._about(make_mocked_request("GET", path), settings)).items():
            found.setdefault(name, set()).add(value)
    return found


def headers_of_model() -> dict[str, str]:
    return {found["name"]: found["value"] for found in HEADER.finditer(MODEL)}


@pytest.mark.parametrize("row", NUMBER.finditer(MODEL), ids=lambda row: row["constant"])
def test_a_number_is_what_the_code_says(row: re.Match[str]):
    found = of_code(row["constant"], row["unit"])

    assert int(row["number"]) == found, f"docs/threat-model.md: {row['what']} is {found} {row['unit']} in the code"


def test_the_numbers_are_seen():
    assert len(list(NUMBER.finditer(MODEL))) >= 9


def test_the_headers_are_those_of_the_middlewares_and_no_other():
    assert set(headers_of_model()) == set(headers_of_code())


def test_a_value_in_the_table_of_headers_is_one_that_is_sent():
    told = {name: re.findall(r"`([^`]+)`", value) for name, value in headers_of_model().items()}
    sent = headers_of_code()
    quoted = {name: values for name, values in told.items() if name != "API-Version"}

    assert {name: values for name, values in quoted.items() if not set(values) <= sent[name]} == {}
    assert {name for name in middlewares.FIXED if not told[name]} == set()


@pytest.mark.parametrize("found", TEST.finditer(MODEL), ids=lambda found: found["name"])
def test_a_test_that_is_named_is_there(found: re.Match[str]):
    assert f"def {found['name']}(" in (ROOT / found["file"]).read_text("utf-8")


@pytest.mark.parametrize("threat", THREAT.finditer(MODEL), ids=lambda threat: threat["title"])
def test_every_threat_names_code_tests_and_what_remains(threat: re.Match[str]):
    assert TEST.search(threat["body"])
    assert FILE.search(threat["body"])
    assert "*Remains.*" in threat["body"] or "*Remains*" in threat["body"]


def test_the_ten_threats_are_seen():
    assert len(list(THREAT.finditer(MODEL))) == 10


def test_a_file_that_is_named_is_there():
    named = set(FILE.findall(MODEL + SECURITY))

    assert named
    assert {name for name in named if not (ROOT / name).exists()} == set()


@pytest.mark.parametrize("document", ["docs/threat-model.md", "SECURITY.md", "docs/data-map.md", "docs/operations.md"])
def test_a_link_leads_somewhere(document: str):
    page = ROOT / document
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", page.read_text("utf-8"))

    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_picture_of_the_boundaries_can_be_heard_and_shows_as_many_as_the_table():
    picture = ElementTree.parse(ROOT / "docs/trust-boundaries.svg").getroot()
    name = {child.tag.rpartition("}")[2]: child for child in picture}
    numbers = [text.text for text in picture.iter() if text.get("class") == "number"]

    assert picture.get("role") == "img"
    assert picture.get("aria-labelledby") == f"{name['title'].get('id')} {name['desc'].get('id')}"
    assert numbers == re.findall(r"^\| (\d) the ", MODEL, re.M)
