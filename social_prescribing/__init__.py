"""The rules that the bot and the desk both obey: needs, supports, callbacks, safety, consent."""
