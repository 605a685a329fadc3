"""What can go wrong at the staff door, besides what the key ceremonies tell (`office.keys.errors`)."""

from office.errors import Conflict, Invalid, NotFound, Refused


class NotSignedIn(Refused):
    """Nobody is signed in, or the session has ended."""

    code = "not_signed_in"
    sentence = "Please sign in."


class PageNotForRole(NotFound):
    """This page is not for the role of whoever asks; it looks, also by its code, like one nobody has."""


class StaffNotFound(NotFound):
    """No such member of staff, or not for you."""

    code = "staff_not_found"


class SessionNotFound(NotFound):
    """No such session of the person who asks, or it has ended."""

    code = "session_not_found"


class PasskeyNotFound(NotFound):
    """No such passkey of the person who asks, or this desk takes none."""

    code = "passkey_not_found"


class PasskeyRefused(Invalid):
    """What the device sent is no passkey for this desk, or was asked for too long ago."""

    code = "passkey_refused"
    sentence = "This passkey was not added. Try again, on the address of this desk."


class RecoveryNotFound(NotFound):
    """Nothing was asked for this member of staff, or not for you."""

    code = "recovery_not_found"


class RecoveryRefused(Conflict):
    """Help after a loss takes two people, neither of them whom it is for, nor one who invited the other."""

    code = "recovery_refused"
    sentence = (
        "This needs two people: one of them a supervisor who holds a key, neither of them the one it is for, "
        "and neither invited by the other. Perhaps somebody asked already."
    )


class KeyNotHeld(NotFound):
    """Whoever asks holds no grant of this key; what it opens looks like something that does not exist."""

    code = "content_key_not_held"
