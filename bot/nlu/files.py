"""Where the understanding's data lies, and how a change in it is noticed."""

import hashlib
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
DATA_FOLDER = PROJECT / "data"
LEXICON_FOLDER = DATA_FOLDER / "lexicon"
MODELS_FOLDER = PROJECT / "models"


def fingerprint_of(*paths: Path) -> str:
    """A name for the files' contents: another content, another name."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()
