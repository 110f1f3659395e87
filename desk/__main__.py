"""`python -m desk COMMAND`: Django's commands and the desk's own."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "desk.settings")
    execute_from_command_line(["python -m desk", *sys.argv[1:]])
