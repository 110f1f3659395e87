"""Adapt the encoder to our texts: `make adapt`, in an environment of its own with PyTorch.

MiniLM as published knows neither Scots nor this work. Low-rank differences
(Hu et al., 2021, "LoRA") of its linear layers and its word vectors are learnt
together with heads for needs and danger, and written to
data/encoder_adapter.npz; the heads are thrown away. The record beside it,
encoder_adapter.json, says from what and how.

A seventh of the texts is held back, chosen by the text itself: thresholds are
chosen on those and on texts by writers who came later (bot/nlu/triage.py),
since of the others the encoder knows too much to be examined on them.
"""

import argparse
import json
import math
import random
import sys
import time
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional as F

from bot.encoder.held_back import is_held_back
from bot.encoder.variations import vary
from bot.encoder.weights import checked_file, read_weights

LAYERS, HEADS, WIDTH = 6, 12, 384
LINEAR = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)
WORDS = "embeddings.word_embeddings.weight"
LONGEST = 96  # word pieces; longer texts are cut, as they are rare
BATCH = 32
WORDS_RANK = 8
# Vectors have length one; heads read them magnified, as a logistic regression would.
MAGNIFIED = 12.0
SMOOTHED = 0.01  # how far a label stands from certainty: labels are one reader's
LEARNING_RATE, HEADS_LEARNING_RATE = 1.2e-3, 3e-3
# The question "danger at all?" decides most, and is asked of a text once, not twenty times.
DANGER, DANGER_WEIGHT = 20, 2.0


class LowRank(nn.Module):
    """A published linear layer with a difference A @ B that is learnt."""

    def __init__(self, weights, name, rank):
        super().__init__()
        self.name = f"{name}.weight"
        self.weight = torch.from_numpy(weights[self.name])
        self.bias = torch.from_numpy(weights[f"{name}.bias"])
        rows, columns = self.weight.shape
        self.A = nn.Parameter(torch.zeros(rows, rank))
        self.B = nn.Parameter(torch.randn(rank, columns) / math.sqrt(columns))

    def forward(self, x):
        return F.linear(x, self.weight, self.bias) + F.linear(F.linear(x, self.B), self.A)


