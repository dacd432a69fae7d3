"""N-grams, the linear classifier and the kept embeddings: plain arithmetic that must not drift."""

import numpy as np
import pytest

from bot.sense.embedding import Embedder
from bot.sense.linear import Linear, row, softmax
from bot.sense.ngrams import LETTERS, SIZE, ngrams
from bot.sense.vectors import Vectors, keep


def a_classifier(**parts):
    zeros = {"grams": (SIZE, 2), "meaning": (Embedder.dimension, 2), "phrases": (1, 2), "bias": (2,)}
    made = {name: np.zeros(shape, np.float32) for name, shape in zeros.items()}
    return Linear(labels=("yes", "no"), rarity=np.ones(SIZE, np.float32), **{**made, **parts})


def test_letters_and_words_have_places_of_their_own():
    places, times = ngrams("ja ja")

    assert (places < LETTERS).any()
    assert times[places >= LETTERS].tolist().count(2) == 1  # "ja" twice, "ja ja" once


def test_misspelt_words_share_their_word_places():
    written, misspelt = (set(ngrams(text)[0].tolist()) for text in ("ik ben slaperig", "ik bennn slaaperig"))

    assert {place for place in written if place >= LETTERS} == {place for place in misspelt if place >= LETTERS}


@pytest.mark.parametrize("text", ["", " ", "?!", "😀"])
def test_a_text_without_words_has_few_places_and_no_harm(text):
    assert len(ngrams(text)[0]) <= 6


def test_a_pasted_page_is_cut():
    assert len(ngrams("woord " * 1000 + "einde")[0]) == len(ngrams("woord " * 2000)[0])


def test_letters_and_words_weigh_the_same_in_total():
    places, weights = row("een lange zin met veel woorden", np.ones(SIZE, np.float32))

    assert np.linalg.norm(weights[places < LETTERS]) == pytest.approx(1, abs=1e-3)
    assert np.linalg.norm(weights[places >= LETTERS]) == pytest.approx(1, abs=1e-3)


def test_every_part_counts_in_the_scores():
    vector = np.ones(Embedder.dimension, np.float32)
    heavy = a_classifier(meaning=np.tile(np.float32([1, 0]), (Embedder.dimension, 1)), phrases=np.float32([[0, 5]]))

    assert heavy.scores("iets", vector, [1.0]).tolist() == [Embedder.dimension, 5]


def test_saved_weights_come_back(tmp_path):
    made = a_classifier(bias=np.float32([1, -1]))
    made.save(tmp_path / "weights.npz")

    assert Linear.load(tmp_path / "weights.npz").bias.tolist() == [1, -1]


def test_chances_add_up_to_one():
    assert softmax(np.float32([1000, 0, -1000])).sum() == pytest.approx(1)


def test_kept_embeddings_are_those_of_the_encoder(tmp_path):
    texts = ["ik slaap slecht", "mag ik stoppen"]
    keep(texts, tmp_path / "vectors.npz")

    kept, fresh = Vectors.load(tmp_path / "vectors.npz").of(texts), Embedder().vectors(texts)

    assert (np.sum(kept * fresh, axis=1) > 0.999).all()


def test_embeddings_of_another_encoder_are_not_taken_over(tmp_path, monkeypatch):
    keep(["ik slaap slecht"], tmp_path / "vectors.npz")
    monkeypatch.setattr("bot.sense.vectors.mark", lambda *_: "another")

    assert not Vectors.load(tmp_path / "vectors.npz").has("ik slaap slecht")


def test_the_embeddings_in_the_repository_are_those_of_this_encoder():
    from bot.sense.learning import spoken

    some = spoken()[::1500]
    kept, fresh = Vectors.load().of(some), Embedder().vectors(some)

    assert (np.linalg.norm(kept - fresh, axis=1) < 0.1).all()


def test_every_training_sentence_has_its_embedding():
    from bot.sense.learning import spoken

    known = Vectors.load()

    assert [text for text in spoken() if not known.has(text)] == []
