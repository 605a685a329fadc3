"""What can go wrong when a case goes on, is given back or is to be closed."""

from casework.cases.errors import CaseChanged, MoveNotAllowed
from office.errors import Conflict


class MoveRefused(MoveNotAllowed):
    """Something is missing before a case goes on: `guards` says all of it, codes of `rules.GUARDS`."""

    code = "move_refused"

    def __init__(self, guards: tuple[str, ...], **detail: str) -> None:
        super().__init__(guards=" ".join(guards), **detail)
        self.guards = guards


class ClosingAsked(Conflict):
    """Nothing goes on in a case while it waits to be closed."""

    code = "closing_asked"
    sentence = "Somebody asked to close this case. Take that back first, or wait until it is decided."


class ClosingSettled(CaseChanged):
    """Somebody decided about the request in the meantime, or took it back."""

    code = "closing_settled"


class CannotDecideClosing(Conflict):
    """Whoever asked to close a case does not close it."""

    code = "cannot_decide_closing"
    sentence = "Only a supervisor who did not ask for it closes this case or sends it back."


class ReferralsOpen(Conflict):
    """A case with referrals that wait is not closed by itself."""

    code = "referrals_open"
    sentence = (
        "Referrals of this case still wait: note what the body answered or end them, "
        "or have a supervisor close the case with a reason."
    )


class CannotReturn(Conflict):
    """Only its adviser gives a case back, and only before the person was advised."""

    code = "cannot_return"
    sentence = (
        "Only its adviser gives a case back, and only before the person was advised. "
        "Later a case is given to another adviser."
    )
