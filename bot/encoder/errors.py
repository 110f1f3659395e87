"""What can go wrong with the encoder.

EncoderError
├── WeightsNotFound    the package that carries them is not installed
├── WeightsNotTrusted  a file is not the one that was checked
├── AdapterDoesNotFit  the adapter names or shapes match no weight
└── EncoderNotBuilt    `python -m bot build-encoder` has not run
"""


class EncoderError(Exception):
    """Any trouble with finding, building or loading the encoder."""


class WeightsNotFound(EncoderError):
    """The distribution that carries the weights is missing or incomplete."""


class WeightsNotTrusted(EncoderError):
    """A file's SHA-256 is not the published one."""


class AdapterDoesNotFit(EncoderError):
    """The low-rank adapter names a weight we do not have, or its shapes are wrong."""


class EncoderNotBuilt(EncoderError):
    """The graph has not been built on this machine yet."""
