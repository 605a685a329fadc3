"""What can go wrong when something is taken back."""

from office.errors import Conflict, NotFound


class NothingToTakeBack(NotFound):
    """Nothing of this case has ended under this address, or it is not for you to take back."""

    code = "nothing_to_take_back"


class KeptAgain(Conflict):
    """The same clock was kept anew since: two of it would bind, and one would be missed."""

    code = "kept_again"
    sentence = "This deadline was kept again since then, and that one runs. This one stays as it was noted."


class HearingWentOn(Conflict):
    """The hearing to which it was put off has had an end of its own."""

    code = "hearing_went_on"
    sentence = (
        "It is noted how the hearing in its place ended. If that is wrong too, take that back first, "
        "then this."
    )


class TrackWentOn(Conflict):
    """The track was decided or ended after the end of the hearing was noted."""

    code = "track_went_on"
    sentence = (
        "The track was decided or ended after this was noted. If that is wrong too, take the last step "
        "of the track back first, then this."
    )


class AlreadyTakenBack(Conflict):
    """Somebody was faster, or it ended in another way meanwhile."""

    code = "already_taken_back"
    sentence = "What is open in this case has changed since you saw it. Look at it again."
