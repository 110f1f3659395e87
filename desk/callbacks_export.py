"""The callbacks export: every callback as plain data, as DESIGN.md describes it."""

from itertools import chain

from social_prescribing.callbacks import Callback, Status, queue_order


def export_callbacks():
    """Open callbacks in queue order, then closed ones, newest first."""
    callbacks = Callback.objects.select_related("conversation", "practice", "link_worker")
    callbacks = callbacks.prefetch_related("callback_needs")
    waiting_or_claimed = queue_order(callbacks.exclude(status=Status.CLOSED))
    closed = callbacks.filter(status=Status.CLOSED).order_by("-closed_at", "-id")
    return [_as_plain_data(callback) for callback in chain(waiting_or_claimed, closed)]


def _as_plain_data(callback):
    return {
        "reference": callback.reference,
        "status": callback.status,
        "conversation": callback.conversation.reference,
        "channel": callback.conversation.channel,
        "practice": callback.practice.code if callback.practice else None,
        "name": callback.name,
        "phone": callback.phone,
        "needs": callback.need_ids,
        "safety": callback.safety or "none",
        "area": callback.area,
        "time_preference": callback.time_preference,
        "days": callback.days,
        "not_before": _clock(callback.not_before),
        "not_after": _clock(callback.not_after),
        "voicemail_ok": callback.voicemail_ok,
        "language": callback.language,
        "interpreter": callback.interpreter,
        "on_behalf_of": callback.on_behalf_of,
        "link_worker": callback.link_worker.name if callback.link_worker else None,
        "requested_at": callback.requested_at.isoformat(),
        "due_by": callback.due_by.isoformat(),
        "words": callback.words,
    }


def _clock(moment):
    return moment.strftime("%H:%M") if moment else None
