"""Twilio's words in ours: its delivery statuses and its error codes, and nowhere else.

The codes are as Twilio publishes them, noted without its list at hand: check them against it
before going live. A code that does not stand here counts as one that tells no reason.
"""

from social_prescribing.conversations import State
from social_prescribing.outbox import Failure

# MessageStatus of a delivery report. What is left out (accepted, queued, scheduled, sending)
# tells nothing that we do not know.
STATUSES = {
    "sent": State.SENT,  # the phone company has it
    "delivered": State.DELIVERED,
    "read": State.DELIVERED,  # WhatsApp only
    "undelivered": State.FAILED,  # the phone company could not hand it over
    "failed": State.FAILED,  # Twilio could not send it
    "canceled": State.FAILED,
}

FAILURES = {
    # Refused at once, as the answer to our call
    "21211": Failure.NO_SUCH_NUMBER,  # not a valid 'To' number
    "21217": Failure.NO_SUCH_NUMBER,  # the number does not appear to be valid
    "21265": Failure.NOT_A_MOBILE,  # 'To' may not be a short code
    "21408": Failure.NOT_ALLOWED,  # no permission for this region
    "21421": Failure.NO_SUCH_NUMBER,  # the number is invalid
    "21602": Failure.OTHER,  # a text without words
    "21606": Failure.NOT_SET_UP,  # 'From' is no number of ours that may text 'To'
    "21610": Failure.OPTED_OUT,  # the patient replied STOP
    "21612": Failure.NOT_ALLOWED,  # no way from 'From' to 'To'
    "21614": Failure.NOT_A_MOBILE,  # 'To' cannot get texts
    "21617": Failure.REFUSED,  # longer than 1600 characters
    "21656": Failure.NOT_SET_UP,  # the template's variables do not fit
    "21660": Failure.NOT_SET_UP,  # 'From' is not of this account
    "21703": Failure.NOT_SET_UP,  # the Messaging Service has no numbers
    "21712": Failure.NOT_SET_UP,  # 'From' is not in the Messaging Service
    "63007": Failure.NOT_SET_UP,  # no such WhatsApp sender
    "63016": Failure.WINDOW_CLOSED,  # outside WhatsApp's 24 hours without a template
    "63024": Failure.NO_SUCH_NUMBER,  # no WhatsApp account at this number
    "63032": Failure.BLOCKED,  # WhatsApp's own limits on this patient
    "63003": Failure.NO_SUCH_NUMBER,  # the channel could not find 'To'
    "63033": Failure.BLOCKED,  # the patient blocked this sender
    "63051": Failure.NOT_SET_UP,  # WhatsApp disabled our sender
    # Told later, in a delivery report
    "30002": Failure.NOT_SET_UP,  # our account is suspended
    "30003": Failure.UNREACHABLE,  # switched off or out of reach
    "30004": Failure.BLOCKED,  # blocked by the patient or the phone company
    "30005": Failure.NO_SUCH_NUMBER,  # unknown or no longer in use
    "30006": Failure.NOT_A_MOBILE,  # landline, or a phone company that takes no texts
    "30007": Failure.REFUSED,  # filtered as unwanted
    "30008": Failure.OTHER,  # the phone company did not say why
    "30009": Failure.OTHER,  # a part of it went missing
    "30034": Failure.NOT_SET_UP,  # our number is not registered
    "30410": Failure.UNREACHABLE,  # the phone company did not answer in time
}

# The text was not taken, and will be if it is tried again.
TRY_LATER = {
    "14107",  # too many texts a second
    "20429",  # too many calls of the API
    "21611",  # the number's own queue is full
    "30001",  # Twilio's queue is full
    "63018",  # too many WhatsApp messages a second
    "63038",  # the account's daily limit
}
