"""What can go wrong with a correction."""

from office.errors import Conflict


class HoldsAlready(Conflict):
    """What is to hold from now on holds already."""

    code = "holds_already"
    sentence = "That is so already: nothing was changed."
