"""`make soak`: 1,000 texts from 200 patients to two bots, one killed three times.

First an ordinary busy hour: each text comes once, its delivery is reported in order, and
it is measured how soon a text is acknowledged and answered. Then the worst one: every text
comes twice, those of the first hour again too, reports come twice and out of order, one bot
is killed and started again and again, and every connection to the database is broken once.
At the end the database and Twilio's stand-in are counted. The exit code is 0 where all is as
promised.
"""

import argparse
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from functools import partial
from getpass import getuser
from pathlib import Path

from benchmarks.soak.bots import (
    ROOT,
    BotProcess,
    Killer,
    a_database,
    break_connections,
    restart_postgresql,
)
from benchmarks.soak.patients import SAYS, Crowd
from benchmarks.soak.processor_time import ProcessorTime
from tests.providers.twilio import StandIn

# What is promised of a text on two cores; the kills may take longer.
ACKNOWLEDGED_MS, ANSWERED_MS = 50, 1000
LAST_ANSWERS_SECONDS = 120
# The first conversations all begin at once, on bots that have just started: no ordinary moment.
SETTLED_AFTER_SECONDS = 10
FEWEST_TIMED = 20
# How long a killed bot takes to come back, about.
SECONDS_A_KILL = 25


def main(arguments=None):
    options = _read(arguments)
    # Patients and Twilio are threads of this process: they must not wait for one another.
    sys.setswitchinterval(0.0005)
    with ExitStack() as stack:
        state = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        environment = _environment(state, options, stack)
        stand_in = stack.enter_context(StandIn(""))
        bots = _start_bots(environment | stand_in.environment, state, stack)
        stand_in.bot = bots[0].url
        began = time.monotonic()
        crowd, killer = _soak(bots, stand_in, options, environment)
        took = time.monotonic() - began
        for bot in bots:
            bot.stop()
        return _report(crowd, killer, stand_in, took, options)


def _read(arguments):
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__)
    parser.add_argument("--patients", type=int, default=200, help=f"each sends {len(SAYS)} texts")
    parser.add_argument("--rate", type=float, default=20, help="texts a second")
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument(
        "--measured", type=float, default=0.6, help="part of the texts sent before the first kill"
    )
    parser.add_argument(
        "--never-ordinary",
        action="store_true",
        help="every text twice and reports in disorder from the first moment on",
    )
    parser.add_argument(
        "--database",
        default=os.environ.get("DATABASE_URL") or _here(5432, f"postgres://{getuser()}@127.0.0.1"),
        help="a PostgreSQL server; empty for SQLite (default: the one on this machine, if any)",
    )
    parser.add_argument(
        "--redis", default=os.environ.get("REDIS_URL") or _here(6379, "redis://127.0.0.1/8")
    )
    parser.add_argument(
        "--restart-postgresql",
        metavar="COMMAND",
        help="restart the server with this, instead of only breaking its connections",
    )
    parser.add_argument(
        "--times-are-promised",
        action="store_true",
        help="fail where a text was acknowledged or answered too late",
    )
    return parser.parse_args(arguments)


def _here(port, address):
    """An address on this machine, or an empty text where nothing listens at the port."""
    with socket.socket() as probe:
        return address if probe.connect_ex(("127.0.0.1", port)) == 0 else ""


def _environment(state, options, stack):
    """What bots and this process share; the rules are loaded after it is set."""
    os.environ.update(BLETHER_STATE_DIR=str(state), DJANGO_SETTINGS_MODULE="desk.settings")
    for name in ("DATABASE_URL", "REDIS_URL"):
        os.environ.pop(name, None)
    if options.database:
        os.environ["DATABASE_URL"] = stack.enter_context(a_database(options.database))
    if options.redis:
        os.environ["REDIS_URL"] = options.redis
    for command in (["migrate", "-v0"], ["demo", "load"]):
        subprocess.run([sys.executable, "-m", "desk", *command], cwd=ROOT, check=True)
    import django

    django.setup()
    from social_prescribing.directory_file import load_supports

    load_supports()
    return dict(os.environ)


