"""Adapt the encoder to our texts: `make adapt`, in an environment of its own with PyTorch.

MiniLM as published knows neither Scots nor this work. Low-rank differences
(Hu et al., 2021, "LoRA") of its linear layers and its word vectors are learnt
together with heads for needs and danger, and written to
data/encoder_adapter.npz; the heads are thrown away. The record beside it,
encoder_adapter.json, says from what and how.

With `--continue` it starts from the adapter that is there: texts by writers whom that one
does not know all come up in every epoch, of the others a share (`REHEARSED`), so that
new texts are learnt in a third of the time and the old ones are not forgotten.

A seventh of the texts is held back, chosen by the text itself: thresholds are
chosen on those and on texts by writers who came later (bot/nlu/triage_learning.py),
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

from bot.encoder.build import ADAPTER
from bot.encoder.held_back import adapted_writers, is_held_back
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
# What has been learnt once moves less when more is learnt.
CONTINUED_LEARNING_RATE = 6e-4
# The share of the texts already learnt that come up again in an epoch.
REHEARSED = 0.4
# The heads begin from nothing, and must know something before the encoder follows them.
HEADS_WARM_UP, WARM_UP = 0.01, 0.12
# The question "danger at all?" decides most, and is asked of a text once, not twenty times.
# So is "is it a matter for the practice at all?", which keeps ordinary chat from alarming.
DANGER, DANGER_WEIGHT = 20, 2.0
MATTER, MATTER_WEIGHT = 26, 1.5


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

    def start_from(self, adapter):
        """Take over what an adapter of the same ranks has learnt."""
        pairs = {layer.name: (layer.A, layer.B) for layer in self.linear.values()}
        pairs[WORDS] = self.words_A, self.words_B
        with np.load(adapter, allow_pickle=False) as factors, torch.no_grad():
            for name, pair in pairs.items():
                for part, factor in zip("AB", pair, strict=True):
                    factor.copy_(torch.from_numpy(factors[f"{name}.{part}"].astype(np.float32)))

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


def adapt(texts, labels, known, *, rank, epochs, seed, start=None, bfloat16=False):
    """Learn the difference. Returns `{weight name: (A, B)}`.

    Args:
        texts: normalised texts.
        labels: float [texts, questions], 1 for yes.
        known: bool [texts], which ones the adapter to start from has read.
        start: an adapter to start from, or nothing.
        bfloat16: calculate in half precision, which newer processors do twice as fast.
    """
    torch.manual_seed(seed)
    shuffle = random.Random(seed)
    tokenizer = Tokenizer.from_file(str(checked_file("tokenizer.json")))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST)
    encoder = AdaptedEncoder(read_weights(checked_file("model.safetensors")), rank)
    if start:
        encoder.start_from(start)
    heads = nn.Linear(WIDTH, labels.shape[1])
    nn.init.zeros_(heads.weight)
    nn.init.constant_(heads.bias, -2.0)
    weight = torch.ones(labels.shape[1])
    weight[DANGER], weight[MATTER] = DANGER_WEIGHT, MATTER_WEIGHT
    rates = CONTINUED_LEARNING_RATE if start else LEARNING_RATE, HEADS_LEARNING_RATE
    optimiser = torch.optim.AdamW(
        [
            {"params": part.parameters(), "lr": rate}
            for part, rate in zip((encoder, heads), rates, strict=True)
        ],
        weight_decay=0.01,
    )
    in_an_epoch = [_chosen(known, shuffle) for _ in range(epochs)]
    steps = sum(math.ceil(len(chosen) / BATCH) for chosen in in_an_epoch)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, [_rate_over(steps, WARM_UP), _rate_over(steps, HEADS_WARM_UP)]
    )
    started, step = time.monotonic(), 0
    for chosen in in_an_epoch:
        varied, answers = zip(*(vary(texts, labels, i, shuffle) for i in chosen), strict=True)
        tokens = [encoding.ids for encoding in tokenizer.encode_batch(varied)]
        answers = torch.tensor(np.array(answers)) * (1 - 4 * SMOOTHED) + SMOOTHED
        for batch in _batches(tokens, shuffle):
            with torch.autocast("cpu", torch.bfloat16, enabled=bfloat16):
                vectors = encoder(*_padded([tokens[i] for i in batch]))
            logits = heads(F.dropout(vectors.float(), 0.1) * MAGNIFIED)
            loss = F.binary_cross_entropy_with_logits(logits, answers[batch], reduction="none")
            optimiser.zero_grad()
            (loss * weight).sum(1).mean().backward()
            nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            step += 1
            if step % 50 == 0:
                seconds, lost = time.monotonic() - started, loss.sum(1).mean().item()
                print(f"step {step} of {steps}, {seconds:.0f} s, loss {lost:.2f}", file=sys.stderr)
    return encoder.differences()


def _chosen(known, shuffle):
    """Which texts come up in an epoch: all new ones, and some of those that are known."""
    return [i for i, is_known in enumerate(known) if not is_known or shuffle.random() < REHEARSED]


def _rate_over(steps, warm_up):
    """The share of the full learning rate at a step: up over the first few, then down to 2 %."""
    return lambda step: min(1.0, (step + 1) / (warm_up * steps)) * max(0.02, 1 - step / steps)


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
    parser.add_argument("--continue", action="store_true", dest="continued")
    parser.add_argument("--bfloat16", action="store_true")
    options = parser.parse_args()
    rows = [json.loads(line) for line in sys.stdin]
    if not rows:
        sys.exit("No training texts came in: `python -m bot training-texts` says why.")
    learnt = [row for row in rows if not is_held_back(row["text"])]
    known = adapted_writers(ADAPTER) if options.continued else ()
    before = json.loads(ADAPTER.with_suffix(".json").read_text()) if options.continued else None
    factors = adapt(
        [row["normalised"] for row in learnt],
        np.array([row["answers"] for row in learnt], np.float32),
        [row["writer"] in known for row in learnt],
        rank=options.rank,
        epochs=options.epochs,
        seed=options.seed,
        start=ADAPTER if options.continued else None,
        bfloat16=options.bfloat16,
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
        "bfloat16": options.bfloat16,
        "torch": torch.__version__,
    }
    if before:
        record["continued_from"] = {key: before[key] for key in ("texts", "epochs", "seed")}
    options.out.with_suffix(".json").write_text(json.dumps(record, indent=2) + "\n")


if __name__ == "__main__":
    main()
