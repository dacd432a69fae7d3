"""The sentence embedding: its form, and that it means something."""

import threading

import numpy as np
import pytest

from bot.sense.embedding import DIMENSION, Embedder


@pytest.fixture(scope="module")
def embedder():
    return Embedder()


def test_a_sentence_becomes_one_vector_of_length_one(embedder):
    vector = embedder.vector("ik ben vaak moe")

    assert vector.shape == (DIMENSION,)
    assert vector.dtype == np.float32
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize("words", ["", "  ", "?!", "😀"])
def test_a_text_without_words_becomes_zeros(embedder, words):
    assert not embedder.vector(words).any()


def test_what_means_the_same_lies_nearer_than_what_does_not(embedder):
    tired, weary, bread = map(embedder.vector, ("ik ben heel moe", "ik voel me uitgeput", "het brood is op de markt"))

    assert tired @ weary > tired @ bread


def test_the_end_of_a_long_message_counts(embedder):
    long = "het gaat over van alles en nog wat. " * 200

    assert not np.allclose(embedder.vector(long), embedder.vector(long + "ik wil graag weer werken"))


def test_first_messages_at_once_load_one_model_and_agree(embedder):
    found = []
    threads = [threading.Thread(target=lambda: found.append(Embedder().vector("hallo daar"))) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert len(found) == 4
    assert all(np.allclose(found[0], vector, atol=1e-6) for vector in found)  # BLAS may add in another order
