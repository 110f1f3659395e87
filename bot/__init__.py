"""What the Rasa server loads: channels, understanding, and the commands `python -m bot …`."""

import os

# Rasa reports its use to its makers unless it is told not to. Nothing leaves this machine.
os.environ["RASA_TELEMETRY_ENABLED"] = "false"
# TensorFlow, which Rasa imports and we do not use, has much to say of the processor.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
# Rasa draws a progress bar for each rule; training says what it learns in plain lines.
os.environ.setdefault("LOG_LEVEL", "WARNING")