class AdaptedEncoder(nn.Module):
    """The network that graph.py draws, able to learn."""

    def __init__(self, weights, rank):
        super().__init__()
        self.weights = {name: torch.from_numpy(array) for name, array in weights.items()}
        self.words_A = nn.Parameter(torch.zeros(len(weights[WORDS]), WORDS_RANK))
        self.words_B = nn.Parameter(torch.randn(WORDS_RANK, WIDTH) / math.sqrt(WIDTH))
        self.linear = nn.ModuleDict(
            {
                self._key(layer, part): LowRank(weights, f"encoder.layer.{layer}.{part}", rank)
                for layer in range(LAYERS)
                for part in LINEAR
            }
        )

    @staticmethod
    def _key(layer, part):
        return f"{layer}-{part.replace('.', '-')}"

    def differences(self):
        """What was learnt: `{weight name: (A, B)}`."""
        pairs = {layer.name: (layer.A, layer.B) for layer in self.linear.values()}
        pairs[WORDS] = self.words_A, self.words_B
        return {
            name: tuple(factor.detach().numpy() for factor in pair) for name, pair in pairs.items()
        }

    def forward(self, token_ids, mask):
        """Vectors of length one: [texts, WIDTH]."""
        x = self._embed(token_ids)
        keys = (mask > 0)[:, None, None, :]
        for layer in range(LAYERS):
            x = self._layer(x, keys, layer)
        shares = mask[:, :, None]
        return F.normalize((x * shares).sum(1) / shares.sum(1), dim=1)

    def _embed(self, token_ids):
        words = self.weights[WORDS][token_ids] + self.words_A[token_ids] @ self.words_B
        positions = self.weights["embeddings.position_embeddings.weight"][: token_ids.shape[1]]
        kinds = self.weights["embeddings.token_type_embeddings.weight"][0]
        return self._dropout(self._norm(words + positions + kinds, "embeddings.LayerNorm"), 0.05)

    def _layer(self, x, keys, layer):
        name = f"encoder.layer.{layer}"
        mixed = self._dropout(self._attention(x, keys, layer), 0.1)
        x = self._norm(x + mixed, f"{name}.attention.output.LayerNorm")
        wide = F.gelu(self.linear[self._key(layer, "intermediate.dense")](x))
        narrow = self.linear[self._key(layer, "output.dense")](wide)
        return self._norm(x + self._dropout(narrow, 0.1), f"{name}.output.LayerNorm")

    def _attention(self, x, keys, layer):
        texts, length, _ = x.shape

        def heads(part):
            projected = self.linear[self._key(layer, f"attention.self.{part}")](x)
            return projected.view(texts, length, HEADS, WIDTH // HEADS).transpose(1, 2)

        mixed = F.scaled_dot_product_attention(
            heads("query"), heads("key"), heads("value"), attn_mask=keys
        )
        joined = mixed.transpose(1, 2).reshape(texts, length, WIDTH)
        return self.linear[self._key(layer, "attention.output.dense")](joined)

    def _norm(self, x, name):
        scale, shift = self.weights[f"{name}.weight"], self.weights[f"{name}.bias"]
        return F.layer_norm(x, (WIDTH,), scale, shift, 1e-12)

    def _dropout(self, x, share):
        return F.dropout(x, share, self.training)


def adapt(texts, labels, *, rank, epochs, seed):
    """Learn the difference. Returns `{weight name: (A, B)}`.

    Args:
        texts: normalised texts.
        labels: float [texts, questions], 1 for yes.
    """
    torch.manual_seed(seed)
    shuffle = random.Random(seed)
    tokenizer = Tokenizer.from_file(str(checked_file("tokenizer.json")))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST)
    encoder = AdaptedEncoder(read_weights(checked_file("model.safetensors")), rank)
    heads = nn.Linear(WIDTH, labels.shape[1])
    nn.init.zeros_(heads.weight)
    nn.init.constant_(heads.bias, -2.0)
    weight = torch.ones(labels.shape[1])
    weight[DANGER] = DANGER_WEIGHT
    optimiser = torch.optim.AdamW(
        [
            {"params": encoder.parameters(), "lr": LEARNING_RATE},
            {"params": heads.parameters(), "lr": HEADS_LEARNING_RATE},
        ],
        weight_decay=0.01,
    )
    steps = epochs * math.ceil(len(texts) / BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / (0.1 * steps)) * max(0.02, 1 - step / steps)
    )
    started, step = time.monotonic(), 0
    for _ in range(epochs):
        pairs = (vary(texts, labels, i, shuffle) for i in range(len(texts)))
        varied, answers = zip(*pairs, strict=True)
        tokens = [encoding.ids for encoding in tokenizer.encode_batch(varied)]
        answers = torch.tensor(np.array(answers)) * (1 - 4 * SMOOTHED) + SMOOTHED
        for chosen in _batches(tokens, shuffle):
            vectors = encoder(*_padded([tokens[i] for i in chosen]))
            logits = heads(F.dropout(vectors, 0.1) * MAGNIFIED)
            loss = F.binary_cross_entropy_with_logits(logits, answers[chosen], reduction="none")
            optimiser.zero_grad()
            (loss * weight).sum(1).mean().backward()
            nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            step += 1
            if step % 50 == 0:
                seconds = time.monotonic() - started
                print(f"step {step} of {steps}, {seconds:.0f} s", file=sys.stderr, flush=True)
    return encoder.differences()


def _batches(tokens, shuffle):
    """Texts of about one length together, in an order that is new each time."""
    order = list(range(len(tokens)))
    shuffle.shuffle(order)
    batches = []
    for start in range(0, len(order), BATCH * 20):
        near = sorted(order[start : start + BATCH * 20], key=lambda i: len(tokens[i]))
        batches += [near[i : i + BATCH] for i in range(0, len(near), BATCH)]
    shuffle.shuffle(batches)
    return batches


def _padded(batch):
    longest = max(map(len, batch))
    token_ids = torch.zeros(len(batch), longest, dtype=torch.long)
    mask = torch.zeros(len(batch), longest)
    for row, ids in enumerate(batch):
        token_ids[row, : len(ids)] = torch.tensor(ids)
        mask[row, : len(ids)] = 1
    return token_ids, mask


def main():
    """Read lines of `python -m bot training-texts` from standard input; write the adapter."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("data/encoder_adapter.npz"))
    parser.add_argument("--rank", type=int, default=16)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rows = [json.loads(line) for line in sys.stdin]
    if not rows:
        sys.exit("No training texts came in: `python -m bot training-texts` says why.")
    learnt = [row for row in rows if not is_held_back(row["text"])]
    factors = adapt(
        [row["normalised"] for row in learnt],
        np.array([row["answers"] for row in learnt], np.float32),
        rank=options.rank,
        epochs=options.epochs,
        seed=options.seed,
    )
    halves = {
        f"{name}.{part}": factor.astype(np.float16)
        for name, pair in factors.items()
        for part, factor in zip("AB", pair, strict=True)
    }
    np.savez_compressed(options.out, **halves)
    record = {
        "texts": len(learnt),
        "held_back": len(rows) - len(learnt),
        "writers": sorted({row["writer"] for row in rows}),
        "rank": options.rank,
        "epochs": options.epochs,
        "seed": options.seed,
        "torch": torch.__version__,
    }
    options.out.with_suffix(".json").write_text(json.dumps(record, indent=2) + "\n")


if __name__ == "__main__":
    main()
