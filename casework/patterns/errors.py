"""What can go wrong when cases of one pattern are put together."""

from casework.cases.errors import CaseChanged
from office.errors import Conflict, NotFound


class PatternNotFound(NotFound):
    """No such pattern, or not for you: not everybody has agreed, or you have none of its cases."""

    code = "pattern_not_found"


class PatternChanged(CaseChanged):
    """Somebody was faster, or there are more or fewer cases than the page showed."""

    code = "pattern_changed"


class CannotDecideOwnProposal(Conflict):
    """Whoever proposes does not decide, nobody decides twice, and one of the two is a supervisor."""

    code = "cannot_decide_own_proposal"
    sentence = "Somebody else must decide about this."
