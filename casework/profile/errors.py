"""What can go wrong with the profile of a person."""

from office.errors import Conflict, NotFound


class ProfileNotFound(NotFound):
    """There is no such profile or entry, or not for whoever asks: the caller cannot tell which."""

    code = "profile_not_found"


class ProfileFull(Conflict):
    """A profile holds so many entries and no more."""

    code = "profile_full"
    sentence = "This profile holds as many entries as fit. Take one out that is not needed any more."


class ProfileKeyAway(Conflict):
    """Whoever asks is to hold the key, and nobody who holds it has looked since."""

    code = "profile_key_away"
    sentence = "The key of this profile has not reached you yet. It comes when a supervisor opens this case."
