"""How many requests somebody may make in a while, counted by all processes together.

With REDIS_URL the counts stand in Redis; without, each process counts its own.
"""

from dataclasses import dataclass
from ipaddress import ip_address

from django.core.cache import cache

from bot.channels.requests import BadRequest
from bot.words import first_wording


class TooMany(BadRequest):
    """Too many requests at once; the text says so plainly, `after` when to go on (seconds)."""

    status_code = 429

    def __init__(self, after):
        super().__init__(first_wording("utter_too_many"))
        self.after = after


@dataclass(frozen=True)
class Limit:
    """At most `most` in `seconds`, for each one who is counted."""

    name: str
    most: int
    seconds: int = 60

    def count(self, who):
        """Count one more of `who`, if it is known who that is.

        Raises:
            TooMany: they had their share; the count ends by itself.
        """
        if who is None:
            return
        key = f"limit:{self.name}:{who}"
        cache.add(key, 0, timeout=self.seconds)
        try:
            number = cache.incr(key)
        except ValueError:
            return  # it ended this very moment
        if number > self.most:
            raise TooMany(self.seconds)


def address_of(request):
    """The network address of who asks, as our own proxies pass it on (settings.PROXIES of them).

    None where it is this machine: then it is ourselves, or a proxy that PROXIES does not tell of,
    behind which everybody would be counted as one.
    """
    address = request.remote_addr or request.ip
    return None if is_loopback(address) else address


def is_loopback(address):
    """Say whether a network address is this machine's own."""
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
