"""The command line: `voorgesprek serve`, `understand`, `shell`, `expire`."""

import argparse
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from bot.core.errors import VoorgesprekError
from bot.settings import Settings, SettingsWrong


def main(arguments: list[str] | None = None) -> int:
    """Run one command; trouble that we foresaw is told in one line."""
    parser = argparse.ArgumentParser(prog="voorgesprek", description="Prepares a meeting with the municipality.")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, (_, told) in COMMANDS.items():
        commands.add_parser(name, help=told, description=told)
    command = COMMANDS[parser.parse_args(arguments).command][0]
    try:
        command()
    except (VoorgesprekError, SettingsWrong, OSError) as trouble:
        _complain(f"{type(trouble).__name__}: {trouble}")
        return 1
    except KeyboardInterrupt:
        return 130  # as shells count ctrl-C
    return 0


def _serve() -> None:
    from bot.serving import serve  # each command imports what it needs: Rasa takes ten seconds

    serve(Settings.from_env(os.environ), _say)


def _understand() -> None:
    os.chdir(Path(__file__).parent.parent)  # the model names its Dutch pipeline from here
    # Nothing but answers may reach stdout, and the libraries of the model print what they like.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    from bot.understanding import understand_lines

    def put(line: str) -> None:
        answers.write(line + "\n")
        answers.flush()

    understand_lines(sys.stdin, put)


def _shell() -> None:
    from bot.shell import talk

    talk(Settings.from_env(os.environ).public_url, input, _say)


def _expire() -> None:
    from bot.store.store import Store

    _say(f"{Store.open(Settings.from_env(os.environ)).expire()} conversations erased")


def _say(line: str) -> None:
    print(line, flush=True)


def _complain(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


COMMANDS: Mapping[str, tuple[Callable[[], None], str]] = {
    "serve": (_serve, "serve chat, API and pages"),
    "understand": (_understand, "read JSON lines on stdin and tell what the bot makes of each"),
    "shell": (_shell, "talk to the running server from this terminal"),
    "expire": (_expire, "erase what was kept long enough; safe to run twice"),
}

if __name__ == "__main__":
    sys.exit(main())
