"""Many waiting callbacks at once, for benchmarks: the rules would take minutes over them."""


def queue_callbacks(practices, count):
    """Put this many into the queue of these practices, one in 200 of them urgent."""
    from datetime import timedelta

    from django.utils import timezone

    from social_prescribing.callbacks import Callback, CallbackNeed
    from social_prescribing.conversations import Conversation
    from social_prescribing.needs import NEEDS
    from social_prescribing.patients import Patient

    now, needs = timezone.now(), list(NEEDS)
    patient = Patient.objects.create(name="Patient")
    conversations = Conversation.objects.bulk_create(
        [
            Conversation(reference=f"w{n}", channel="web", address=f"w{n}", patient=patient)
            for n in range(count)
        ],
        batch_size=2000,
    )
    callbacks = Callback.objects.bulk_create(
        [
            Callback(
                reference=f"W{n}",
                conversation=conversations[n],
                patient=patient,
                practice=practices[n % len(practices)],
                name=f"Patient {n}",
                phone=f"+4477009{n:05}",
                words="am pure skint hen and theres nae food in the hoose",
                is_urgent=n % 200 == 0,
                language="ar" if n % 9 == 0 else "en",
                due_by=now + timedelta(minutes=n - count // 10),
            )
            for n in range(count)
        ],
        batch_size=2000,
    )
    CallbackNeed.objects.bulk_create(
        [
            CallbackNeed(callback=callback, need=needs[(n + rank * 7) % len(needs)], rank=rank)
            for n, callback in enumerate(callbacks)
            for rank in (0, 1)
        ],
        batch_size=5000,
    )
