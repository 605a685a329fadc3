"""What can go wrong with a deadline."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from office.errors import Conflict, Invalid, NotFound, OfficeError, Refused
from office.terminal import PARTLY_DONE

if TYPE_CHECKING:
    from casework.deadlines.tables import Deadline


class DeadlineNotFound(NotFound):
    """No such deadline in this case, or not for you."""

    code = "deadline_not_found"


class DeadlineSettled(Conflict):
    """The deadline was confirmed, has ended, or another counting took its place."""

    code = "deadline_settled"
    sentence = "This is settled already: the day was confirmed, has ended, or was counted anew."


class ClockKept(Conflict):
    """Clocks of the same limits were kept from the same day already: `rows`, ended ones too."""

    code = "clock_kept"

    def __init__(self, rows: "Sequence[Deadline]", **detail: str) -> None:
        super().__init__(**detail)
        self.rows = tuple(rows)


class NotALawyer(Refused):
    """Only somebody named as a lawyer confirms a day."""

    code = "not_a_lawyer"
    sentence = (
        "Only a lawyer of the office confirms a day. A supervisor says who they are, on the page of staff."
    )


class StopsNothing(Invalid):
    """What was recorded leaves the clock as it was."""

    code = "stops_nothing"
    sentence = "As it is recorded this stops nothing: it was over at once, or nobody answered."


class NothingRuns(Invalid):
    """There is no last day for this event: an unknown classification, or a law of other years."""

    code = "no_limit_runs"
    sentence = "For this day and this classification the list of routes has no limit with an end."


class StartNotKnown(Invalid):
    """The limit runs from an event whose day nobody told."""

    code = "limit_start_not_known"
    sentence = "A ticked limit runs from a day that is not known: give it, or do not tick the limit."


class DeadlinesOpen(Conflict):
    """A case with open deadlines is not closed by itself."""

    code = "deadlines_open"
    sentence = (
        "Deadlines of this case are still open: say of each how it ended, "
        "or have a supervisor close the case with a reason."
    )


class NoSuchCalendar(NotFound):
    """No calendar has this address, or not any more."""

    code = "no_such_calendar"


class MailNotTaken(OfficeError):
    """The mail server did not take the weekly mail for everybody."""

    code = "weekly_mail_not_taken"
    ends_with = PARTLY_DONE
    sentence = "The weekly mail did not reach everybody: %(count)s addresses were not taken."
