"""Build the encoder once per machine: `python -m bot build-encoder`.

`models/encoder/` then holds `encoder.onnx`, `tokenizer.json` and `stamp.json`,
which says what they were built from. Nothing there is committed.
"""

import hashlib
import json
import os
import tempfile
from pathlib import Path

from bot.encoder import weights
from bot.encoder.errors import EncoderNotBuilt

PROJECT = Path(__file__).resolve().parents[2]
ENCODER_FOLDER = PROJECT / "models" / "encoder"
# A low-rank difference learnt from our own texts. Without it everything works,
# only less well.
ADAPTER = PROJECT / "data" / "encoder_adapter.npz"

GRAPH = "encoder.onnx"
TOKENIZER = "tokenizer.json"
STAMP = "stamp.json"


def build_encoder(folder: Path = ENCODER_FOLDER, adapter: Path = ADAPTER) -> bool:
    """Write the graph, the tokenizer and the stamp; False if already up to date.

    Each file appears whole or not at all, and the stamp last, so that a build
    cut short is simply done again.

    Raises:
        EncoderError: if the weights are missing, not the published ones, or the
            adapter does not fit them.
    """
    wanted = wanted_stamp(adapter)
    if is_up_to_date(folder, wanted):
        return False
    model_file = weights.checked_file("model.safetensors")
    tokenizer_file = weights.checked_file("tokenizer.json")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / STAMP).unlink(missing_ok=True)
    write_whole(folder / GRAPH, _graph_bytes(model_file, adapter))
    write_whole(folder / TOKENIZER, tokenizer_file.read_bytes())
    write_whole(folder / STAMP, json.dumps(wanted, indent=2).encode())
    return True


def wanted_stamp(adapter: Path = ADAPTER) -> dict[str, str]:
    """What a build made now would be made from."""
    return {
        **weights.PUBLISHED_SHA256,
        "adapter": weights.sha256_of(adapter) if adapter.is_file() else "none",
        "graph": weights.sha256_of(Path(__file__).with_name("graph.py")),
    }


def is_up_to_date(folder: Path, wanted: dict[str, str]) -> bool:
    """Whether the folder holds a finished build of just that."""
    stamp = folder / STAMP
    files = (folder / GRAPH, folder / TOKENIZER)
    return (
        stamp.is_file()
        and all(file.is_file() for file in files)
        and json.loads(stamp.read_text()) == wanted
    )


def encoder_stamp(folder: Path = ENCODER_FOLDER) -> str:
    """A short name for the build in the folder: another build, another name.

    Raises:
        EncoderNotBuilt: if there is none.
    """
    try:
        return hashlib.sha256((folder / STAMP).read_bytes()).hexdigest()[:16]
    except FileNotFoundError:
        raise EncoderNotBuilt(
            f"No encoder in {folder}; run `python -m bot build-encoder`."
        ) from None


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that a reader sees the old one or the new one, never half."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def _graph_bytes(model_file: Path, adapter: Path) -> bytes:
    # onnx is needed to build only, and takes half a second to import.
    from bot.encoder.graph import draw_graph

    tensors = weights.read_weights(model_file)
    if adapter.is_file():
        tensors = weights.merge_adapter(tensors, adapter)
    return draw_graph(tensors).SerializeToString()
