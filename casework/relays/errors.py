"""What can go wrong with the access of those who file for others."""

from office.errors import Conflict, NotFound


class RelayNotFound(NotFound):
    """No such access, or not for you."""

    code = "relay_not_found"


class RelayAlreadyEnded(Conflict):
    """This access was ended already."""

    code = "relay_already_ended"
    sentence = "This access was ended already."
