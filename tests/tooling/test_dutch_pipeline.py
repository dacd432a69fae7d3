"""Both ways to a Dutch pipeline are real: a wheel with a trained pipeline, and a blank one with lemmas."""

import functools
import http.server
import os
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import pytest
import spacy
from spacy.training import Example

from bot.nlu import pipeline, pipeline_choice

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent.parent
TAGGED = [
    ("Ik woon in een huis", ["PRON", "VERB", "ADP", "DET", "NOUN"]),
    ("Zij werkt in een winkel", ["PRON", "VERB", "ADP", "DET", "NOUN"]),
    ("Hij leest een boek", ["PRON", "VERB", "DET", "NOUN"]),
]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small but genuine nl_core_news_sm: trained here, and laid out as spaCy lays out its wheels."""
    room = tmp_path_factory.mktemp("wheel")
    a_trained_pipeline().to_disk(room / "model")
    path = room / "nl_core_news_sm-3.7.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for file in (room / "model").rglob("*"):
            archive.write(file, f"nl_core_news_sm/nl_core_news_sm-3.7.0/{file.relative_to(room / 'model')}")
        archive.writestr("nl_core_news_sm/__init__.py", "__version__ = '3.7.0'\n")
        archive.writestr("nl_core_news_sm-3.7.0.dist-info/METADATA", "Name: nl_core_news_sm\nVersion: 3.7.0\n")
    return path


def a_trained_pipeline() -> spacy.Language:
    language = spacy.blank("nl")
    language.meta |= {"name": "core_news_sm", "version": "3.7.0"}
    language.add_pipe("tagger")
    examples = [Example.from_dict(language.make_doc(text), {"tags": tags}) for text, tags in TAGGED]
    optimizer = language.initialize(lambda: examples)
    for _ in range(30):
        language.update(examples, sgd=optimizer)
    return language


@pytest.fixture
def quick_blank(monkeypatch: pytest.MonkeyPatch) -> None:
    """A blank pipeline in name only, for tests of which one is chosen."""

    def write(path: Path) -> None:
        path.mkdir()
        (path / pipeline.NAME_FILE).write_text(pipeline.BLANK)

    monkeypatch.setattr(pipeline, "write_blank", write)


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("blank") / "nl"
    pipeline.write_blank(path)
    return path


@pytest.fixture(scope="module")
def dutch(blank: Path) -> spacy.Language:
    return pipeline.load(blank)


@pytest.fixture
def host(tmp_path: Path):
    """The address of a web server that has the files in `tmp_path`."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=tmp_path))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.mark.slow
def test_set_up_uses_the_wheel_that_is_named(wheel: Path, tmp_path: Path) -> None:
    env = os.environ | {"NL_CORE_NEWS_SM": str(wheel)}
    subprocess.run([sys.executable, "scripts/spacy_model", tmp_path / "nl"], cwd=ROOT, env=env, check=True)

    assert pipeline.name(tmp_path / "nl") == "nl_core_news_sm"
    assert [token.tag_ for token in pipeline.load(tmp_path / "nl")("Hij leest een boek")] == TAGGED[2][1]


@pytest.mark.slow
def test_set_up_fetches_the_official_wheel_from_a_host_that_answers(wheel: Path, host: str, tmp_path: Path) -> None:
    (tmp_path / wheel.name).symlink_to(wheel)

    pipeline_choice.choose(tmp_path / "nl", "", lambda _: None, official=f"{host}/{wheel.name}")

    assert pipeline.name(tmp_path / "nl") == "nl_core_news_sm"


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/wheel.whl", "http://no-such-host.invalid/wheel.whl"])
def test_set_up_makes_a_blank_pipeline_when_the_host_is_silent(address: str, quick_blank, tmp_path: Path) -> None:
    pipeline_choice.choose(tmp_path / "nl", "", lambda _: None, official=address)

    assert pipeline.name(tmp_path / "nl") == "blank"


def test_set_up_makes_a_blank_pipeline_when_the_host_has_no_such_wheel(host: str, quick_blank, tmp_path: Path) -> None:
    pipeline_choice.choose(tmp_path / "nl", "", lambda _: None, official=f"{host}/other.whl")

    assert pipeline.name(tmp_path / "nl") == "blank"


def test_a_host_that_never_answers_is_left_after_the_time_that_was_promised(monkeypatch) -> None:
    monkeypatch.setattr(pipeline_choice, "ANSWER_SECONDS", 0.2)
    with http.server.HTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler) as silent:
        address = f"http://127.0.0.1:{silent.server_port}/"

        with pytest.raises(pipeline_choice.NotFetched, match="fetched"):
            pipeline_choice._answer(address)


def test_a_named_wheel_that_is_no_wheel_stops_set_up_and_leaves_what_was_there(quick_blank, tmp_path: Path) -> None:
    target, wrong = tmp_path / "nl", tmp_path / "wrong.whl"
    pipeline.write_blank(target)
    wrong.write_text("not a wheel")

    with pytest.raises(pipeline.PipelineWrong, match=r"wrong\.whl"):
        pipeline_choice.choose(target, str(wrong), lambda _: None)
    assert pipeline.name(target) == "blank"


def test_another_pipeline_in_a_wheel_is_refused(tmp_path: Path) -> None:
    wrong = tmp_path / "nl_core_news_sm-3.7.0-py3-none-any.whl"
    with zipfile.ZipFile(wrong, "w") as archive:
        archive.writestr("de_core_news_sm/de_core_news_sm-3.7.0/config.cfg", "")

    with pytest.raises(pipeline.PipelineWrong):
        pipeline.write_official(tmp_path / "nl", wrong)


@pytest.mark.parametrize(
    ("word", "lemma"),
    [("huizen", "huis"), ("Kinderen", "kind"), ("schulden", "schuld"), ("liep", "lopen"), ("hoe", "hoe")],
)
def test_the_blank_pipeline_knows_lemmas(word: str, lemma: str, dutch: spacy.Language) -> None:
    assert dutch(word)[0].lemma_ == lemma


def test_without_lemmas_the_same_words_are_found(blank: Path, dutch: spacy.Language) -> None:
    sentence = "m'n huizen, 2x per week o.a. bij dhr. Jansen"

    bare = pipeline.load(blank, lemmas=False)

    assert not bare.pipe_names
    assert [token.text for token in bare(sentence)] == [token.text for token in dutch(sentence)]


def test_a_pipeline_that_is_not_there_says_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(pipeline.PipelineWrong, match="make setup"):
        pipeline.name(tmp_path)
