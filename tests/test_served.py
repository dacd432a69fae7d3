"""The product as `voorgesprek serve` runs it, on PostgreSQL: the whole road, and a database that goes away."""

import json
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from tests.postgres import Postgres, away, postgres  # noqa: F401  # a fixture
from tests.served import served

pytestmark = pytest.mark.slow
TAPS = ("consent_yes", "remember_no", "good", "home", "rest", "continue", "home", "feel_better", "time", "talk")


class Visitor:
    """Somebody who talks to a served product over HTTP."""

    def __init__(self, address: str) -> None:
        self.address, self.token = address, ""
        made = self.call("POST", "/v1/conversations", channel="web")[1]
        self.path, self.token = f"/v1/conversations/{made['conversationId']}", made["token"]

    def call(self, method: str, path: str, **body: Any) -> tuple[int, Any]:
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"}
        data = json.dumps(body).encode() if body else None
        asked = urllib.request.Request(self.address + path, data, headers, method=method)
        try:
            with urllib.request.urlopen(asked, timeout=30) as answer:
                return answer.status, json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as refused:
            return refused.code, json.loads(refused.read())

    def says(self, **body: str) -> tuple[int, Any]:
        return self.call("POST", f"{self.path}/messages", **body)


@pytest.fixture(scope="module")
def databases(postgres: Postgres) -> tuple[str, str]:  # noqa: F811
    """The addresses of two empty databases: words and keys."""
    return postgres.new_database(), postgres.new_database()


@pytest.fixture(scope="module")
def address(databases: tuple[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    words, keys = databases
    with served(tmp_path_factory.mktemp("served"), DATABASE_URL=words, KEYRING_URL=keys) as address:
        yield address


def test_the_whole_road_runs_on_postgresql(address: str):
    person = Visitor(address)
    assert [person.says(choice=tap)[0] for tap in TAPS] == [200] * len(TAPS)
    shared = person.call("POST", f"{person.path}/shares")[1]

    opened = person.call("POST", f"/v1/shares/{shared['shareId']}/open", code=shared["code"])[1]

    assert opened["sections"][0]["topic"] == "goals"
    assert person.call("DELETE", person.path)[0] == 204
    assert person.call("GET", person.path)[0] in (401, 404)


def test_health_names_the_database(address: str):
    health = json.load(urllib.request.urlopen(f"{address}/health"))

    assert (health["status"], health["database"]) == ("ok", "postgresql")


@pytest.mark.parametrize("which", [0, 1], ids=["words", "keys"])
def test_a_turn_without_a_database_is_refused_and_can_be_sent_again(
    address: str, databases: tuple[str, str], which: int
):
    person = Visitor(address)
    person.says(choice="consent_yes")
    with away(databases[which]):
        refused = person.says(choice="remember_no", messageId="m1")
        time.sleep(1)  # an answer of /health is good for a second
        health = person.call("GET", "/health")

    assert (refused[0], refused[1]["status"]) == (503, 503)
    assert (health[0], health[1]["status"]) == (503, "database_down")
    assert person.says(choice="remember_no", messageId="m1")[1]["question"]["id"] == "wellbeing_week"


def test_a_cry_without_a_database_is_told_whom_to_call(address: str, databases: tuple[str, str]):
    person = Visitor(address)
    with away(databases[0]):
        status, problem = person.says(text="Ik wil niet meer leven.", messageId="m1")

    assert (status, "113" in "".join(problem["help"])) == (503, True)
    assert person.says(text="Ik wil niet meer leven.", messageId="m1")[1]["question"]["id"] == "safety"


def test_help_pages_are_in_reach_without_a_database(address: str, databases: tuple[str, str]):
    with away(databases[0]):
        page = urllib.request.urlopen(f"{address}/hulp").read().decode()

    assert "112" in page
