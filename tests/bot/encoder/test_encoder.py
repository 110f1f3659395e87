"""The encoder: found, checked, built, and equal to the network written out in numpy."""

import json
import math

import numpy as np
import pytest

from bot.encoder import EncoderNotBuilt, WeightsNotTrusted, build_encoder, encoder_stamp, weights
from bot.encoder.build import STAMP
from bot.encoder.encoder import Encoder
from bot.encoder.errors import AdapterDoesNotFit


def test_a_file_with_another_hash_is_not_trusted(tmp_path, monkeypatch):
    other = tmp_path / "model.safetensors"
    other.write_bytes(b"something else")
    monkeypatch.setattr(weights, "find_file", lambda name: other)
    with pytest.raises(WeightsNotTrusted):
        weights.checked_file("model.safetensors")


def test_an_encoder_not_built_says_what_to_run(tmp_path):
    with pytest.raises(EncoderNotBuilt, match="build-encoder"):
        encoder_stamp(tmp_path)


def test_an_adapter_is_added_to_the_weights_it_names(tmp_path):
    random = np.random.default_rng(0)
    before = {"a": np.ones((3, 4), np.float32), "b": np.ones((2, 2), np.float32)}
    factors = {"a.A": random.normal(size=(3, 2)), "a.B": random.normal(size=(2, 4))}
    np.savez(tmp_path / "adapter.npz", **factors)
    after = weights.merge_adapter(before, tmp_path / "adapter.npz")
    assert np.allclose(after["a"], 1 + factors["a.A"] @ factors["a.B"], atol=1e-6)
    assert after["b"] is before["b"]
    assert (before["a"] == 1).all()


@pytest.mark.parametrize("name", ["c", "a"])
def test_an_adapter_that_fits_no_weight_is_refused(tmp_path, name):
    np.savez(
        tmp_path / "adapter.npz", **{f"{name}.A": np.ones((5, 1)), f"{name}.B": np.ones((1, 5))}
    )
    with pytest.raises(AdapterDoesNotFit, match=name):
        weights.merge_adapter({"a": np.ones((3, 4), np.float32)}, tmp_path / "adapter.npz")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("encoder")
    build_encoder(folder, adapter=folder / "none.npz")
    return folder


@pytest.mark.slow
def test_the_graph_computes_what_the_network_says(folder):
    texts = ["a cannae pey the rent", "hello", "my husband shouts and i am afraid of him at night"]
    encoder = Encoder(folder)
    tokens = [encoder._tokenizer.encode(text).ids for text in texts]
    tensors = weights.read_weights(weights.find_file("model.safetensors"))
    expected = np.array([reference_vector(tensors, ids) for ids in tokens])
    found = encoder.encode(texts)  # in one batch, so with padding
    assert np.abs(found - expected).max() < 1e-4
    assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)


@pytest.mark.slow
def test_a_vector_is_the_same_alone_and_in_a_batch(folder):
    texts = ["hello", "a much longer text about the damp in the back bedroom wall", ""] * 15
    encoder = Encoder(folder)
    alone = np.concatenate([encoder.encode([text]) for text in texts])
    assert np.abs(encoder.encode(texts) - alone).max() < 1e-5


@pytest.mark.slow
def test_a_finished_build_is_left_alone_and_another_stamp_builds_again(folder):
    assert not build_encoder(folder, adapter=folder / "none.npz")
    (folder / STAMP).write_text(json.dumps({"graph": "older"}))
    assert build_encoder(folder, adapter=folder / "none.npz")


@pytest.mark.slow
def test_a_very_long_text_is_read_to_the_limit(folder):
    assert Encoder(folder).encode(["rent " * 5000]).shape == (1, 384)


def reference_vector(tensors, ids):
    """One text through BERT in double precision, written as the paper writes it."""

    def linear(x, name):
        return x @ tensors[f"{name}.weight"].T.astype(float) + tensors[f"{name}.bias"]

    def norm(x, name):
        centred = x - x.mean(-1, keepdims=True)
        scaled = centred / np.sqrt(np.square(centred).mean(-1, keepdims=True) + 1e-12)
        return scaled * tensors[f"{name}.weight"] + tensors[f"{name}.bias"]

    x = tensors["embeddings.word_embeddings.weight"][ids].astype(float)
    x = x + tensors["embeddings.position_embeddings.weight"][: len(ids)]
    x = norm(x + tensors["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
    for layer in (f"encoder.layer.{number}" for number in range(6)):
        query, key, value = (
            linear(x, f"{layer}.attention.self.{part}").reshape(-1, 12, 32).transpose(1, 0, 2)
            for part in ("query", "key", "value")
        )
        scores = np.exp(query @ key.transpose(0, 2, 1) / np.sqrt(32))
        seen = (scores / scores.sum(-1, keepdims=True)) @ value
        seen = linear(seen.transpose(1, 0, 2).reshape(-1, 384), f"{layer}.attention.output.dense")
        x = norm(x + seen, f"{layer}.attention.output.LayerNorm")
        wide = linear(x, f"{layer}.intermediate.dense")
        gelu = wide * 0.5 * (1 + np.vectorize(math.erf)(wide / np.sqrt(2)))
        x = norm(x + linear(gelu, f"{layer}.output.dense"), f"{layer}.output.LayerNorm")
    mean = x.mean(0)
    return mean / np.linalg.norm(mean)
