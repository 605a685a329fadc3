"""What can go wrong with the people of a case and with conflicts of interest."""

from typing import Final

from casework.cases.errors import CaseChanged
from office.errors import Conflict, NotFound, Refused
from office.languages import mark

ANSWERED_BY_A_HARM: Final = mark(
    "A harm of this case says that it was done by them or to them. Correct the harm first, on the page "
    "What was done, and to whom: then their role can change."
)
ONE_IS_NAMED: Final = mark(
    "Somebody on the respondent's side is in this case. Take them out first if that is an error."
)
NOT_YOUR_OWN: Final = mark(
    "Neither whoever keeps out of this case nor whoever put that on record ends it. Another supervisor must."
)


class NamesKeyNeeded(Refused):
    """Without the key of names a name cannot be compared, and a name that is not compared is not kept."""

    code = "names_key_needed"
    sentence = "You need the key Names to add somebody. Ask a colleague who holds it. Nothing was kept."


class PartyNotFound(NotFound):
    """Nobody of this case, or taken out already."""

    code = "party_not_found"


class CheckNotFound(NotFound):
    """No such match in this case, or not for you to decide."""

    code = "check_not_found"


class ConflictUndecided(Conflict):
    """The case waits for a decision about a conflict of interest."""

    code = "conflict_undecided"
    sentence = (
        "A name in this case matches one on the other side of another case. The case goes on when a "
        "supervisor has decided about it, on the page People and conflicts."
    )


class AdviserKeepsOut(Conflict):
    """Whoever has the case declared an interest, or must hand it over."""

    code = "adviser_keeps_out"
    sentence = (
        "The adviser of this case keeps out of it. "
        "It goes on when a supervisor has given it to somebody else."
    )


class AlreadyDecided(CaseChanged):
    """Somebody decided about this match in the meantime."""

    code = "already_decided"


class CannotDecideOwn(Conflict):
    """Whoever has one of the two cases does not decide whether they are in conflict."""

    code = "cannot_decide_own"
    sentence = "Whoever has one of the two cases cannot decide about it. Another supervisor must."


class OnePersonOnBothSides(Conflict):
    """A wall does not part somebody from themselves."""

    code = "one_person_on_both_sides"
    sentence = "The same adviser has both cases, so a wall is not enough: this case must be handed over."


class PartyChanged(CaseChanged):
    """Somebody corrected or took out this person in the meantime."""

    code = "party_changed"


class PartInHarm(Conflict):
    """Somebody who had a part in a harm, or to whom one was done, does not change sides."""

    code = "part_in_harm"
    sentence = ANSWERED_BY_A_HARM


class RespondentNamed(Conflict):
    """Nobody says that no respondent is known while one is named."""

    code = "respondent_named"
    sentence = ONE_IS_NAMED


class NobodyKnownChanged(CaseChanged):
    """Somebody said it, or took it back, in the meantime."""

    code = "nobody_known_changed"


class KeepingOutEnded(CaseChanged):
    """Somebody else has ended it in the meantime."""

    code = "keeping_out_ended"


class WallNotFound(NotFound):
    """Nobody keeps out of this case by this, or it is not yours to end."""

    code = "wall_not_found"


class CannotEndOwn(Conflict):
    """Neither who keeps out nor who decided so ends it."""

    code = "cannot_end_own"
    sentence = NOT_YOUR_OWN
