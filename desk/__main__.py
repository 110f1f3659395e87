"""`python -m desk COMMAND`: Django's commands and the desk's own."""

import os
import sys

from django.core.management import execute_from_command_line

from desk.start import read_settings

if __name__ == "__main__":
    # The doctor tells of them in its own way, and others need not for every small command.
    read_settings(quiet=sys.argv[1:2] not in (["run"], ["serve"]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "desk.settings")
    execute_from_command_line(["python -m desk", *sys.argv[1:]])
