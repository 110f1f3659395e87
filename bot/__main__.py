"""What the bot can do from the command line: `python -m bot …`.

build-encoder   build the sentence encoder in models/encoder/, if out of date
train           train the model, if anything that it is made from has changed
serve           receive texts, have them answered with the newest model, send the answers
answer          the answering half of serve, which starts it
copy            every text that a patient can receive, with segments and reading age
evaluate        figures on data/evaluation, which nobody tunes on
training-texts  what triage learns from, for `make adapt`
known-words     note the words of the training texts, for the corrector
triage          needs, danger and language of texts: JSON lines in, JSON lines out
"""

import argparse
import os
import sys
import warnings

from desk.start import read_settings


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m bot", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    commands = parser.add_subparsers(required=True, metavar="command")
    for name, run in COMMANDS.items():
        commands.add_parser(name).set_defaults(run=run)
    serve = commands.choices["serve"]
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=5005)
    commands.choices["evaluate"].add_argument(
        "--stock", action="store_true", help="measure stock Rasa anew (most of an hour)"
    )
    options = parser.parse_args(arguments)
    read_settings(quiet=options.run is not _serve)
    # Rasa's libraries warn of one another's old ways at import, in hundreds of lines.
    if not sys.warnoptions:
        warnings.showwarning = lambda *_, **__: None  # they switch a mere filter back off
    return options.run(options)


def _build_encoder(options: argparse.Namespace) -> int:
    from bot.encoder import EncoderError, build_encoder

    try:
        built = build_encoder()
    except EncoderError as error:
        print(error, file=sys.stderr)
        return 1
    print("Built the encoder in models/encoder/." if built else "The encoder is up to date.")
    return 0


def _train(options: argparse.Namespace) -> int:
    from bot.training import train_if_changed

    if not train_if_changed():
        print("The model is up to date.")
    return 0


def _serve(options: argparse.Namespace) -> int:
    from bot.serve import serve

    serve(host=options.host, port=options.port)
    return 0


def _answer(options: argparse.Namespace) -> int:
    _on_one_thread()
    from bot.answer import answer

    return answer()


def _evaluate(options: argparse.Namespace) -> int:
    _on_one_thread()  # as it answers
    from bot.evaluation import evaluate

    print(evaluate(stock_anew=options.stock))
    return 0


def _copy(options: argparse.Namespace) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "desk.settings")
    import django

    django.setup()
    from bot.patient_words import print_every_text

    print_every_text()
    return 0


def _training_texts(options: argparse.Namespace) -> int:
    from bot.training_texts import print_training_texts

    print_training_texts()
    return 0


def _known_words(options: argparse.Namespace) -> int:
    from bot.known_words import write_known_words

    print(f"Noted {write_known_words()} words in data/lexicon/known_words.tsv.")
    return 0


def _triage(options: argparse.Namespace) -> int:
    _on_one_thread()
    from bot.encoder import EncoderError
    from bot.triage import ModelMissing
    from bot.triage import main as triage

    try:
        return triage()
    except (ModelMissing, EncoderError) as error:
        print(error, file=sys.stderr)
        return 2


def _on_one_thread() -> None:
    """Multiply one text's vector on one thread; to be called before numpy is imported.

    NumPy's threads wait for one another by spinning. Where the processors are busy, that
    makes 6 milliseconds of a product that takes 0.03.
    """
    os.environ.setdefault("OMP_NUM_THREADS", "1")


COMMANDS = {
    "build-encoder": _build_encoder,
    "train": _train,
    "serve": _serve,
    "answer": _answer,
    "copy": _copy,
    "evaluate": _evaluate,
    "training-texts": _training_texts,
    "known-words": _known_words,
    "triage": _triage,
}


if __name__ == "__main__":
    sys.exit(main())
