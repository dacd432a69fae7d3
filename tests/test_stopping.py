"""A stop lets turns end: who was answering when the machine was stopped still gets an answer."""

import os
import signal
import subprocess
import threading
from pathlib import Path

import pytest

from tests.served import running
from tests.test_served import Visitor

pytestmark = pytest.mark.slow


def engine_of(server: "subprocess.Popen[bytes]") -> int:
    """The process of the server's engine."""
    return int(subprocess.check_output(["pgrep", "-f", "bot.engine 0", "-P", str(server.pid)]).split()[0])


def test_a_turn_under_way_is_answered_before_the_server_ends(tmp_path: Path):
    answers = []
    with running(tmp_path) as (address, server):
        person, engine = Visitor(address), engine_of(server)
        os.kill(engine, signal.SIGSTOP)
        turn = threading.Thread(target=lambda: answers.append(person.says(choice="consent_yes")))
        turn.start()
        turn.join(1)  # the turn is with the engine by then, which does not answer
        server.terminate()
        turn.join(1)
        os.kill(engine, signal.SIGCONT)
        turn.join(20)
        assert server.wait(30) == 0

    assert [(status, body["question"]["id"]) for status, body in answers] == [(200, "remember")]
