"""What can go wrong with hours and appointments."""

from casework.cases.errors import CaseChanged
from office.errors import Conflict, Invalid, NotFound


class SiteNotFound(NotFound):
    """No such place, room or clinic."""

    code = "meeting_site_not_found"


class AppointmentNotFound(NotFound):
    """No such appointment in this case, or not for you."""

    code = "appointment_not_found"


class AppointmentChanged(CaseChanged):
    """Something came to the appointment since the page was made: an answer of the person, or a colleague."""

    code = "appointment_changed"


class HourTaken(Conflict):
    """Somebody or some room would be needed twice at one time, or the hour is not free any more."""

    code = "hour_taken"
    sentence = "That hour is not free any more. Choose another."


class InterpreterTaken(Conflict):
    """Somebody of the directory would interpret at two appointments at one time."""

    code = "interpreter_taken"


class OneAtATime(Conflict):
    """A case has one appointment at a time that is still to come or to be agreed."""

    code = "one_appointment_at_a_time"
    sentence = "This case has an appointment already. Move it, or cancel it first."


class AppointmentOpen(Conflict):
    """A case with an appointment to come is not closed."""

    code = "appointment_open"
    sentence = "An appointment of this case is open: cancel it, or note whether the person came."


class InterpreterNotSettled(Invalid):
    """Nobody is met without an interpreter who needs one."""

    code = "interpreter_not_settled"
    sentence = "This person needs an interpreter. First note who interprets."


class NotYet(Invalid):
    """Whether somebody came is known on the day, not before."""

    code = "appointment_to_come"
    sentence = "The day of this appointment is still to come."
