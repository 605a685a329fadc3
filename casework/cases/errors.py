"""What can go wrong with a case."""

from office.errors import Conflict, Invalid, NotFound


class CaseNotFound(NotFound):
    """No such case, or not for you."""

    code = "case_not_found"


class CaseChanged(Conflict):
    """Somebody else changed the case since the page was shown; nothing was overwritten."""

    code = "case_changed"
    sentence = (
        "Somebody changed this case while you were writing. Nothing you typed is lost: "
        "compare it with what is there now, and send it again."
    )


class CaseNotClosed(Conflict):
    """Only a closed case is opened again."""

    code = "case_not_closed"
    sentence = "This case is open."


class CaseAlreadyClosed(Conflict):
    """The case has an outcome already."""

    code = "case_already_closed"
    sentence = "This case is closed already."


class MoveNotAllowed(Conflict):
    """A case does not go from where it stands to there."""

    code = "move_not_allowed"
    sentence = "A case cannot go from its present state to that one."


class CannotAssign(Invalid):
    """This member of staff cannot take the case: not an adviser, no key yet, or walled off."""

    code = "cannot_assign"
    sentence = "This case cannot be given to that person. Choose another adviser."


class CannotTakeAll(CannotAssign):
    """Somebody was to take all cases of another and may not have those that concern the city."""

    code = "cannot_take_all"
    sentence = "That person cannot take all of them: some concern the city. Choose somebody else."


class LastOfACase(Conflict):
    """Somebody would leave with the only grant of a case."""

    code = "last_of_a_case"
    sentence = "This is the last person who can open one of the cases. Give that case to somebody else first."


class NoContactLeft(NotFound):
    """The person left no way to be reached."""

    code = "no_contact_left"
    sentence = "This person left no way to be reached. Write to them here: they read it with their receipt."
