"""What can go wrong with a track and its remedies."""

from office.errors import Conflict, NotFound


class TrackNotFound(NotFound):
    """No such track, step or remedy in this case, or not for you."""

    code = "track_not_found"


class StepRefused(Conflict):
    """A guard keeps a track where it is; the detail `guard` says which of `rules.GUARDS`."""

    code = "track_step_refused"
    sentence = "This step cannot be noted now. The page of the track says what is missing."


class TracksOpen(Conflict):
    """A case with open tracks is not closed by itself."""

    code = "tracks_open"
    sentence = (
        "Tracks of this case are still open: note how each ended, "
        "or have a supervisor close the case with a reason."
    )
