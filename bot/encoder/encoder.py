"""Turn texts into vectors with the graph in `models/encoder/`."""

from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from bot.encoder.build import ENCODER_FOLDER, GRAPH, TOKENIZER, encoder_stamp

WIDTH = 384
# The model was trained on 128 tokens at most; a text message seldom has 60.
LONGEST = 128
# Padding is wasted work, so a batch holds texts of about one length.
BATCH = 24


class Encoder:
    """The encoder in memory; safe to share between threads.

    Args:
        folder: where `build_encoder` wrote it.
        threads: how many batches to run side by side. One for a running bot, whose
            texts come singly; more to train on thousands.

    Raises:
        EncoderNotBuilt: if the folder holds no finished build.
    """

    def __init__(self, folder: Path = ENCODER_FOLDER, threads: int = 1) -> None:
        self.stamp = encoder_stamp(folder)
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(LONGEST)
        options = onnxruntime.SessionOptions()
        # Threads that share one batch wait for one another after every operation.
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(folder / GRAPH), options, providers=["CPUExecutionProvider"]
        )
        self._threads = threads

    def encode(self, texts: list[str]) -> np.ndarray:
        """One vector a text: float32 [len(texts), 384], each of length one."""
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch(texts)]
        shortest_first = sorted(range(len(texts)), key=lambda i: len(tokens[i]))
        batches = [shortest_first[start : start + BATCH] for start in range(0, len(texts), BATCH)]
        vectors = np.empty((len(texts), WIDTH), np.float32)
        for chosen, found in zip(batches, self._run_all(batches, tokens), strict=True):
            vectors[chosen] = found
        return vectors

    def _run_all(self, batches: list[list[int]], tokens: list[list[int]]) -> list[np.ndarray]:
        def run(chosen: list[int]) -> np.ndarray:
            return self._run([tokens[i] for i in chosen])

        if self._threads == 1:
            return list(map(run, batches))
        with ThreadPoolExecutor(self._threads) as pool:
            return list(pool.map(run, batches))

    def _run(self, batch: list[list[int]]) -> np.ndarray:
        longest = max(map(len, batch))
        token_ids = np.zeros((len(batch), longest), np.int64)
        mask = np.zeros_like(token_ids)
        for row, ids in enumerate(batch):
            token_ids[row, : len(ids)] = ids
            mask[row, : len(ids)] = 1
        return self._session.run(["vector"], {"token_ids": token_ids, "mask": mask})[0]


@lru_cache(maxsize=1)
def the_encoder() -> Encoder:
    """The process's one encoder, loaded when first needed (0.3 s, 190 MB)."""
    return Encoder()
