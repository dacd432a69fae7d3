"""The talk in a terminal, against a server that answers from a list."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from bot import shell

CHOICES = [{"label": "Ja", "value": "consent_yes"}, {"label": "Nee", "value": "consent_no"}]
WELCOME = {"conversationId": "c1", "token": "t1", "messages": [{"text": "Mag dat?", "choices": CHOICES}]}
ASKED = {"messages": [{"text": "Goed.", "choices": []}, {"text": "Hoe was uw week?", "choices": []}]}


class Server(HTTPServer):
    """Keeps what was sent, and answers from a list of (status, body)."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: list[tuple[int, dict[str, Any]]] = [(201, WELCOME)]
        self.calls: list[tuple[str, str | None, dict[str, Any]]] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.calls.append((self.path, self.headers["Authorization"], body))
        status, answer = self.server.answers.pop(0)
        self.send_response(status)
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    def log_message(self, *_: Any) -> None:
        """Quiet."""


@pytest.fixture
def server() -> Iterator[Server]:
    """A server that has a welcome ready."""
    serving = Server()
    thread = threading.Thread(target=serving.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield serving
    serving.shutdown()
    thread.join()
    serving.server_close()


def talk(address: str, *typed: str) -> str:
    """All that is shown in a talk in which this is typed, until end of input."""
    lines, shown = iter(typed), []

    def read(prompt: str) -> str:
        for line in lines:
            return line
        raise EOFError

    shell.talk(address, read, shown.append)
    return "\n".join(shown)


def test_every_message_is_shown_and_buttons_have_numbers(server: Server):
    assert talk(server.address) == "\nMag dat?\n  1. Ja\n  2. Nee"
    assert server.calls == [("/v1/conversations", None, {"channel": "web"})]


def test_a_number_taps_its_button(server: Server):
    server.answers.append((200, ASKED))

    assert "Hoe was uw week?" in talk(server.address, "1")
    assert server.calls[1] == ("/v1/conversations/c1/messages", "Bearer t1", {"choice": "consent_yes"})


@pytest.mark.parametrize("typed", ["ja hoor", "3", "0", "²", ""])
def test_anything_else_is_said_in_words(server: Server, typed: str):
    server.answers.append((200, ASKED))
    talk(server.address, typed)

    assert server.calls[1][2] == {"text": typed}


def test_a_shared_page_shows_its_link_and_code(server: Server):
    server.answers.append((200, {**ASKED, "share": {"url": "http://x/s/abc", "code": "123456"}}))

    assert "http://x/s/abc  123456" in talk(server.address, "1")


def test_what_the_server_refuses_is_told_and_the_talk_goes_on(server: Server):
    server.answers += [(400, {"detail": "Typ minder woorden."}), (200, ASKED)]

    assert "Typ minder woorden.\n\nGoed." in talk(server.address, "veel", "minder")


def test_a_talk_that_cannot_begin_ends_with_the_reason(server: Server):
    server.answers = [(503, {"detail": "Probeer het over een minuut."})]

    assert talk(server.address, "hallo") == "\nProbeer het over een minuut."


def test_without_a_server_it_says_how_to_start_one(server: Server):
    nowhere = server.address.replace(str(server.server_port), "1")

    with pytest.raises(shell.ServerAway, match="make start"):
        talk(nowhere)
