"""What can go wrong with many cases at once, and with absences."""

from collections.abc import Mapping

from office.errors import Conflict, NotFound


class NotAllCanBeGiven(Conflict):
    """Some of the cases cannot change hands, so none does. `refused` says which and why, by number."""

    code = "not_all_can_be_given"

    def __init__(self, refused: Mapping[str, str]) -> None:
        super().__init__(cases=str(len(refused)))
        self.refused = refused


class AbsencesOverlap(Conflict):
    """They are away on some of these days already: whoever covers would have each case twice."""

    code = "absences_overlap"


class AbsenceNotFound(NotFound):
    """No such absence, or ended already, or not for you to end."""

    code = "absence_not_found"
