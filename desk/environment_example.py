"""What .env.example says: every setting, what it is for and how it may look."""

from desk.environment_table import SETTINGS


def example_file():
    """What .env.example says."""
    lines = [
        "# Blether's settings. Copy this file to .env beside it and take the # off what you set.",
        "# Nothing has to be set: without any, everything runs on this machine only.",
        "# What stands in the environment wins over this file. `make doctor` checks it all.",
        "# Drawn from desk/environment_table.py by `python -m desk draw_env`.",
    ]
    for heading, settings in SETTINGS.items():
        lines += ["", f"# ---- {heading}"]
        for setting in settings:
            lines += ["", *_wrapped(setting.about), f"#{setting.name}={setting.example}"]
    return "\n".join(lines) + "\n"


def _wrapped(text):
    line = "#"
    for word in text.split():
        if len(line) + len(word) + 1 > 96:
            yield line
            line = "#"
        line += f" {word}"
    yield line
