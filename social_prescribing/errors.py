"""The family of refusals.

    Refusal                     the rules say no; nothing was changed
    ├── NotAllowed              this move is not in the callback's table
    │   └── AlreadyClaimed      somebody else holds the callback
    ├── VoicemailNotAllowed     the patient did not say yes to a voicemail
    ├── TooFewAttempts          unreachable only after the attempts the practice allows
    ├── NoteNeeded              a person's note is required
    ├── CaseloadFull            the link worker holds as many callbacks as they can
    ├── TextRefused             this patient may not, or cannot, be texted
    │   └── UnsafePhone         somebody else may read it: a person has to say yes first
    └── InvalidValue            what was given cannot be read
        ├── InvalidPhoneNumber
        └── InvalidDirectory    a row of the supports directory cannot be loaded

Each carries a sentence for staff as its text. What patients read stands in
domain.yml, never here.
"""


class Refusal(Exception):
    """The rules say no; nothing was changed."""


class NotAllowed(Refusal):
    """This move is not in the callback's table."""


class AlreadyClaimed(NotAllowed):
    """Somebody else holds the callback."""


class VoicemailNotAllowed(Refusal):
    """The patient did not say yes to a voicemail."""


class TooFewAttempts(Refusal):
    """Unreachable only after the attempts that the practice allows."""


class NoteNeeded(Refusal):
    """A person's note is required."""


class CaseloadFull(Refusal):
    """The link worker holds as many callbacks as they can."""


class TextRefused(Refusal):
    """This patient may not, or cannot, be texted."""


class UnsafePhone(TextRefused):
    """Somebody else may read it: a person has to say yes first."""


class InvalidValue(Refusal, ValueError):
    """What was given cannot be read."""


class InvalidPhoneNumber(InvalidValue):
    """Not a telephone number that can be rung from Scotland."""


class InvalidDirectory(InvalidValue):
    """A row of the supports directory cannot be loaded."""
