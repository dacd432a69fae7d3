"""The log holds events, kinds of errors and places, whoever writes in it."""

import json
import logging
import os
import subprocess
import sys

import pytest

from bot.logs import Patient, Wordless

SECRET = "geheime schulden"


def record(name: str, error: BaseException | None = None) -> logging.LogRecord:
    trouble = (type(error), error, None) if error else None
    return logging.LogRecord(name, logging.ERROR, "lib.py", 7, "Error: %s", (SECRET,), trouble)


def test_a_librarys_message_is_not_told_but_its_place_is():
    told = json.loads(Wordless().format(record("aiohttp.server", ValueError(SECRET))))

    assert SECRET not in json.dumps(told)
    assert (told["logger"], told["at"], told["error"]) == ("aiohttp.server", "lib:7", "ValueError")


def test_our_own_messages_name_events_and_are_told():
    assert SECRET in Wordless().format(record("bot.engine.server"))


class FullDisk:
    def write(self, text: str) -> int:
        raise OSError(28, "No space left on device")

    flush = write


def test_a_log_that_cannot_be_written_stops_nothing():
    out = Patient(FullDisk())

    assert out.write("line\n") == 5


CRASHES = {
    "main": "raise ValueError('geheime schulden')",
    "thread": "import threading; t = threading.Thread(target=lambda: int('geheime schulden')); t.start(); t.join()",
    "library": "import logging; logging.getLogger('aiohttp.server').exception('%s', 'geheime schulden')",
    "asyncio": "import asyncio\nasync def f(): raise ValueError('geheime schulden')\n"
    "async def g():\n t = asyncio.create_task(f()); await asyncio.sleep(0); del t\nasyncio.run(g())",
}


@pytest.mark.parametrize("kind", CRASHES)
def test_what_nobody_caught_is_told_without_its_words(kind: str):
    code = f"from bot.logs import configure; configure()\n{CRASHES[kind]}"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)

    assert SECRET not in done.stdout + done.stderr
    assert '"event"' in done.stderr


def test_a_crash_leaves_no_dump_of_the_memory():
    code = (
        "from bot.logs import no_core_dumps; no_core_dumps()\nimport os, signal; os.kill(os.getpid(), signal.SIGSEGV)"
    )

    done = subprocess.Popen([sys.executable, "-c", code])
    _, status = os.waitpid(done.pid, 0)

    assert not os.WCOREDUMP(status)
