"""What can go wrong with a wall around a case against the city."""

from casework.cases.errors import CaseChanged
from office.errors import Conflict, NotFound


class WallNotConfirmed(Conflict):
    """The case would be taken out of somebody's hands, and nobody has said yes to it."""

    code = "wall_not_confirmed"
    sentence = "This walls the case off. Nothing was changed yet: it is done when you say yes."


class NobodyMayHold(Conflict):
    """A wall behind which nobody stands would lock everybody out."""

    code = "nobody_may_hold"
    sentence = (
        "Nobody in the office may hold a case against the city now, so nothing was changed. "
        "Ask whoever answers for the staff to give a supervisor the key Stories against the city, "
        "on the page Staff and keys. Then send this again."
    )


class WallBeyondReach(Conflict):
    """Cases are read together with this one that whoever acts cannot seal anew."""

    code = "wall_beyond_reach"
    sentence = (
        "A case is read together with this one that you cannot open, so you cannot wall both off. "
        "Somebody who may open both must do it. Nothing was changed."
    )


class NoWall(NotFound):
    """No wall stands around this case."""

    code = "no_wall"


class WallChanged(CaseChanged):
    """Somebody asked, agreed or refused in the meantime."""

    code = "wall_changed"


class StillTheCity(Conflict):
    """A wall does not come down while the case says that the city is the respondent."""

    code = "still_the_city"
    sentence = (
        "The case, or one that is read together with it, still says that the city is the respondent. "
        "Correct its codes and its people first: the wall stands until then."
    )


class TwoPeople(Conflict):
    """Whoever asks that a wall be taken down does not agree to it."""

    code = "two_people"
    sentence = "You asked for it yourself. Somebody else who holds the case must agree."


class NobodyTakesItBack(Conflict):
    """Without the wall nobody could open the case."""

    code = "nobody_takes_it_back"
    sentence = "Nobody could open the case afterwards, so the wall stays."


class NotOwnService(NotFound):
    """Nobody says of themselves which service they belong to, or do not."""

    code = "not_own_service"
