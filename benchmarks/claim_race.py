"""`python -m benchmarks.claim_race`: link workers claim from one queue at once until it is empty.

Nothing may be held twice, skipped or lost. Half of them take "next for me", half press
"Claim" on what stands at the top of the list they see, as people do.
"""

import random
import sys
import threading
import time
from collections import Counter

from benchmarks.desk_database import arguments, desk_database
from benchmarks.queued_callbacks import queue_callbacks


def main():
    parser = arguments(__doc__)
    parser.add_argument("--link-workers", type=int, default=50)
    parser.add_argument("--callbacks", type=int, default=2000)
    given = parser.parse_args()
    with desk_database(given.server):
        workers = _fill(given.link_workers, given.callbacks)
        took, claims, errors = _race(workers)
        return _report(given, took, claims, errors)


def _fill(link_workers, callbacks):
    from tests.factories import a_link_worker, a_practice

    practice = a_practice()
    queue_callbacks([practice], callbacks)
    workers = [a_link_worker(practice, name=f"Worker {n}") for n in range(link_workers)]
    for worker in workers:
        worker.capacity = callbacks
        worker.save()
    return workers


def _race(workers):
    claims, errors, lock = [], [], threading.Lock()
    start = threading.Barrier(len(workers) + 1)

    def work(worker, claim):
        start.wait()
        try:
            while (reference := claim(worker)) is not None:
                with lock:
                    claims.append(reference)
        except Exception as error:
            with lock:
                errors.append(repr(error))

    ways = (_next_for_me, _from_the_list)
    threads = [
        threading.Thread(target=work, args=(worker, ways[number % 2]))
        for number, worker in enumerate(workers)
    ]
    for thread in threads:
        thread.start()
    begun = time.perf_counter()
    start.wait()
    for thread in threads:
        thread.join()
    return time.perf_counter() - begun, claims, errors


def _next_for_me(worker):
    from social_prescribing.caseloads import claim_next

    callback = claim_next(worker)
    return callback and callback.reference


def _from_the_list(worker):
    """Claim one of the first rows that this person sees; a lost race is tried on another row."""
    from social_prescribing.callback_moves import claim_callback
    from social_prescribing.callbacks import Status, callbacks_for, queue_order
    from social_prescribing.errors import AlreadyClaimed

    while page := list(queue_order(callbacks_for(worker).filter(status=Status.WAITING))[:25]):
        callback = random.choice(page)
        try:
            claim_callback(callback, link_worker=worker)
            return callback.reference
        except AlreadyClaimed:
            continue
    return None


def _report(given, took, claims, errors):
    from social_prescribing.callbacks import Callback, CallbackEvent, Status

    twice = [reference for reference, times in Counter(claims).items() if times > 1]
    events = CallbackEvent.objects.filter(status=Status.CLAIMED).count()
    held = Callback.objects.filter(status=Status.CLAIMED).exclude(link_worker=None).count()
    waiting = Callback.objects.filter(status=Status.WAITING).count()
    print(f"{given.link_workers} link workers, {given.callbacks} callbacks, {took:.1f} s")
    print(
        f"claimed {len(claims)}, held {held}, still waiting {waiting}, claims in history {events}"
    )
    print(f"claimed twice {len(twice)}, errors {len(errors)} {errors[:3]}")
    is_right = len(claims) == held == events == given.callbacks and not (twice or errors or waiting)
    print("No callback held twice, none skipped, none lost." if is_right else "WRONG")
    return 0 if is_right else 1


if __name__ == "__main__":
    sys.exit(main())
