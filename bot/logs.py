"""Logs: one JSON line an event on stderr, with ids and names of events, never words.

What people type can stand in the message of any error. So of what libraries log, and of what nobody caught, only the
kind of error and its places in the code are told.
"""

import ctypes
import json
import logging
import resource
import sys
import threading
from contextlib import suppress
from types import TracebackType
from typing import TextIO, cast

import structlog

from bot.core.errors import told

PR_SET_DUMPABLE = 4  # prctl(2)

log = structlog.get_logger()


def configure() -> None:
    """Let structlog write JSON lines; libraries are heard from warning on, without their words."""
    out = Patient(sys.stderr)
    handler = logging.StreamHandler(out)
    handler.setFormatter(Wordless())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.raiseExceptions = False  # a log that cannot be written is no reason to print what was to be logged
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(cast(TextIO, out)),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    )
    sys.excepthook = _uncaught
    threading.excepthook = lambda broken: log.error("uncaught", **told(broken.exc_value or broken.exc_type()))


def no_core_dumps() -> None:
    """Keep what is in memory out of crash files: no dump is written, and no program is handed one (core(5))."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)


class Patient:
    """A stream that never fails: with a full disk or nobody reading, a line is lost and the work goes on."""

    def __init__(self, stream: TextIO) -> None:
        """Write to this stream."""
        self._stream = stream

    def write(self, text: str) -> int:
        """Write, if that is possible."""
        with suppress(OSError, ValueError):
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        """Flush, if that is possible."""
        with suppress(OSError, ValueError):
            self._stream.flush()


class Wordless(logging.Formatter):
    """Tells of a library's record who logged it and where, and not its message: that may hold what people typed.

    Our own messages (`bot.*`, in the engine) are told: they name events and places only.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The record as one JSON line."""
        error = record.exc_info[1] if record.exc_info else None
        event = record.getMessage() if record.name.startswith("bot.") else "library"
        about = {"event": event, "level": record.levelname.lower(), "logger": record.name}
        return json.dumps(about | {"at": f"{record.module}:{record.lineno}"} | (told(error) if error else {}))


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    log.critical("uncaught", **told(error))
