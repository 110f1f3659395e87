"""`python -m benchmarks.random_walk 500`: random walks through the trained model.

    python -m benchmarks.random_walk 500            figures, and what did not hold
    python -m benchmarks.random_walk 40 --show 5    and the transcripts of five that went wrong
    python -m benchmarks.random_walk 1 --from 317   one walk again, by its seed

It plays in a database of its own that is thrown away, and touches no running Blether.
"""

import argparse
import asyncio
import os
import tempfile
import time


def main():
    arguments = _arguments()
    with tempfile.TemporaryDirectory() as state:
        os.environ["BLETHER_STATE_DIR"] = state
        os.environ["DATABASE_URL"] = f"sqlite:///{state}/walks.sqlite3"
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        for name in ("REDIS_URL", "TWILIO_ACCOUNT_SID", "TELEGRAM_TOKEN"):
            os.environ.pop(name, None)
        _walk_all(arguments)


def _arguments():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("walks", type=int, nargs="?", default=500)
    parser.add_argument("--from", dest="first", type=int, default=1, help="the first seed")
    parser.add_argument("--show", type=int, default=0, help="transcripts of so many that failed")
    return parser.parse_args()


def _walk_all(arguments):
    agent, contact_number = _make_ready()
    from tests.conversations.random_walk import report, walk

    started = time.monotonic()

    async def walk_each():
        seeds = range(arguments.first, arguments.first + arguments.walks)
        return [await walk(agent, contact_number, seed) for seed in seeds]

    walks = asyncio.run(walk_each())
    _print(report(walks))
    print(f"{time.monotonic() - started:.0f} s")
    of_interest = [w for w in walks if w.wrong] + [w for w in walks if w.state and not w.wrong]
    for one in of_interest[: arguments.show]:
        print(f"\n{one.transcript}\n  wrong: {one.wrong}  otherwise than meant: {one.state}")


def _make_ready():
    """The trained model, and a practice with a contact number in an empty database."""
    import rasa.core.agent
    from django.core.management import call_command
    from rasa.utils.log_utils import configure_structlog

    import actions  # noqa: F401  # starts Django
    from bot import answer
    from bot.training import MODEL
    from tests.factories import a_contact_number, a_practice, checked_supports

    configure_structlog(40)
    call_command("migrate", verbosity=0)
    checked_supports()
    practice = a_practice(name="Possil Practice", name_for_texts="Possil Practice")
    answer.trust_our_own_actions()
    agent = asyncio.run(
        rasa.core.agent.load_agent(model_path=str(MODEL), endpoints=answer.endpoints())
    )
    return agent, a_contact_number(practice, e164="+441414960199")


def _print(figures):
    for name, value in figures.items():
        if isinstance(value, dict):
            print(f"{name}:")
            for why, count in value.items():
                print(f"  {count:4}  {why}")
        else:
            print(f"{name}: {value:.3g}" if isinstance(value, float) else f"{name}: {value}")


if __name__ == "__main__":
    main()
