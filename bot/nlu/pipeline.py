"""The Dutch spaCy pipeline: the official model where set-up got it, else a blank one with looked-up lemmas."""

import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

# spaCy takes seconds to import, and `name` needs none of it
if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.lookups import Lookups

OFFICIAL = "nl_core_news_sm"
BLANK = "blank"
NAME_FILE = "NAME"


class PipelineWrong(Exception):
    """The Dutch pipeline is absent, or is not what it says it is."""


def name(path: Path) -> str:
    """Say which pipeline stands in `path`.

    Returns:
        "nl_core_news_sm" or "blank".

    Raises:
        PipelineWrong: when set-up has put nothing there.
    """
    try:
        return (path / NAME_FILE).read_text("utf-8").strip()
    except FileNotFoundError:
        raise PipelineWrong(f"No Dutch pipeline in {path}. Run `make setup`.") from None


def load(path: Path, lemmas: bool = True) -> "Language":
    """Load the pipeline that stands in `path`.

    Args:
        lemmas: whether words get their lemma; the table of 218,649 of them takes 80 MB.

    Raises:
        PipelineWrong: when set-up has put nothing there.
    """
    import spacy

    # a blank pipeline's tokenizer is Dutch by itself; reading it again would double the 2 seconds it takes
    own = ["tokenizer"] if name(path) == BLANK else []
    after_it = [] if lemmas else spacy.util.load_config(path / "config.cfg")["nlp"]["pipeline"]
    return spacy.load(path, exclude=[*own, *after_it])


def write_blank(path: Path) -> None:
    """Write a Dutch pipeline without a model to `path`: tokens, and lemmas from spacy-lookups-data."""
    import spacy

    language = spacy.blank("nl")
    lemmatizer = language.add_pipe("lemmatizer", config={"mode": "lookup"})
    language.initialize()
    _add_irregular(lemmatizer.lookups)  # type: ignore[attr-defined]
    language.meta["name"] = BLANK
    with _replacing(path) as fresh:
        language.to_disk(fresh)
        (fresh / NAME_FILE).write_text(BLANK, "utf-8")


def write_official(path: Path, wheel: Path) -> None:
    """Unpack the pipeline in an nl_core_news_sm wheel to `path`, once it has been seen to load.

    Raises:
        PipelineWrong: when the wheel holds no such pipeline.
    """
    with _replacing(path) as fresh:
        _unpack(wheel, fresh)
        (fresh / NAME_FILE).write_text(OFFICIAL, "utf-8")
        try:
            language = load(fresh)
        except (OSError, ValueError, KeyError) as error:
            raise PipelineWrong(f"{wheel} does not load: {error}") from error
        if f"{language.lang}_{language.meta['name']}" != OFFICIAL:
            raise PipelineWrong(f"{wheel} holds {language.lang}_{language.meta['name']}, not {OFFICIAL}")


def _unpack(wheel: Path, target: Path) -> None:
    """A spaCy wheel keeps its pipeline in `<package>/<package>-<version>/`; no code of it is needed."""
    try:
        with zipfile.ZipFile(wheel) as archive:
            for member in archive.infolist():
                if within := _within_pipeline(member):
                    file = target.joinpath(*within)
                    file.parent.mkdir(parents=True, exist_ok=True)
                    file.write_bytes(archive.read(member))
    except (OSError, zipfile.BadZipFile) as error:
        raise PipelineWrong(f"{wheel} is not a wheel that can be read: {error}") from error


def _within_pipeline(member: zipfile.ZipInfo) -> tuple[str, ...]:
    package, pipeline, *within = (*PurePosixPath(member.filename).parts, "", "")
    belongs = package == OFFICIAL and pipeline.startswith(f"{OFFICIAL}-")
    # ".." would let a wheel write outside the directory it is unpacked in
    if not belongs or member.is_dir() or ".." in within:
        return ()
    return tuple(part for part in within if part)


def _add_irregular(lookups: "Lookups") -> None:
    """Add the irregular forms, which spaCy uses only where a tagger has told noun from verb.

    Without them "huizen" and "kinderen" stay as they are. Nouns come first, as they carry what a talk is about;
    a verb or adjective is added only when the word is not itself the base form of something ("hoe" is not "hoeven").
    """
    from spacy.lang.nl.stop_words import STOP_WORDS
    from spacy.lookups import load_lookups

    tables = load_lookups("nl", ["lemma_exc", "lemma_index"])
    irregular, index = tables.get_table("lemma_exc"), tables.get_table("lemma_index")
    bases = {word for kind in ("noun", "adj", "adp", "det") for word in index[kind]}
    bases |= {word for kind in ("pron", "adv", "det", "adp") for word in irregular[kind]} | STOP_WORDS
    table = lookups.get_table("lemma_lookup")
    for kind in ("noun", "verb", "adj"):
        for word, lemmas in irregular[kind].items():
            if word not in table and (kind == "noun" or word not in bases):
                table.set(word, lemmas[0])


@contextmanager
def _replacing(path: Path) -> Iterator[Path]:
    """A fresh directory that takes the place of `path` only when all went well."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent) as room:
        fresh = Path(room) / "fresh"
        fresh.mkdir()
        yield fresh
        if path.exists():
            shutil.rmtree(path)
        fresh.rename(path)
