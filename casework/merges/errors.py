"""What can go wrong when cases are read together, or apart again."""

from casework.cases.errors import CaseChanged
from office.errors import Conflict


class CannotMerge(Conflict):
    """These two cases are not put together."""

    code = "cannot_merge"
    sentence = "These two cases cannot be read together."


class SameCase(CannotMerge):
    """A case and itself."""

    code = "same_case"
    sentence = "This is the case itself. Write the number of the other one."


class OneIsClosed(CannotMerge):
    """Only open cases are read together."""

    code = "one_is_closed"
    sentence = "One of the two is closed. Open it again first, or leave them apart."


class MergedAlready(CannotMerge):
    """No chains: whatever is put under a case has nothing under it, and leads nothing."""

    code = "merged_already"
    sentence = (
        "One of the two is read together with another case already, and a case put under another has "
        "nothing under itself. Choose the case that leads there, or undo that first. Nothing was changed."
    )


class OtherAdviser(CannotMerge):
    """One adviser looks after both, or one of the people would be looked after by nobody."""

    code = "other_adviser"
    sentence = "The two have different advisers. Give both to one of them first. Nothing was changed."


class OtherDoors(CannotMerge):
    """Who may open the one may not open the other."""

    code = "other_doors"
    sentence = (
        "Not everybody who may open one of the two may open the other, so they stay apart: "
        "nobody reads through one case what is kept from them in the other."
    )


class OppositeSides(CannotMerge):
    """A conflict of interest between the two was decided with a wall, or with another adviser."""

    code = "opposite_sides"
    sentence = "Somebody in one of the two stands on the other side of the other, so they stay apart."


class MergeChanged(CaseChanged):
    """Somebody was faster, or something was added since the page was shown."""

    code = "merge_changed"
    sentence = (
        "Somebody changed one of these cases, or added something, while you were writing. Nothing was done: "
        "look at what is there now, and send it again."
    )


class TooLateToUndo(Conflict):
    """After thirty days two cases have grown together."""

    code = "too_late_to_undo"
    sentence = (
        "These cases were put together more than 30 days ago. What was done since belongs to both, so they "
        "stay together. Nothing of either is lost: everything still belongs to the case it came with."
    )


class CannotPlace(Conflict):
    """An addition cannot be moved as things stand."""

    code = "cannot_place"
    sentence = (
        "One of the names waits for a decision about a conflict of interest, or you cannot compare names. "
        "Have it decided first, or leave the name where it is. Nothing was changed."
    )


class UnderClosed(Conflict):
    """Nothing is placed in a closed case."""

    code = "under_closed"
    sentence = "The other case is closed, so nothing is moved into it. Leave everything where it is."


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
        "A case that is read under this one is still open. Close it first, with words of its own for its "
        "person, or undo that they are read together."
    )
