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


class VoidRefused(Conflict):
    """Something stands in the way of voiding a case: `guards` says all, codes of `void_rules.GUARDS`."""

    code = "void_refused"
    sentence = (
        "Something stands in the way of voiding this case. See to it, or close it with a reason instead."
    )

    def __init__(self, guards: tuple[str, ...], **detail: str) -> None:
        super().__init__(guards=" ".join(guards), **detail)
        self.guards = guards


class GoesOnNowhere(Conflict):
    """A report that was opened twice is never left without a case in which it goes on."""

    code = "goes_on_nowhere"
    sentence = "Say in which open case the same report goes on. It must be another one, which you may open."


class TwiceUnseen(Conflict):
    """Nobody agrees that a report goes on in a case which they cannot open."""

    code = "twice_unseen"
    sentence = (
        "Only a supervisor who may open both cases agrees that one was opened twice. "
        "Another supervisor decides, or the case is closed with a reason."
    )


class CaseVoid(Conflict):
    """A void case is read and not worked on."""

    code = "case_void"
    sentence = (
        "This case is void: it can be read and is not worked on. "
        "If it was no error, ask to take the voiding back."
    )


class ClosingSettled(CaseChanged):
    """Somebody decided about the request in the meantime, or took it back."""

    code = "closing_settled"


class CannotDecideClosing(Conflict):
    """Whoever asked to close a case does not close it."""

    code = "cannot_decide_closing"
    sentence = "Only a supervisor who did not ask for it closes this case or sends it back."


class AgreementOutgrown(Conflict):
    """The head agreed, and something was opened since, or that head keeps out now."""

    code = "agreement_outgrown"
    sentence = "What the head agreed to no longer holds: something was opened since, or they keep out."


class MoreIsOpen(Conflict):
    """Something was opened or settled while the head looked at the list."""

    code = "more_is_open"
    sentence = "What is open in this case has changed since you saw it. Look at it again."


class TooMuchOpen(Conflict):
    """More is open than anybody can look at before they agree."""

    code = "too_much_open"
    sentence = "So much is open in this case that nobody can agree to all of it. Settle some of it first."


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
