"""What can go wrong with a correction."""

from office.errors import Conflict


class HoldsAlready(Conflict):
    """What is to hold from now on holds already."""

    code = "holds_already"
    sentence = "That is so already: nothing was changed."


class AgreedTooEarly(Conflict):
    """A yes is noted of a day on which nobody was asked yet."""

    code = "agreed_too_early"
    sentence = "That day is before the report came. They can agree only since then."


class TakenBackLater(Conflict):
    """A yes is noted of a day before somebody told the office that they agree no longer."""

    code = "taken_back_later"
    sentence = (
        "The office noted a later day on which they agreed no longer. A yes from before does not overrule it."
    )


class TakenBackByReceipt(Conflict):
    """A yes is noted of the day on which it was taken back with the receipt, or of one before."""

    code = "taken_back_by_receipt"
    sentence = (
        "They took this back with their receipt on that day or later. "
        "They can give it again with their receipt, or tell you on a later day."
    )
