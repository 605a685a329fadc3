"""What can go wrong when cases are read together, or apart again."""

from casework.cases.errors import CaseChanged
from office.errors import Conflict


class CannotMerge(Conflict):
    """These two cases are not put together."""

    code = "cannot_merge"


class OneIsClosed(CannotMerge):
    """Only open cases are read together."""

    code = "one_is_closed"
    sentence = "One of the two cases is closed. Only open cases are read together."


class MergedAlready(CannotMerge):
    """No chains: whatever is put under a case has nothing under it, and leads nothing."""

    code = "merged_already"
    sentence = (
        "One of the two cases is read together with another one already. "
        "Choose the case that leads there, or undo that first."
    )


class OtherAdviser(CannotMerge):
    """One adviser looks after both, or one of the people would be looked after by nobody."""

    code = "other_adviser"
    sentence = "The two cases have different advisers. Give both to one of them first."


class OtherDoors(CannotMerge):
    """Who may open the one may not open the other: nobody reads through one what is kept from them."""

    code = "other_doors"
    sentence = "Not everybody who may open one of the two cases may open the other, so they stay apart."


class OppositeSides(CannotMerge):
    """A conflict of interest between the two was decided with a wall, or with another adviser."""

    code = "opposite_sides"
    sentence = "There is a conflict of interest between the two cases, so they stay apart."


class MergeChanged(CaseChanged):
    """Somebody was faster, or something was added since the page was shown."""

    code = "merge_changed"


class TooLateToUndo(Conflict):
    """After thirty days what was done belongs to both."""

    code = "too_late_to_undo"
    sentence = "These cases were put together more than 30 days ago, so they stay together."


class PutUnder(Conflict):
    """What is about the event is done in the leading case."""

    code = "put_under"
    sentence = (
        "This case is read under another one. What is about the event is done there; "
        "here only what is between the office and this person."
    )


class MergedOpen(Conflict):
    """A leading case is not closed over one that is put under it."""

    code = "merged_open"
    sentence = (
        "A case that is read under this one is still open. Close it first, with words of its own "
        "for its person, or undo that they are read together."
    )
