"""What can go wrong at the staff door, besides what the key ceremonies tell (`office.keys.errors`)."""

from office.errors import NotFound, Refused


class NotSignedIn(Refused):
    """Nobody is signed in, or the session has ended."""

    code = "not_signed_in"
    sentence = "Please sign in."


class PageNotForRole(NotFound):
    """This page is not for the role of whoever asks; it looks, also by its code, like one nobody has."""


class StaffNotFound(NotFound):
    """No such member of staff, or not for you."""

    code = "staff_not_found"


class KeyNotHeld(NotFound):
    """Whoever asks holds no grant of this key; what it opens looks like something that does not exist."""

    code = "content_key_not_held"
