"""What can go wrong with a correction."""

from office.errors import Conflict


class HoldsAlready(Conflict):
    """What is to hold from now on holds already."""

    code = "holds_already"
    sentence = "That is so already: nothing was changed."


class AgreedTooEarly(Conflict):
    """A yes is noted of a day on which nobody was asked yet."""

    code = "agreed_too_early"


class TakenBackLater(Conflict):
    """A yes is noted of a day before somebody told the office that they agree no longer."""

    code = "taken_back_later"


class TakenBackByReceipt(Conflict):
    """A yes is noted of the day on which it was taken back with the receipt, or of one before."""

    code = "taken_back_by_receipt"
