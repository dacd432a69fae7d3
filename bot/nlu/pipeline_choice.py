"""Chooses the Dutch pipeline at set-up: a named wheel, else the official one if its host answers, else a blank one."""

import threading
import time
import urllib.request
from collections.abc import Callable
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.nlu import pipeline

WHEEL = "nl_core_news_sm-3.7.0-py3-none-any.whl"
RELEASES = "https://github.com/explosion/spacy-models/releases/download/nl_core_news_sm-3.7.0"
WHEEL_FILE = "WHEEL"

ANSWER_SECONDS = 10.0
DOWNLOAD_SECONDS = 180.0  # 13 MB over a slow line; set-up as a whole has 6 minutes
CHUNK = 2**20


class NotFetched(Exception):
    """The official wheel could not be had; the message says why."""


def choose(path: Path, wheel: str, tell: Callable[[str], None], official: str = f"{RELEASES}/{WHEEL}") -> None:
    """Write the best pipeline that can be had to `path`, and remember what was asked for.

    Args:
        wheel: the wheel a person named (NL_CORE_NEWS_SM), or "".
        tell: shows one line of progress.
        official: where the official wheel is.

    Raises:
        PipelineWrong: when the named wheel cannot be used; a named wheel is never silently replaced.
    """
    if wheel:
        tell(f"Dutch: using {wheel}.")
        pipeline.write_official(path, Path(wheel))
    else:
        _official_or_blank(path, tell, official)
    (path / WHEEL_FILE).write_text(wheel, "utf-8")


def _official_or_blank(path: Path, tell: Callable[[str], None], official: str) -> None:
    try:
        with TemporaryDirectory() as room:
            fetched = Path(room) / WHEEL
            tell(f"Dutch: asking for {WHEEL} (at most {ANSWER_SECONDS:.0f} seconds) ...")
            _fetch(official, fetched, tell)
            pipeline.write_official(path, fetched)
            tell("Dutch: the official nl_core_news_sm is in place.")
    except (NotFetched, pipeline.PipelineWrong) as reason:
        tell(f"Dutch: {reason}. Making a blank pipeline with lemmas from spacy-lookups-data instead ...")
        pipeline.write_blank(path)


def _fetch(url: str, to: Path, tell: Callable[[str], None]) -> None:
    give_up = time.monotonic() + DOWNLOAD_SECONDS
    try:
        with _answer(url) as answer, to.open("wb") as file:
            while part := answer.read(CHUNK):
                file.write(part)
                tell(f"Dutch: {file.tell() / CHUNK:.0f} MB fetched")
                if time.monotonic() > give_up:
                    raise NotFetched(f"the official wheel took more than {DOWNLOAD_SECONDS:.0f} seconds")
    except (OSError, HTTPException) as error:
        raise NotFetched(f"the official wheel could not be fetched ({error})") from error


def _answer(url: str) -> HTTPResponse:
    """The host's answer, in a thread: looking up a name can hang for longer than any socket timeout."""
    answers: list[HTTPResponse] = []
    errors: list[Exception] = []

    def ask() -> None:
        try:
            answers.append(urllib.request.urlopen(url, timeout=ANSWER_SECONDS))  # noqa: S310  # our own constant
        except (OSError, HTTPException) as error:
            errors.append(error)

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(ANSWER_SECONDS)
    if answers:
        return answers[0]
    reason = errors[0] if errors else f"no answer within {ANSWER_SECONDS:.0f} seconds"
    raise NotFetched(f"the official wheel could not be fetched ({reason})")
