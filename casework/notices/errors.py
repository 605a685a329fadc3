"""What can go wrong when somebody is told that there is news. No error names an address."""

from office.errors import Unavailable


class PostClosed(Unavailable):
    """The mail server or the gateway cannot be reached, or is not the one it should be."""

    code = "post_closed"
    sentence = "The mail server or the gateway for text messages cannot be reached. The notices wait."
