"""Runs one engine: `python -m bot.engine <number>`, as `voorgesprek serve` starts it."""

import os
import signal
import sys
import threading
from pathlib import Path

import uvloop
from aiohttp import web

from bot.core import help as helplines
from bot.core import questionnaire
from bot.core.route import Route
from bot.core.texts import Texts
from bot.engine.agent import MODEL, TalkAgent
from bot.engine.server import Engine
from bot.engine.sockets import bind
from bot.logs import configure, no_core_dumps
from bot.settings import Settings
from bot.store.store import Store
from bot.store.unit_of_work import Content

DUTCH = Path("var/nl/NAME")
STDIN = 0
FINISH_SECONDS = 8  # for the turns under way at a stop; the gateway kills after 10


def main() -> None:
    """Load the agent and serve it on this engine's socket until told to stop."""
    _stop_with_the_gateway()
    configure()
    no_core_dumps()
    settings = Settings.from_env(os.environ)
    helps = helplines.load(settings.municipality_file)
    content = Content(questionnaire.load(), Texts.load(helps.placeholders()))
    agent = TalkAgent.load(MODEL, Route(content.questionnaire), helps.placeholders)
    engine = Engine(agent, Store.open(settings), content, DUTCH.read_text("utf-8").strip())
    serve(engine, settings.data_dir / f"engine-{int(sys.argv[1])}.sock")


def serve(engine: Engine, path: Path) -> None:
    """Answer at this socket until told to stop; the turns that are under way then are finished."""
    with bind(path) as socket:
        loop = uvloop.new_event_loop()
        web.run_app(engine.app(), sock=socket, print=None, access_log=None, shutdown_timeout=FINISH_SECONDS, loop=loop)


def _stop_with_the_gateway() -> None:
    # The gateway holds the other end of stdin; when it is gone, nobody needs this engine.
    def wait() -> None:
        # Not through `sys.stdin`: Python ends with a crash report when a thread still waits in its buffer.
        while os.read(STDIN, 1024):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, daemon=True).start()


if __name__ == "__main__":
    main()
