"""Ports for the programs that tests start."""

import os
import socket
from itertools import count

# Below those that a system hands out by itself, so that nobody else is given one before the
# program that was told of it listens; and each process of tests begins elsewhere.
_ports = count(20_000 + os.getpid() * 20 % 10_000)


def free_port():
    """A port on this machine at which nothing listens."""
    for port in _ports:
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue  # taken
