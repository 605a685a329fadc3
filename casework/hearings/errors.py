"""What can go wrong with the hearings of a case."""

from office.errors import Conflict, NotFound


class HearingNotFound(NotFound):
    """No such hearing in this case, or not for you."""

    code = "hearing_not_found"


class HearingRefused(Conflict):
    """The track does not lie before somebody who decides; the detail `guard` is one of `rules.GUARDS`."""

    code = "hearing_refused"
    sentence = "This step cannot be noted now. The page of the track says what is missing."


class HearingsOpen(Conflict):
    """A case is not closed while a hearing is to come, or its end is not noted."""

    code = "hearings_open"
    sentence = (
        "A hearing of this case is to come, or nobody noted how it ended. "
        "Note first that it was held, missed or cancelled."
    )
