"""Triage texts from the command line: `python -m bot triage < texts.jsonl`.

It runs the understanding part of the very model that `rasa run` loads, one text
at a time.
"""

import json
import sys
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any, TextIO

from rasa.core.channels.channel import UserMessage
from rasa.engine.constants import PLACEHOLDER_MESSAGE
from rasa.engine.graph import ExecutionContext, GraphNode, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage

from bot.nlu.files import MODELS_FOLDER

# Rasa's own last step reads "/intent" commands. It changes nothing in triage,
# and importing it takes ten seconds, since it brings TensorFlow along.
COMMAND_READER = "run_RegexMessageHandler"


class ModelMissing(Exception):
    """There is no trained model to triage with."""


class BadLine(Exception):
    """A line of input is not {"id", "text"}; says which and why."""


def newest_model(folder: Path = MODELS_FOLDER) -> Path:
    """The model trained last, as `rasa run` picks it.

    Raises:
        ModelMissing: if the folder holds none.
    """
    models = sorted(folder.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
    if not models:
        raise ModelMissing(f"No model in {folder}; run `make train`.")
    return models[-1]


class Understanding:
    """The understanding part of a trained model, loaded once.

    Args:
        model: a `.tar.gz` that `rasa train` wrote.
    """

    def __init__(self, model: Path) -> None:
        # The components read what they learnt while they are made, so the
        # unpacked model is needed no longer than that.
        with tempfile.TemporaryDirectory() as folder:
            schema, self._target = _understanding_schema(model)
            storage = _unpack(model, Path(folder))
            context = ExecutionContext(graph_schema=schema, model_id=model.name)
            # One after another: Rasa's runner plans the same nine steps anew for every text.
            self._steps = [
                (name, GraphNode.from_schema_node(name, schema.nodes[name], storage, context))
                for name in _in_order(schema)
            ]
            self._needs = {name: set(node.needs.values()) for name, node in schema.nodes.items()}

    def parse(self, text: str) -> dict[str, Any]:
        """What the pipeline puts on a message: intent, entities, triage, language."""
        results = {PLACEHOLDER_MESSAGE: [UserMessage(text=text)]}
        for name, step in self._steps:
            results.update([step(*((need, results[need]) for need in self._needs[name]))])
        return results[self._target][0].as_dict(only_output_properties=True)


def _in_order(schema: GraphSchema) -> list[str]:
    """The nodes' names, each after those it needs."""
    needs = {
        name: [need for need in node.needs.values() if need in schema.nodes]
        for name, node in schema.nodes.items()
    }
    return list(TopologicalSorter(needs).static_order())


def _understanding_schema(model: Path):
    """The nodes that understanding needs, and the last of them.

    Only their classes are imported: the policies are not, nor is TensorFlow.
    """
    with tarfile.open(model, "r:gz") as archive:
        metadata = json.load(archive.extractfile("metadata.json"))
    nodes = metadata["predict_schema"]["nodes"]
    target = metadata["nlu_target"]
    if target == COMMAND_READER:
        target = nodes[target]["needs"]["messages"]
    needed = {target: nodes[target]}
    waiting = [target]
    while waiting:
        for provider in nodes[waiting.pop()]["needs"].values():
            if provider in nodes and provider not in needed:
                needed[provider] = nodes[provider]
                waiting.append(provider)
    return GraphSchema.from_dict({"nodes": needed}), target


def _unpack(model: Path, folder: Path) -> LocalModelStorage:
    """The components' files, where Rasa's storage looks for them."""
    with tarfile.open(model, "r:gz") as archive:
        for member in archive.getmembers():
            inside = Path(member.name)
            if inside.parts[:1] == ("components",) and ".." not in inside.parts:
                archive.extract(member, folder, set_attrs=False)
    return LocalModelStorage(folder / "components")


def read_texts(lines: Iterable[str]) -> Iterator[Any]:
    """`(id, text)` of each line, or a `BadLine` in its place; blank lines are passed over."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _read_line(number, line)


def _read_line(number: int, line: str):
    try:
        fields = json.loads(line)
        if not isinstance(fields["text"], str):
            raise TypeError("text is no string")
        return fields["id"], fields["text"]
    except json.JSONDecodeError as error:
        return BadLine(f"line {number}: not JSON ({error.msg}, column {error.colno})")
    except (KeyError, TypeError) as error:
        return BadLine(f'line {number}: not {{"id", "text"}} ({error})')


def triage_texts(
    source: Iterable[str], answers: TextIO, complaints: TextIO, model: Path | None = None
) -> int:
    """Answer each line of texts with a line of triage, in the same order.

    Returns:
        An exit code: 0, or 1 if a line could not be read; the others are answered.

    Raises:
        ModelMissing: if no model is given and none has been trained.
    """
    understanding = Understanding(model or newest_model())
    bad_lines = 0
    for read in read_texts(source):
        if isinstance(read, BadLine):
            bad_lines += 1
            print(read, file=complaints, flush=True)
            continue
        identity, text = read
        triage = understanding.parse(text)["triage"]
        answer = {"id": identity, **{key: triage[key] for key in ("needs", "safety", "language")}}
        answers.write(json.dumps(answer, ensure_ascii=False) + "\n")
        answers.flush()
    return 1 if bad_lines else 0


def main() -> int:
    """Triage standard input; nothing but answers goes to standard output."""
    answers, sys.stdout = sys.stdout, sys.stderr
    try:
        return triage_texts(sys.stdin, answers, sys.stderr)
    except BrokenPipeError:  # whoever read the answers has left
        return 1
    finally:
        sys.stdout = answers
