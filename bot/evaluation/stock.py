"""What a practice would have without us: Rasa's own starter pipeline, on some of our texts.

It learns one intent a text: the main need, the danger, or neither. On all our
texts it would take hours on two cores, so it learns from every so manieth.
"""

import json
import logging
import os
import tempfile
import time
from pathlib import Path

from rasa.shared.nlu.constants import INTENT, TEXT

from bot.evaluation.figures import NOTHING
from bot.nlu.labels import DANGERS, NEEDS, NO_DANGER, labels_of
from bot.nlu.safety_rules import ALARM, NO_ACT
from bot.training import ROOT
from bot.training_texts import training_texts

CONFIG = Path(__file__).with_name("stock.yml")
MODEL = ROOT / "models" / "stock" / "stock.tar.gz"
TRAINED = MODEL.with_name("trained.json")
TEXTS = 1000


class StockUnderstanding:
    """The stock model, answering in the form of triage."""

    def __init__(self) -> None:
        from rasa.core.agent import Agent

        self._agent = Agent.load(str(MODEL))

    async def answer(self, text: str) -> dict:
        """The intent as the one need, or as an alarm of the one kind of danger."""
        intent = (await self._agent.parse_message(text))[INTENT]
        name, confidence = intent["name"], round(float(intent["confidence"]), 4)
        safety = {"id": NO_DANGER, "confidence": 1 - confidence, "act": NO_ACT}
        if name in DANGERS:
            safety = {"id": name, "confidence": confidence, "act": ALARM}
        needs = [{"id": name, "confidence": confidence}] if name in NEEDS else []
        return {"needs": needs, "unsure_between": [], "safety": safety, "language": "en"}


def train_stock() -> dict:
    """Train it if there is none yet; says how: `{"texts", "seconds"}`."""
    if not TRAINED.exists():
        os.environ["RASA_MAX_CACHE_SIZE"] = "0"
        logging.getLogger("rasa").setLevel(logging.ERROR)
        from rasa.model_training import train_nlu

        examples = _some_texts()
        started = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "nlu.yml").write_text(_as_yaml(examples), encoding="utf-8")
            train_nlu(
                str(CONFIG), folder, str(MODEL.parent), fixed_model_name=MODEL.name.split(".")[0]
            )
        how = {"texts": len(examples), "seconds": round(time.monotonic() - started)}
        TRAINED.write_text(json.dumps(how))
    return json.loads(TRAINED.read_text())


def _some_texts() -> list[tuple[str, str]]:
    """(intent, text) of texts evenly spread over all files."""
    examples = list(training_texts())
    chosen = examples[:: max(1, len(examples) // TEXTS)]
    return [(_intent(message), message.get(TEXT)) for message in chosen]


def _intent(message) -> str:
    labels = labels_of(message)
    if labels.danger != NO_DANGER:
        return labels.danger
    return labels.main_need or NOTHING


def _as_yaml(examples: list[tuple[str, str]]) -> str:
    intents: dict[str, list[str]] = {}
    for intent, text in examples:
        intents.setdefault(intent, []).append(text)
    blocks = (
        f"- intent: {intent}\n  examples: |\n" + "".join(f"    - {text}\n" for text in texts)
        for intent, texts in sorted(intents.items())
    )
    return 'version: "3.1"\nnlu:\n' + "".join(blocks)
