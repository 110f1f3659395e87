"""The sentence encoder: all-MiniLM-L6-v2, run by onnxruntime.

`weights` finds and checks what is installed, `graph` draws the network from
it, `build` writes the result to `models/encoder/`, `encoder` runs it.
"""

from bot.encoder.build import build_encoder, encoder_stamp
from bot.encoder.encoder import Encoder, the_encoder
from bot.encoder.errors import EncoderError, EncoderNotBuilt, WeightsNotFound, WeightsNotTrusted

__all__ = [
    "Encoder",
    "EncoderError",
    "EncoderNotBuilt",
    "WeightsNotFound",
    "WeightsNotTrusted",
    "build_encoder",
    "encoder_stamp",
    "the_encoder",
]
