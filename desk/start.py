"""What every command does first: read the settings, and say what is wrong with them."""

import os
import sys

from desk.environment import env_file, find_problems, load_environment


def read_settings(*, quiet=False):
    """Read the .env file and check the settings.

    Prints a sentence for each problem to stderr, unless `quiet`. Ends the program
    where nothing can be started with them.
    """
    load_environment()
    problems = find_problems()
    # `make run` said it once already for all that it starts.
    quiet = quiet or bool(os.environ.get("BLETHER_SETTINGS_READ"))
    os.environ["BLETHER_SETTINGS_READ"] = "1"
    stopping = [problem for problem in problems if problem.stops]
    for problem in stopping or ([] if quiet else problems):
        print(problem, file=sys.stderr)
    if stopping:
        where = f" ({env_file()})" if env_file().exists() else ""
        print(f"Mend this in the environment or the .env file{where}.", file=sys.stderr)
        sys.exit(1)
