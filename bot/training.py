"""`python -m bot train`: train the model when anything that it is made from has changed."""

import hashlib
import json
import logging
import os
import re
import shutil
import sys
import tarfile
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODEL = ROOT / "models" / "blether.tar.gz"
STAMP = ROOT / "models" / "blether.json"

# What understanding is learnt from: minutes.
UNDERSTANDING = (
    "config.yml",
    "data/nlu",
    "data/lexicon",
    "data/places",
    "data/safety_rules.yml",
    "data/encoder_adapter.npz",
    "data/encoder_adapter.json",
    "bot/nlu",
    "bot/encoder",
)
# The packages that understanding is learnt with; any other may change without training anew.
LEARNT_WITH = (
    "numpy",
    "onnx",
    "onnxruntime",
    "rasa",
    "safetensors",
    "scikit-learn",
    "scipy",
    "spacy",
    "symspellpy",
    "tokenizers",
)
# What the conversation is learnt from: seconds.
CONVERSATION = ("domain.yml", "data/rules", "data/stories")


def train_if_changed():
    """Train and write models/blether.tar.gz, unless it is made from what is here now.

    Where only the words and rules of the conversation changed, what was learnt of
    understanding is kept. Returns True when anything was trained.
    """
    made_from, before = _made_from_now(), _stamp_if_trained()
    if before.get("made_from") == made_from:
        return False
    started = time.monotonic()
    if before.get("made_from", {}).get("understanding") == made_from["understanding"]:
        print("The words or rules of the conversation changed: training those.", flush=True)
        _train_conversation()
        seconds = before["seconds"]
    else:
        print("The texts or code of the model changed: training it now.", flush=True)
        _train(("nlu", "rules", "stories"))
        seconds = round(time.monotonic() - started)
    STAMP.write_text(json.dumps({"made_from": made_from, "seconds": seconds}))
    print(f"Trained in {time.monotonic() - started:.0f} s.", flush=True)
    return True


def is_trained():
    """Say whether there is a model, made from what is here now."""
    return _stamp_if_trained().get("made_from") == _made_from_now()


def training_seconds():
    """How long the whole model in models/ was trained."""
    return _stamp()["seconds"]


def _made_from_now():
    return {
        "understanding": fingerprint(UNDERSTANDING, also=locked_versions(LEARNT_WITH)),
        "conversation": fingerprint(CONVERSATION),
    }


def _stamp_if_trained():
    return _stamp() if MODEL.exists() and STAMP.exists() else {}


def _stamp():
    stamp = json.loads(STAMP.read_text())
    # Before the two parts were told apart, one hash stood here.
    return stamp if isinstance(stamp["made_from"], dict) else {}


def locked_versions(packages):
    """`numpy==1.23.5 onnx==1.17.0 …` as requirements.lock has it."""
    lock = (ROOT / "requirements.lock").read_text()
    named = "|".join(map(re.escape, packages))
    return " ".join(re.findall(rf"^(?:{named})==[^\s;]+", lock, re.MULTILINE))


def fingerprint(names, *, also=""):
    """One hash over the names and contents of files and folders, and a text."""
    digest = hashlib.sha256(also.encode())
    for path in _files(names):
        digest.update(str(path.relative_to(ROOT)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _files(names):
    for name in names:
        path = ROOT / name
        if path.is_dir():
            yield from sorted(
                file for file in path.rglob("*") if file.is_file() and file.suffix != ".pyc"
            )
        elif path.exists():
            yield path


def _train_conversation():
    """Train the policies alone and put them into the model in place of the old ones."""
    with tempfile.TemporaryDirectory() as folder:
        kept, new = Path(folder, "kept"), Path(folder, "new")
        _train(("rules", "stories"), output=folder)
        for archive, target in ((MODEL, kept), (Path(folder, MODEL.name), new)):
            with tarfile.open(archive) as packed:
                packed.extractall(target)
        _put_conversation_into(kept, new)
        # Not named as a model until it is whole: who starts the bot takes the newest.
        packing = MODEL.with_suffix(".new")
        with tarfile.open(packing, "w:gz") as packed:
            packed.add(kept, arcname="")
        packing.replace(MODEL)


def _put_conversation_into(kept, new):
    """Take the policies and the domain of one unpacked model over into another."""
    for component in (new / "components").iterdir():
        if component.name != "finetuning_validator":
            shutil.rmtree(kept / "components" / component.name, ignore_errors=True)
            shutil.copytree(component, kept / "components" / component.name)
    metadata = json.loads((kept / "metadata.json").read_text())
    latest = json.loads((new / "metadata.json").read_text())
    for name in ("domain", "trained_at", "model_id"):
        metadata[name] = latest[name]
    (kept / "metadata.json").write_text(json.dumps(metadata))


def _train(texts, *, output=MODEL.parent):
    # Rasa's own cache does not notice a change in a component's code.
    os.environ["RASA_MAX_CACHE_SIZE"] = "0"
    from rasa.model_training import train
    from rasa.utils.log_utils import configure_structlog

    from bot.encoder import build_encoder

    configure_structlog(logging.WARNING)
    _spare_fingerprints()
    _spare_copies()
    _say_what_is_learnt()
    build_encoder()
    result = train(
        domain=str(ROOT / "domain.yml"),
        config=str(ROOT / "config.yml"),
        training_files=[str(ROOT / "data" / name) for name in texts],
        output=str(output),
        fixed_model_name=MODEL.name.removesuffix(".tar.gz"),
        force_training=True,
    )
    if result.code != 0 or result.model is None:
        sys.exit("Training failed; the messages above say why.")


def _spare_fingerprints():
    """Leave out what only Rasa's cache would use, and the cache is off.

    Rasa hashes every vector and every n-gram of every text, after every
    component, and again to find texts that stand twice: a minute for 30,000.
    """
    from rasa.engine.training.hooks import TrainingHook
    from rasa.shared.nlu.constants import INTENT, TEXT
    from rasa.shared.nlu.training_data.message import Message

    TrainingHook.on_before_node = lambda *_, **__: {}
    TrainingHook.on_after_node = lambda *_, **__: None
    # Equal messages have an equal text and intent, so they still fall together.
    Message.__hash__ = lambda message: hash((message.get(TEXT), message.get(INTENT)))


def _spare_copies():
    """Keep each text once in memory, for all who read it.

    Rasa copies every text, deeply, each time it puts two sets of training data
    together, nine times a training; whoever adds to a text adds to the copy of all.
    """
    from rasa.shared.nlu.training_data.message import Message

    Message.__deepcopy__ = lambda message, _: message


def _say_what_is_learnt():
    """Show Rasa's own word of each part as it begins and ends, and nothing below it."""
    steps = logging.getLogger("rasa.engine.training.hooks")
    steps.setLevel(logging.INFO)
    steps.addHandler(logging.StreamHandler(sys.stdout))
    steps.propagate = False
