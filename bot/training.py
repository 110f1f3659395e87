"""`python -m bot train`: train the model when anything that it is made from has changed."""

import hashlib
import json
import logging
import os
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODEL = ROOT / "models" / "blether.tar.gz"
STAMP = ROOT / "models" / "blether.json"

# Everything that the trained model is made from.
INPUTS = (
    "config.yml",
    "domain.yml",
    "requirements.lock",
    "data/nlu",
    "data/rules",
    "data/stories",
    "data/lexicon",
    "data/places",
    "data/safety_rules.yml",
    "data/encoder_adapter.npz",
    "data/encoder_adapter.json",
    "bot/nlu",
    "bot/encoder",
)


def train_if_changed():
    """Train and write models/blether.tar.gz, unless it is made from what is here now.

    Returns True when a model was trained.
    """
    made_from = fingerprint()
    if MODEL.exists() and STAMP.exists() and _stamp()["made_from"] == made_from:
        return False
    print("The texts, rules or code of the model changed: training it now.", flush=True)
    started = time.monotonic()
    _train()
    seconds = round(time.monotonic() - started)
    STAMP.write_text(json.dumps({"made_from": made_from, "seconds": seconds}))
    print(f"Trained in {seconds} s.", flush=True)
    return True


def training_seconds():
    """How long the model in models/ was trained."""
    return _stamp()["seconds"]


def _stamp():
    return json.loads(STAMP.read_text())


def fingerprint():
    """One hash over the names and contents of everything the model is made from."""
    digest = hashlib.sha256()
    for path in _input_files():
        digest.update(str(path.relative_to(ROOT)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _input_files():
    for name in INPUTS:
        path = ROOT / name
        if path.is_dir():
            yield from sorted(
                file for file in path.rglob("*") if file.is_file() and file.suffix != ".pyc"
            )
        elif path.exists():
            yield path


def _train():
    # Rasa's own cache does not notice a change in a component's code.
    os.environ["RASA_MAX_CACHE_SIZE"] = "0"
    from rasa.model_training import train
    from rasa.utils.log_utils import configure_structlog

    from bot.encoder import build_encoder

    configure_structlog(logging.WARNING)
    _spare_fingerprints()
    _say_what_is_learnt()
    build_encoder()
    result = train(
        domain=str(ROOT / "domain.yml"),
        config=str(ROOT / "config.yml"),
        training_files=[str(ROOT / "data" / name) for name in ("nlu", "rules", "stories")],
        output=str(MODEL.parent),
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


def _say_what_is_learnt():
    """Show Rasa's own word of each part as it begins and ends, and nothing below it."""
    steps = logging.getLogger("rasa.engine.training.hooks")
    steps.setLevel(logging.INFO)
    steps.addHandler(logging.StreamHandler(sys.stdout))
    steps.propagate = False
