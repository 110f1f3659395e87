"""What a patient is called on the desk."""


def called(callback):
    """Their name, or `the patient` where they gave none."""
    return callback.name.strip() or "the patient"
