"""The buttons under a text on Telegram, and what pressing one means."""

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from social_prescribing.conversations import Direction, Message

SHARE_NUMBER = "Share my number"
# Longer replies stand under each other, so that none is cut off on a narrow phone.
LETTERS_IN_A_ROW = 24


def keyboard_for(message):
    """Quick replies, or the button that shares the patient's own number; None for neither."""
    if message.options:
        return _quick_replies(message)
    if message.asks == "phone":
        button = KeyboardButton(SHARE_NUMBER, request_contact=True)
        return ReplyKeyboardMarkup([[button]], resize_keyboard=True, one_time_keyboard=True)
    before = _sent_before(message)
    # The button that shares the number stays at the bottom until it is taken away.
    return ReplyKeyboardRemove() if before and before.asks == "phone" else None


def pressed_option(pressed, *, address):
    """The message and the words of a quick reply that was pressed.

    Returns `(message, words)`; `words` is None where the question is not open any more.
    Returns `(None, None)` where there is no such button.
    """
    number, _, index = (pressed or "").partition(":")
    if not (number.isdecimal() and index.isdecimal()):
        return None, None
    message = Message.objects.filter(
        pk=number,
        direction=Direction.OUTBOUND,
        channel="telegram",
        conversation__address=address,
    ).first()
    if message is None or int(index) >= len(message.options):
        return None, None
    return message, message.options[int(index)] if _is_open(message) else None


def _quick_replies(message):
    # Telegram hands back 64 bytes at most, so a button carries where its words stand.
    buttons = [
        InlineKeyboardButton(words, callback_data=f"{message.pk}:{index}")
        for index, words in enumerate(message.options)
    ]
    in_one_row = sum(len(words) for words in message.options) <= LETTERS_IN_A_ROW
    return InlineKeyboardMarkup([buttons] if in_one_row else [[button] for button in buttons])


def _is_open(message):
    """A question is open until it is answered, or another one is asked."""
    later = message.conversation.messages.filter(pk__gt=message.pk)
    answered = later.filter(direction=Direction.INBOUND).exists()
    asked_anew = later.filter(direction=Direction.OUTBOUND).exclude(asks="").exists()
    return not answered and not asked_anew


def _sent_before(message):
    sent = message.conversation.messages.filter(direction=Direction.OUTBOUND, pk__lt=message.pk)
    return sent.order_by("-pk").first()
