"""The command line of `voorgesprek`: serving, understanding, and what who runs it needs to do."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.core.errors import InvitationWrong, VoorgesprekError
from bot.settings import Settings, SettingsWrong

AGREED = ("paper", "phone", "counter", "web")

if TYPE_CHECKING:
    from bot.store.store import Store


def main(arguments: list[str] | None = None) -> int:
    """Run one command; trouble that we foresaw is told in one line."""
    given = _parser().parse_args(arguments)
    try:
        given.run(*(getattr(given, name) for name in given.takes))
    except (VoorgesprekError, SettingsWrong, OSError) as trouble:
        _complain(f"{type(trouble).__name__}: {trouble}")
        return 1
    except KeyboardInterrupt:
        return 130  # as shells count ctrl-C
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="voorgesprek", description="Prepares a meeting with the municipality.")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, (run, told, takes) in COMMANDS.items():
        command = commands.add_parser(name, help=told, description=told)
        for argument, more in takes.items():
            command.add_argument(argument, **more)
        command.set_defaults(run=run, takes=tuple(argument.removeprefix("--") for argument in takes))
    return parser


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
    done = _store().expire()
    if done.clock_jumped:
        _say("nothing erased: the clock is more than a day later than at the last run; if it is right, wait a day")
    else:
        _say(f"{done.erased} conversations erased")
        if done.orphans:
            _say(f"{done.orphans} half made or half erased ones cleared away")


def _backup(folder: Path) -> None:
    _say(f"written: {_store().backup(folder)}; without the keyring nobody can read it")


def _restore(file: Path) -> None:
    _say(f"{_store().restore(file)} conversations put back; those erased since stay closed, and go at the next expiry")


def _audit(share: str | None) -> None:
    for line in _store().audit(share):
        _say(json.dumps(line))


def _invite(
    number: str, contact: str, day: str, agreed: str, reminder: bool, csv: Path | None, out: Path | None
) -> None:
    from bot.inviting import invite

    settings, one = Settings.from_env(os.environ), (number, contact, day, agreed)
    if csv or out:
        return _invite_many(settings, csv, out, any((*one, reminder)))
    if not all(one):
        raise InvitationWrong(
            "give NUMBER, CONTACT, DAY and how they agreed, for WhatsApp; or --csv and --out, for cards"
        )
    invite(settings, _store(), number, contact, day, agreed, reminder)
    _say("kept to be sent; `voorgesprek serve` sends it")


def _invite_many(settings: Settings, csv: Path | None, out: Path | None, is_mixed: bool) -> None:
    from bot.inviting_many import invite_many

    if not csv or not out or is_mixed:
        raise InvitationWrong("cards need --csv with the list and --out with a folder, and nothing else")
    made = invite_many(settings, _store(), csv, out)
    _say(f"{made} cards in {out}; the list there holds codes for the contact persons, so keep it to yourself")


def _insight(out: Path | None) -> None:
    from bot.publishing import publish

    for line in publish(Settings.from_env(os.environ), _store(), out):
        _say(line)


def _keys(what: str) -> None:
    from bot.store.masterkey import MasterKeyFile

    settings = Settings.from_env(os.environ)
    file, store = MasterKeyFile(settings.master_key_file), _store()
    file.rotate()
    _say(f"{store.relock()} keys locked by a new master key in {settings.master_key_file}")
    file.drop_old()


def _whatsapp_phone(port: int) -> None:
    from bot.channels.whatsapp_phone import serve_phone

    serve_phone(os.environ, port, _say)


def _store() -> "Store":
    from bot.store.store import Store

    return Store.open(Settings.from_env(os.environ))


def _say(line: str) -> None:
    print(line, flush=True)


def _complain(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


COMMANDS: Mapping[str, tuple[Callable[..., None], str, Mapping[str, Mapping[str, Any]]]] = {
    "serve": (_serve, "serve chat, API and pages", {}),
    "understand": (_understand, "read JSON lines on stdin and tell what the bot makes of each", {}),
    "shell": (_shell, "talk to the running server from this terminal", {}),
    "expire": (_expire, "erase what was kept long enough; safe to run twice", {}),
    "backup": (
        _backup,
        "copy the conversations, without any key, into a folder; the bot may serve meanwhile",
        {"folder": {"type": Path, "metavar": "DIR"}},
    ),
    "restore": (_restore, "put a backup into an empty database", {"file": {"type": Path, "metavar": "FILE"}}),
    "audit": (
        _audit,
        "tell who or what opened which shared page, and when, as JSON lines",
        {"share": {"nargs": "?", "metavar": "SHAREID", "help": "of one page only: the last part of its link"}},
    ),
    "invite": (
        _invite,
        "invite or remind in WhatsApp, in the name of the contact person, who agreed to that; or make cards for a list",
        {
            "number": {
                "nargs": "?",
                "metavar": "NUMBER",
                "help": "of the person's phone, with country code: 31612345678",
            },
            "contact": {
                "nargs": "?",
                "metavar": "CONTACT",
                "help": "the contact person's name, as the person knows it",
            },
            "day": {"nargs": "?", "metavar": "DAY", "help": "of the meeting: 2026-12-31"},
            "agreed": {"nargs": "?", "choices": AGREED, "help": "how the person agreed to a message"},
            "--reminder": {"action": "store_true", "help": "remind rather than invite"},
            "--csv": {"type": Path, "metavar": "FILE", "help": "contactName, contactEmail, meetingAt, reference a row"},
            "--out": {"type": Path, "metavar": "DIR", "help": "where cards and codes go"},
        },
    ),
    "insight": (
        _insight,
        "write the numbers for policy, of quarters that are over: a table for a spreadsheet and a page of charts",
        {"--out": {"type": Path, "metavar": "DIR", "help": "where to; insight in DATA_DIR if not given"}},
    ),
    "keys": (
        _keys,
        "rotate: put a new master key on top of the file and lock every key by it; the bot may serve meanwhile",
        {"what": {"choices": ["rotate"]}},
    ),
    "whatsapp-phone": (
        _whatsapp_phone,
        "try WhatsApp without Meta: a phone on a page of this machine; a toy, no part of what is served to people",
        {"--port": {"type": int, "default": 8090, "help": "where its page is; 8090 if not given"}},
    ),
}

if __name__ == "__main__":
    sys.exit(main())