def _start_bots(environment, state, stack):
    print("Starting two bots", flush=True)
    bots = []
    for number in range(2):
        log = stack.enter_context((state / f"bot-{number}.log").open("w"))
        bots.append(BotProcess(environment, log))
        bots[-1].start()
        stack.callback(bots[-1].stop)
    for bot in bots:
        bot.wait_until_up()
    return bots


def _soak(bots, stand_in, options, environment):
    crowd = Crowd(bots, stand_in, patients=options.patients, rate=options.rate)
    texts = options.patients * len(SAYS)
    print(f"{options.patients} patients send {texts} texts, {options.rate:g} a second", flush=True)
    measured = texts * options.measured if options.kills else texts
    crowd.repeats_at_once = stand_in.has_bad_days = options.never_ordinary
    used = ProcessorTime(bots)
    crowd.text_until(lambda: crowd.texts_sent >= measured)
    used.print(texts=crowd.texts_sent)
    crowd.repeats_at_once = stand_in.has_bad_days = True
    killer = Killer(
        bots[1],
        times=options.kills,
        pause=3,
        break_database=_database_breaker(options, environment),
    )
    killer.start()
    if options.kills:
        # Spread over the kills, so that each meets texts on their way.
        left = texts - crowd.texts_sent
        crowd.slow_down_to(min(options.rate, left / (options.kills * SECONDS_A_KILL)))
    crowd.text_until(lambda: False)
    killer.join()
    crowd.wait_for_answers(seconds=LAST_ANSWERS_SECONDS)
    crowd.repeat_what_is_left()
    time.sleep(3)  # the last delivery reports
    return crowd, killer


def _database_breaker(options, environment):
    if options.restart_postgresql:
        return partial(restart_postgresql, options.restart_postgresql)
    if "DATABASE_URL" in environment:
        return partial(break_connections, environment["DATABASE_URL"])
    return None


def _report(crowd, killer, stand_in, took, options):
    from django.db import connection

    from benchmarks.soak.checks import count

    connection.close()
    print(f"\n{'what':55}{'is':>8}{'must be':>9}")
    broken = 0
    for name, (found, wanted) in count(stand_in, texts_sent=crowd.texts_sent).items():
        broken += found != wanted
        print(f"{name:55}{found:8}{wanted:9}{'' if found == wanted else '   WRONG'}")
    figures = crowd.figures
    print(f"\n{figures.repeats} repeats sent, {figures.refused} calls met a bot that was down")
    late = _times(figures, killer)
    print(f"whole soak: {took:.0f} s")
    for complaint in stand_in.complaints:
        print(f"Twilio's stand-in: {complaint}")
    print(f"bots killed: {len(killer.disturbed)}, on {connection.vendor}")
    is_late = late and options.times_are_promised
    return 1 if broken or stand_in.complaints or is_late else 0


def _times(figures, killer):
    """Print how soon texts were acknowledged and answered; returns whether late."""
    first_kill = min((began for began, _ in killer.disturbed), default=float("inf"))
    began = min((at for at, _ in figures.acknowledged), default=float("inf"))
    settled = began + SETTLED_AFTER_SECONDS
    late = False
    for name, times, promised in (
        ("acknowledged", figures.acknowledged, ACKNOWLEDGED_MS),
        ("answered", figures.answered, ANSWERED_MS),
    ):
        calm = [took * 1000 for at, took in times if settled <= at < first_kill]
        every = [took * 1000 for _, took in times]
        if len(calm) < FEWEST_TIMED:
            print(f"{name}: too few texts in the ordinary hour, once settled, to be timed")
            late = True  # what was not measured was not shown
            continue
        print(
            f"{name}: p50 {_centile(calm, 50):.0f} ms, p95 {_centile(calm, 95):.0f} ms, "
            f"p99 {_centile(calm, 99):.0f} ms in the ordinary hour, once settled "
            f"(promised p95 {promised} ms); p95 {_centile(every, 95):.0f} ms over all"
        )
        late = late or _centile(calm, 95) > promised
    return late


def _centile(values, percent):
    return statistics.quantiles(values, n=100)[percent - 1] if len(values) > 1 else 0.0


if __name__ == "__main__":
    sys.exit(main())
