"""`python -m desk run`: make everything ready, then run bot, desk and clock together."""

import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from honcho.manager import Manager

from desk.demo_programme import DEMO_ACCOUNTS, DEMO_PASSWORD, DEMO_SIGN_IN
from social_prescribing.directory_file import load_supports
from social_prescribing.practices import Practice

STOPPED_BY_CTRL_C = 130


class Command(BaseCommand):
    help = (
        "Train if needed, migrate, load the demo programme on first start, run bot, desk and clock."
    )

    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--desk-port", type=int, default=8000)
        parser.add_argument("--bot-port", type=int, default=5005)

    def handle(self, *, host, desk_port, bot_port, **options):
        for port, what in ((desk_port, "desk"), (bot_port, "bot")):
            _check_free(host, port, what)
        self._make_ready()
        desk, bot = f"http://{host}:{desk_port}", f"http://{host}:{bot_port}"
        # Each must know where the other is, unless the environment says so.
        environment = {
            "BOT_URL": bot,
            "WEB_CHAT_ORIGINS": f"{desk},http://localhost:{desk_port}",
            **os.environ,
        }
        manager = Manager()
        for name, port in (("bot", bot_port), ("desk", desk_port)):
            command = f"{sys.executable} -m {name} serve --host {host} --port {port}"
            manager.add_process(name, command, env=environment)
        manager.add_process("clock", f"{sys.executable} -m desk clock", env=environment)
        threading.Thread(target=self._announce, args=(desk, bot), daemon=True).start()
        manager.loop()
        # Ctrl-C is how it is meant to end.
        sys.exit(0 if manager.returncode in (0, STOPPED_BY_CTRL_C) else manager.returncode)

    def _make_ready(self):
        # Training needs Rasa, which the desk never imports: it runs in a process of its own.
        subprocess.run([sys.executable, "-m", "bot", "train"], check=True)
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        load_supports()
        if not Practice.objects.exists():
            self.stdout.write("Loading the demo programme: made-up people and numbers")
            call_command("demo", "load")

    def _announce(self, desk, bot):
        for address in (f"{desk}/try/", f"{bot}/webhooks/web/"):
            _wait_for(address)
        lines = [
            "",
            "Blether is up. Open these side by side:",
            f"    a patient's phone    {desk}/try/",
            f"    the link workers' desk    {desk}/",
            f"    the bot, for channels    {bot}/webhooks/",
        ]
        if Practice.objects.filter(is_demo=True).exists():
            lines.append(f"Sign in to the desk as {DEMO_SIGN_IN}, password {DEMO_PASSWORD}")
            others = "\n".join(f"    {email}    {role}" for email, role in DEMO_ACCOUNTS[1:])
            lines.append(f"or, with the same password, as\n{others}")
        lines += ["Which channels are ready, and why others are not: make doctor"]
        lines += ["Ctrl-C stops everything.", ""]
        self.stdout.write("\n".join(lines))
        self.stdout.flush()


def _check_free(host, port, what):
    """Refuse to start where something else listens already."""
    with socket.socket() as probe:
        if probe.connect_ex((host, port)) == 0:
            raise CommandError(
                f"Port {port} is taken, and the {what} needs it. Stop what uses it, or name "
                f"another:\n    .venv/bin/python -m desk run --{what}-port {port + 1}"
            )


def _wait_for(address):
    while True:
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except OSError:
            time.sleep(0.5)
