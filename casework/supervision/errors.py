"""What can go wrong when closures are looked at again."""

from casework.cases.errors import CaseChanged
from office.errors import Conflict, NotFound


class ReviewNotFound(NotFound):
    """No such closure was drawn, or not for you."""

    code = "closure_review_not_found"


class AlreadyReviewed(CaseChanged):
    """Somebody was faster."""

    code = "closure_already_reviewed"


class CannotDraw(Conflict):
    """There is nothing to draw from, the month is not over, or it was drawn before."""

    code = "closure_sample_not_drawn"
