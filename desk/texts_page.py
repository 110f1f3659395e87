"""Texts that need a person: those that the bot could not answer, and those that did not arrive."""

from datetime import timedelta

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from desk.permissions import SEES_PATIENTS, access_of, allowed_for
from desk.records import note_list
from social_prescribing.conversations import Conversation, Direction
from social_prescribing.inbox import record_person_looked
from social_prescribing.outbox import Failure, failed_messages

# An older failure is history: it stands in the conversation.
FAILED_SINCE = timedelta(days=14)
FAILED_SHOWN = 50


@allowed_for(SEES_PATIENTS)
@require_safe
def show_texts(request):
    """Unanswered ones first: that patient was told that a person reads it."""
    conversations = conversations_for(access_of(request.user))
    unanswered = list(conversations_to_read(access_of(request.user)).prefetch_related("callbacks"))
    failed = list(_failed(conversations))
    shown = {c.reference: None for c in (*unanswered, *(m.conversation for m in failed))}
    note_list(request, shown)
    context = {"unanswered": [(c, _latest_words(c)) for c in unanswered], "failed": failed}
    return render(request, "desk/texts.html", context)


@allowed_for(SEES_PATIENTS)
@require_POST
def mark_text_read(request):
    """Somebody has read what the bot could not answer, and sees to it.

    The number of a conversation that is not theirs to see changes nothing.
    """
    number = request.POST.get("conversation", "")
    seen = conversations_for(access_of(request.user))
    conversation = seen.filter(pk=number).first() if number.isdecimal() else None
    if conversation is not None:
        note_list(request, [conversation.reference])
        record_person_looked(conversation)
        messages.success(request, "Marked as read.")
    return redirect("texts")


def conversations_for(access):
    """Conversations of their practices, and those whose practice is not known."""
    return Conversation.objects.filter(
        Q(practice=None) | Q(practice__in=access.practices)
    ).select_related("practice")


def conversations_to_read(access):
    """Of those, the ones whose patient was told that a person reads them, the longest first."""
    return (
        conversations_for(access)
        .filter(needs_person_since__isnull=False)
        .order_by("needs_person_since")
    )


def _failed(conversations):
    """A patient who sent STOP is not a failure of ours; the phone company only says so too."""
    recent = failed_messages().filter(
        conversation__in=conversations, state_since__gt=timezone.now() - FAILED_SINCE
    )
    wanted = recent.exclude(failure=Failure.OPTED_OUT)
    return wanted.select_related("conversation__practice").prefetch_related(
        "conversation__callbacks"
    )[:FAILED_SHOWN]


def _latest_words(conversation):
    return conversation.messages.filter(direction=Direction.INBOUND).last()
