"""What an update of Telegram's means: an Inbound, a courtesy, or nothing.

Telegram's words stop here. Only private chats are read; in a group others
would read along, so we say so once and leave.
"""

from telegram import Chat, Update

from bot.channels.requests import BadRequest
from bot.channels.telegram_keyboards import pressed_option
from bot.words import first_wording
from social_prescribing.conversations import (
    LONGEST_TEXT,
    Channel,
    Inbound,
    find_or_start_conversation,
)
from social_prescribing.outbox import send_text
from social_prescribing.practices import Practice
from social_prescribing.shared_locations import location_link

# Kinds of message that are kept by Telegram's own name for the file.
FILES = ("voice", "audio", "video_note", "video", "animation", "document", "sticker")


def parse_update(data):
    """The telegram.Update of Telegram's JSON.

    Raises:
        BadRequest: it is not what Telegram sends.
    """
    if type(data.get("update_id")) is not int:
        raise BadRequest("update_id is missing")
    try:
        return Update.de_json(data, None)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadRequest("This is no update of Telegram's") from error


def read_update(update, *, bot):
    """The Inbound of one telegram.Update, or None where it holds no text."""
    chat = update.effective_chat
    if chat is None:
        return None
    if chat.type != Chat.PRIVATE:
        bot.leave_group(chat.id)
        return None
    if update.callback_query:
        return _pressed(update.callback_query, str(chat.id), bot)
    if update.edited_message:
        return _correction(update, bot)
    if update.message:
        return _message(update, bot)
    return None  # the patient blocked the bot, or let it in again


def _message(update, bot):
    message, address = update.message, str(update.effective_chat.id)
    if message.contact:
        return _shared_number(update, address, bot)
    text, practice = _start(message.text or message.caption or "")
    media = _media(message)
    if not text and not media:
        return None  # something that Telegram itself says, for example that a text was pinned
    return Inbound(
        channel=Channel.TELEGRAM,
        address=address,
        text=text[:LONGEST_TEXT],
        provider_id=_provider_id(update, bot),
        practice=practice,
        media=media,
    )


def _correction(update, bot):
    """A text that the patient mended is a new text, marked so; what it was, stays as it was."""
    text = update.edited_message.text or update.edited_message.caption or ""
    if not text:
        return None  # a live location moves, and each move comes as an edit
    return Inbound(
        channel=Channel.TELEGRAM,
        address=str(update.effective_chat.id),
        text=text[:LONGEST_TEXT],
        provider_id=_provider_id(update, bot),
        is_correction=True,
    )


def _pressed(press, address, bot):
    """A quick reply counts once, and while its question is open."""
    message, words = pressed_option(press.data, address=address)
    if words is None:
        bot.answer_press(press.id, first_wording("utter_answered_already"))
        return None
    bot.answer_press(press.id, words, message=(address, press.message.message_id))
    return Inbound(
        channel=Channel.TELEGRAM,
        address=address,
        text=words,
        # A second press of any of its buttons, in another update, is a repeat.
        provider_id=f"press:{message.pk}",
    )


def _shared_number(update, address, bot):
    """The patient's own number, as if written; somebody else's is not ours to keep."""
    contact, sender = update.message.contact, update.message.from_user
    if sender is None or contact.user_id != sender.id:
        conversation = find_or_start_conversation(channel=Channel.TELEGRAM, address=address)
        words = first_wording("utter_not_your_number")
        send_text(conversation, words, asks="phone", key=f"contact:{_provider_id(update, bot)}")
        return None
    return Inbound(
        channel=Channel.TELEGRAM,
        address=address,
        text="+" + contact.phone_number.lstrip("+"),
        provider_id=_provider_id(update, bot),
    )


def _start(text):
    """`/start CODE` is the link of a practice's page or poster. Returns `(text, practice)`."""
    command, _, code = text.partition(" ")
    if command.partition("@")[0] != "/start":
        return text, None
    return "/start", Practice.objects.filter(code=code.strip()).first() if code else None


def _media(message):
    """Telegram's names for photos, voice notes and files; a place as a link to a map.

    A link to the file would hold our token, so none is kept.
    """
    if message.location:
        return [location_link(message.location.latitude, message.location.longitude)]
    if message.photo:
        return [f"telegram:photo:{message.photo[-1].file_id}"]  # the largest comes last
    kinds = [kind for kind in FILES if getattr(message, kind)]
    # An animation is told of as a document too.
    return [f"telegram:{kind}:{getattr(message, kind).file_id}" for kind in kinds[:1]]


def _provider_id(update, bot):
    return f"update:{bot.id}:{update.update_id}"
