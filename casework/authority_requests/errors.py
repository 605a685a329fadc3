"""What can go wrong with the register of requests from authorities."""

from office.errors import Conflict, NotFound


class AuthorityRequestNotFound(NotFound):
    """No such entry, or not for you."""

    code = "authority_request_not_found"


class AnswerAlreadySigned(Conflict):
    """The answer was signed; a signed answer stays as it is."""

    code = "authority_answer_already_signed"
    sentence = "This answer is signed already and stays as it is. A new entry can correct it."


class SignedByWhoEntered(Conflict):
    """Four eyes: who enters a request does not sign its answer."""

    code = "authority_answer_needs_four_eyes"
    sentence = "You entered this request yourself, so another data protection officer signs its answer."


class AlreadyCorrected(Conflict):
    """Another entry stands in the place of this one."""

    code = "authority_request_already_corrected"
    sentence = "Another entry corrects this one already. Go on with that one."
