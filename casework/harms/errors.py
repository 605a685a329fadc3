"""What can go wrong with the harms of a case."""

from office.errors import Conflict, NotFound


class HarmNotFound(NotFound):
    """The case has no such harm, or nobody of this id is in it."""

    code = "harm_not_found"


class FirstHarmStays(Conflict):
    """The harm a case begins with can be coded anew and not removed."""

    code = "first_harm_stays"
    sentence = "The first harm of a case stays. Change its codes instead."


class TooManyHarms(Conflict):
    """A case holds so many harms and no more."""

    code = "too_many_harms"
    sentence = "This case has as many harms as fit. Remove one that was noted by mistake."
