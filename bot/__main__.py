"""What the bot can do from the command line: `python -m bot …`.

build-encoder   build the sentence encoder in models/encoder/, if out of date
triage          needs, danger and language of texts: JSON lines in, JSON lines out
"""

import argparse
import logging
import os
import sys
import warnings


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m bot", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("command", choices=sorted(COMMANDS))
    command = COMMANDS[parser.parse_args(arguments).command]
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    # Rasa's libraries warn of one another's old ways at import, in hundreds of lines.
    warnings.simplefilter("ignore")
    return command()


def _build_encoder() -> int:
    from bot.encoder import EncoderError, build_encoder

    try:
        built = build_encoder()
    except EncoderError as error:
        print(error, file=sys.stderr)
        return 1
    print("Built the encoder in models/encoder/." if built else "The encoder is up to date.")
    return 0


def _triage() -> int:
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # before numpy is imported
    from bot.encoder import EncoderError
    from bot.triage import ModelMissing
    from bot.triage import main as triage

    try:
        return triage()
    except (ModelMissing, EncoderError) as error:
        print(error, file=sys.stderr)
        return 2


COMMANDS = {"build-encoder": _build_encoder, "triage": _triage}


if __name__ == "__main__":
    sys.exit(main())
